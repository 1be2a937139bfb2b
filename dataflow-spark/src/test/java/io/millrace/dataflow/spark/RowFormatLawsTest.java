package io.millrace.dataflow.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.testing.NestedValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** Values of random types, with lists and structs in them, travel as bytes. */
class RowFormatLawsTest {
    @Property(tries = 200, seed = "81")
    void valuesAreReadAsTheyWereWritten(@ForAll long seed) {
        Random random = new Random(seed);
        DataType type = NestedValues.type(random, 3);
        List<@Nullable Object> values = NestedValues.values(random, type, 1 + random.nextInt(20));
        Schema schema = Schema.of(Field.optional("x", type));

        try (BufferAllocator allocator = new RootAllocator();
                Batch batch = Batch.of(schema, List.of(CellValues.of(type, values, allocator)), values.size(), null)) {
            byte[] element = new RowFormat(schema).rows(batch);
            try (RowStream rows =
                            new RowStream(schema, List.of(), List.of(element).iterator(), allocator);
                    Batch copy = java.util.Objects.requireNonNull(rows.next())) {
                List<@Nullable Object> read = new ArrayList<>();
                for (int row = 0; row < copy.rowCount(); row++) {
                    read.add(copy.cells(0).value(row));
                }
                assertThat(read).isEqualTo(values);
            }
        }
    }
}
