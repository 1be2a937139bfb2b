/**
 * Runs a plan on Spark.
 *
 * <p>Public are {@code SparkEngine}, what Spark itself loads by name, and what the data sources in packages below this one are made of. Text is parsed, cast and formatted by the kernels of the core, never by
 * Spark's casts, so a plan means the same under every setting of a session.
 */
@NullMarked
package io.millrace.dataflow.spark;

import org.jspecify.annotations.NullMarked;
