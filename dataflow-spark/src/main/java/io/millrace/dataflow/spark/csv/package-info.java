/**
 * CSV files as a data source of Spark SQL, {@code millrace-csv}.
 *
 * <p>Bytes become columns by the scan of the core, as for every other engine. Spark gets those columns as they are in memory.
 */
@NullMarked
package io.millrace.dataflow.spark.csv;

import org.jspecify.annotations.NullMarked;
