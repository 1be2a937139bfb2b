@NullMarked
package io.millrace.automl.codec;

import org.jspecify.annotations.NullMarked;
