package io.millrace.dataflow.spark;

import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.kernel.CellOrder;
import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

class SortBytesTest {
    @Property(tries = 500, seed = "11")
    void bytesHaveTheOrderOfTheValues(
            @ForAll("columns") Tuple2<DataType, List<@Nullable Object>> column,
            @ForAll SortKey.Direction direction,
            @ForAll SortKey.Nulls nulls) {
        DataType type = column.get1();
        Schema schema = Schema.of(Field.optional("x", type));
        SortBytes keys = new SortBytes(schema, List.of(new Operator.Sort.Key(0, direction, nulls)));
        try (BufferAllocator allocator = new RootAllocator();
                Batch batch = batch(schema, column.get2(), allocator)) {
            List<byte[]> bytes = new ArrayList<>();
            for (int row = 0; row < batch.rowCount(); row++) {
                RowBuffer buffer = new RowBuffer();
                keys.write(batch, row, buffer);
                bytes.add(buffer.toBytes());
            }
            for (int i = 0; i < batch.rowCount(); i++) {
                for (int j = 0; j < batch.rowCount(); j++) {
                    assertThat(Integer.signum(Arrays.compareUnsigned(bytes.get(i), bytes.get(j))))
                            .as("%s and %s", column.get2().get(i), column.get2().get(j))
                            .isEqualTo(expected(batch.cells(0), i, j, direction, nulls));
                }
            }
        }
    }

    private static int expected(Cells cells, int i, int j, SortKey.Direction direction, SortKey.Nulls nulls) {
        boolean left = cells.values().isNull(i);
        boolean right = cells.values().isNull(j);
        if (left || right) {
            int nullsFirst = Boolean.compare(right, left);
            return nulls == SortKey.Nulls.FIRST ? nullsFirst : -nullsFirst;
        }
        int compared = Integer.signum(CellOrder.of(cells.type()).compare(cells.values(), i, cells.values(), j));
        return direction == SortKey.Direction.ASCENDING ? compared : -compared;
    }

    private static Batch batch(Schema schema, List<@Nullable Object> values, BufferAllocator allocator) {
        Cells cells = CellValues.of(schema.field(0).type(), values, allocator);
        return Batch.of(schema, List.of(cells), values.size(), null);
    }

    @Provide
    Arbitrary<Tuple2<DataType, List<@Nullable Object>>> columns() {
        Arbitrary<String> texts = Arbitraries.strings()
                .withChars('\u0000', '\u0001', 'a', 'b', 'ÿ', '\uFFFD')
                .ofMaxLength(4);
        return Arbitraries.oneOf(
                column(BOOL, Arbitraries.of(true, false)),
                column(INT64, Arbitraries.longs()),
                column(
                        FLOAT64,
                        Arbitraries.oneOf(
                                Arbitraries.doubles(),
                                Arbitraries.of(
                                        0.0,
                                        -0.0,
                                        Double.NaN,
                                        Double.POSITIVE_INFINITY,
                                        Double.NEGATIVE_INFINITY,
                                        Double.MIN_VALUE))),
                column(TEXT, Arbitraries.oneOf(texts, Arbitraries.of("🐦", "\uFFFD", ""))),
                column(DATE, Arbitraries.longs().between(-800_000, 3_000_000).map(LocalDate::ofEpochDay)),
                column(
                        TIMESTAMP,
                        Arbitraries.longs()
                                .between(-60_000_000_000L, 250_000_000_000L)
                                .map(Instant::ofEpochSecond)),
                column(
                        decimal(38, 3),
                        Arbitraries.bigIntegers()
                                .between(
                                        BigInteger.TEN.pow(38).negate().add(BigInteger.ONE),
                                        BigInteger.TEN.pow(38).subtract(BigInteger.ONE))
                                .map(unscaled -> new BigDecimal(unscaled, 3))));
    }

    private static Arbitrary<Tuple2<DataType, List<@Nullable Object>>> column(
            DataType type, Arbitrary<? extends Object> values) {
        return values.<@Nullable Object>map(value -> value)
                .injectNull(0.2)
                .list()
                .ofMaxSize(8)
                .map(list -> Tuple.of(type, list));
    }
}
