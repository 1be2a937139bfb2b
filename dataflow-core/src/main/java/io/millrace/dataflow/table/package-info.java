/**
 * Rows in memory: Arrow batches with their errors and positions, streams of them, and {@code Table}, the result of a
 * run.
 */
@NullMarked
package io.millrace.dataflow.table;

import org.jspecify.annotations.NullMarked;
