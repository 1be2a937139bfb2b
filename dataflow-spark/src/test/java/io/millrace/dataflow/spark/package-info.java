/** Tests of the Spark engine, on one session of this JVM. */
@NullMarked
package io.millrace.dataflow.spark;

import org.jspecify.annotations.NullMarked;
