package io.millrace.dataflow.spark;

import io.millrace.dataflow.table.BatchStream;
import java.io.Serializable;
import java.util.Iterator;

/**
 * How the elements of a partition become batches. Travels to the executors inside Spark's closures, and so holds plain
 * texts and numbers only.
 */
interface PartitionSource extends Serializable {
    /**
     * The rows of a partition, in order.
     *
     * @param partition the index of the partition
     */
    BatchStream open(int partition, Iterator<byte[]> elements, TaskScope scope);
}
