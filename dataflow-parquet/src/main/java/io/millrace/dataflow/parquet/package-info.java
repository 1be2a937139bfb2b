/** Parquet files, by Apache's library. Bytes are read through our own sources and written to our own targets. */
@NullMarked
package io.millrace.dataflow.parquet;

import org.jspecify.annotations.NullMarked;
