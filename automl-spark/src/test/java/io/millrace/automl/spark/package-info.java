/** Tests of trials on Spark, on one session of this JVM. */
@NullMarked
package io.millrace.automl.spark;

import org.jspecify.annotations.NullMarked;
