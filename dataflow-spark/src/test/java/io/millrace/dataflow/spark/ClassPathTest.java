package io.millrace.dataflow.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Spark, Arrow and Jackson on one class path: each breaks the others where a version is left to mediation. */
@Tag("spark")
class ClassPathTest {
    @Test
    void sparkRunsAJobBesideAnArrowAllocator() throws IOException {
        try (SparkSession session = SparkSession.builder()
                        .master("local[2]")
                        .config("spark.ui.enabled", false)
                        .config("spark.sql.shuffle.partitions", 2)
                        .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                        .getOrCreate();
                BufferAllocator allocator = new RootAllocator();
                BigIntVector vector = new BigIntVector("sum", allocator)) {
            List<Long> sums = session.range(0, 1000, 1, 4)
                    .selectExpr("id % 2 AS parity", "id")
                    .groupBy("parity")
                    .sum("id")
                    .orderBy("parity")
                    .select("sum(id)")
                    .as(Encoders.LONG())
                    .collectAsList();
            vector.allocateNew(1);
            vector.set(0, sums.get(0));
            vector.setValueCount(1);

            assertThat(sums).containsExactly(249_500L, 250_000L);
            assertThat(vector.get(0)).isEqualTo(249_500L);
        }
    }
}
