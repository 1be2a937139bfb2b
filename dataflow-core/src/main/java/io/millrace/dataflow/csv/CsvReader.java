package io.millrace.dataflow.csv;

import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.ReadReport;

/** The batches of one split, in order. */
public interface CsvReader extends BatchStream {
    /** The account of the records read so far; complete after the last batch. */
    ReadReport report();
}
