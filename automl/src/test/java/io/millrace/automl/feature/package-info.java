/** Tests of features, and frames to try them on. */
@NullMarked
package io.millrace.automl.feature;

import org.jspecify.annotations.NullMarked;
