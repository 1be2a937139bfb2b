package io.millrace.dataflow.spark.csv;

import io.millrace.dataflow.spark.ScanTasks;
import io.millrace.dataflow.spark.TaskScope;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Opens the splits of a read where its tasks run. */
record CsvReaders(ScanTasks tasks, BatchShape shape) implements PartitionReaderFactory {
    @Override
    public boolean supportColumnarReads(InputPartition partition) {
        return true;
    }

    @Override
    public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
        return new CsvBatches(tasks, shape, ((CsvPartition) partition).split(), TaskScope.open());
    }

    /** Not used: batches are given to whoever asks. */
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        throw new UnsupportedOperationException("rows are read by batches");
    }
}
