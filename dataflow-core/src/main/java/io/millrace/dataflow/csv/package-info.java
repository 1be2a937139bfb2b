/**
 * From the bytes of CSV files to typed batches.
 *
 * <p>Dialect, header and column types are decided once and then frozen. Every record is accounted for: records read are records returned plus records
 * rejected, and each rejected record is reported.
 */
@NullMarked
package io.millrace.dataflow.csv;

import org.jspecify.annotations.NullMarked;
