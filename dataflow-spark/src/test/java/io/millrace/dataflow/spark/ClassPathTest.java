package io.millrace.dataflow.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Spark, Arrow, Jackson and Kryo on one class path: each breaks the others where a version is left to mediation. */
@Tag("spark")
class ClassPathTest {
    private final SparkSession session = TestSession.session();

    @Test
    void sparkRunsAJobBesideAnArrowAllocator() {
        try (BufferAllocator allocator = new RootAllocator();
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

    @Test
    void sparkSerialisesWithKryo() {
        ClassTag<List<String>> type = ClassTag$.MODULE$.apply(List.class);
        SerializerInstance kryo = new KryoSerializer(session.sparkContext().getConf()).newInstance();

        ByteBuffer bytes = kryo.serialize(new ArrayList<>(List.of("a", "b")), type);

        assertThat(kryo.deserialize(bytes, type)).isEqualTo(List.of("a", "b"));
    }
}
