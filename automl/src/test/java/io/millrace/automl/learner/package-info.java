@NullMarked
package io.millrace.automl.learner;

import org.jspecify.annotations.NullMarked;
