/**
 * Runs a plan on Spark.
 *
 * <p>Only {@code SparkEngine}, and what Spark itself loads by name, is public. Text is parsed, cast and formatted by the kernels of the core, never by
 * Spark's casts, so a plan means the same under every setting of a session.
 */
@NullMarked
package io.millrace.dataflow.spark;

import org.jspecify.annotations.NullMarked;
