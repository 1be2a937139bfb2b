package io.millrace.dataflow.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;

/** Moves rows between partitions by the bytes of their keys. */
final class Exchange {
    private Exchange() {}

    /** The rows in the partition that the first four bytes of their key name, in the order of the keys. */
    static JavaRDD<byte[]> toNamed(JavaPairRDD<byte[], byte[]> keyed, int partitions) {
        return keyed.repartitionAndSortWithinPartitions(new Named(partitions), new Unsigned())
                .values();
    }

    /** The rows in the order of their keys, over all partitions. Spark takes a sample first, which reads them. */
    static JavaRDD<byte[]> sorted(JavaPairRDD<byte[], byte[]> keyed, int partitions) {
        return keyed.sortByKey(new Unsigned(), true, partitions).values();
    }

    /** The order of bytes without a sign. */
    private static final class Unsigned implements Comparator<byte[]>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public int compare(byte[] left, byte[] right) {
            return Arrays.compareUnsigned(left, right);
        }
    }

    /** The partition that the first four bytes of a key name. */
    private static final class Named extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int partitions;

        Named(int partitions) {
            this.partitions = partitions;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object key) {
            return new RowBuffer.Reader((byte[]) key).readInt();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Named named && partitions == named.partitions;
        }

        @Override
        public int hashCode() {
            return partitions;
        }
    }
}
