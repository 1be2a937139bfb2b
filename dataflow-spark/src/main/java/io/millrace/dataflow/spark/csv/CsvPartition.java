package io.millrace.dataflow.spark.csv;

import org.apache.spark.sql.connector.read.InputPartition;

/** A split of a file, as {@code ScanTasks} writes it. */
final class CsvPartition implements InputPartition {
    private static final long serialVersionUID = 1L;

    private final byte[] split;

    CsvPartition(byte[] split) {
        this.split = split.clone();
    }

    byte[] split() {
        return split.clone();
    }
}
