package io.millrace.automl.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameTest {
    @Test
    void batchesBecomeNumbersTextsAndTimes() {
        Schema schema = Schema.of(
                Field.optional("flag", DataTypes.BOOL),
                Field.optional("count", DataTypes.INT64),
                Field.optional("size", DataTypes.FLOAT64),
                Field.optional("price", DataTypes.decimal(10, 2)),
                Field.optional("name", DataTypes.TEXT),
                Field.optional("day", DataTypes.DATE),
                Field.optional("at", DataTypes.TIMESTAMP));
        try (BufferAllocator allocator = new RootAllocator();
                Batch first = batch(
                        schema,
                        allocator,
                        List.of(
                                List.of(true, 7L, 1.5, new BigDecimal("2.50"), "blue", 1, 86_400_000_001L),
                                Arrays.asList(null, null, null, null, null, null, null)));
                Batch second = batch(
                        schema,
                        allocator,
                        List.of(
                                List.of(false, -7L, 2.5, new BigDecimal("0.10"), "rød", -1, -1L),
                                List.of(true, 8L, 0.0, new BigDecimal("1.00"), "blue", 0, 0L)))) {
            Frame frame = Frame.of(schema, List.of(first, second));

            assertThat(frame.rows()).isEqualTo(4);
            assertThat(frame.names()).containsExactly("flag", "count", "size", "price", "name", "day", "at");
            assertThat(numbers(frame, "flag")).containsExactly(1, Double.NaN, 0, 1);
            assertThat(numbers(frame, "count")).containsExactly(7, Double.NaN, -7, 8);
            assertThat(numbers(frame, "size")).containsExactly(1.5, Double.NaN, 2.5, 0);
            assertThat(numbers(frame, "price")).containsExactly(2.5, Double.NaN, 0.1, 1);
            assertThat(texts(frame, "name")).containsExactly("blue", null, "rød", "blue");
            assertThat(times(frame, "day")).containsExactly(86_400_000_000L, Frame.Times.MISSING, -86_400_000_000L, 0L);
            assertThat(times(frame, "at")).containsExactly(86_400_000_001L, Frame.Times.MISSING, -1L, 0L);
        }
    }

    @Test
    void columnsOfOtherTypesAreLeftOut() {
        Schema schema = Schema.of(
                Field.optional("tags", DataTypes.listOf(DataTypes.TEXT)), Field.optional("blob", DataTypes.BINARY));

        assertThat(Frame.of(schema, List.of()).columns()).isEmpty();
    }

    @Test
    void manyDistinctTextsKeepTheirNumbers() {
        Schema schema = Schema.of(Field.optional("name", DataTypes.TEXT));
        try (BufferAllocator allocator = new RootAllocator()) {
            List<List<Object>> rows = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                rows.add(List.of("text " + (i % 1_700)));
            }
            try (Batch batch = batch(schema, allocator, rows)) {
                Frame frame = Frame.of(schema, List.of(batch));

                assertThat(((Frame.Texts) frame.column("name")).distinct()).isEqualTo(1_700);
                assertThat(texts(frame, "name").get(1_701)).isEqualTo("text 1");
            }
        }
    }

    @Test
    void selectTakesRowsInTheirOrder() {
        Frame selected = sample().select(new int[] {2, 0, 2});

        assertThat(numbers(selected, "x")).containsExactly(3, 1, 3);
        assertThat(texts(selected, "t")).containsExactly(null, "a", null);
        assertThat(times(selected, "d")).containsExactly(5L, Frame.Times.MISSING, 5L);
    }

    @Test
    void dropLeavesColumnsOut() {
        assertThat(sample().drop(Set.of("t", "nowhere")).names()).containsExactly("x", "d");
    }

    @Test
    void readGivesBackWhatWasWritten() {
        byte[] bytes = bytes(sample());

        BinaryReader in = BinaryReader.of(bytes);
        Frame read = Frame.read(in);

        in.expectEnd();
        assertThat(bytes(read)).isEqualTo(bytes);
        assertThat(numbers(read, "x")).containsExactly(1, Double.NaN, 3);
        assertThat(texts(read, "t")).containsExactly("a", "b", null);
    }

    @Test
    void truncatedOrDamagedBytesAreRefused() {
        byte[] bytes = bytes(sample());

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Frame.read(BinaryReader.of(cut))).isInstanceOf(CodecException.class);
        }
        bytes[bytes.length - 1 - 3 * Long.BYTES - 10] ^= 0x40;
        assertThatThrownBy(() -> Frame.read(BinaryReader.of(bytes))).isInstanceOf(CodecException.class);
    }

    @Test
    void aColumnThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> sample().drop(Set.of("x", "t")).column("x"))
                .hasMessage("the frame has no column 'x', only [d]");
    }

    private static Frame sample() {
        return Frame.of(
                3,
                List.of(
                        new Frame.Numbers("x", new double[] {1, Double.NaN, 3}),
                        new Frame.Texts("t", new String[] {"a", "b"}, new int[] {0, 1, -1}),
                        new Frame.Times("d", new long[] {Frame.Times.MISSING, 0, 5})));
    }

    private static byte[] bytes(Frame frame) {
        BinaryWriter out = new BinaryWriter();
        frame.write(out);
        return out.toByteArray();
    }

    private static double[] numbers(Frame frame, String name) {
        double[] values = new double[frame.rows()];
        Frame.Numbers column = (Frame.Numbers) frame.column(name);
        for (int row = 0; row < frame.rows(); row++) {
            values[row] = column.value(row);
        }
        return values;
    }

    private static List<@Nullable String> texts(Frame frame, String name) {
        List<@Nullable String> values = new ArrayList<>();
        Frame.Texts column = (Frame.Texts) frame.column(name);
        for (int row = 0; row < frame.rows(); row++) {
            values.add(column.isMissing(row) ? null : column.text(column.code(row)));
        }
        return values;
    }

    private static List<Long> times(Frame frame, String name) {
        List<Long> values = new ArrayList<>();
        Frame.Times column = (Frame.Times) frame.column(name);
        for (int row = 0; row < frame.rows(); row++) {
            values.add(column.micros(row));
        }
        return values;
    }

    private static Batch batch(
            Schema schema, BufferAllocator allocator, List<? extends List<? extends @Nullable Object>> rows) {
        List<Cells> columns = new ArrayList<>();
        for (int column = 0; column < schema.size(); column++) {
            DataType type = schema.field(column).type();
            FieldVector vector = ArrowTypes.vector(schema.field(column).name(), type, allocator);
            vector.allocateNew();
            for (int row = 0; row < rows.size(); row++) {
                Object value = rows.get(row).get(column);
                if (value != null) {
                    set(vector, row, value);
                }
            }
            vector.setValueCount(rows.size());
            columns.add(Cells.of(type, vector, CellErrors.none()));
        }
        return Batch.of(schema, columns, rows.size(), null);
    }

    private static void set(FieldVector vector, int row, Object value) {
        if (vector instanceof BitVector bits) {
            bits.setSafe(row, (Boolean) value ? 1 : 0);
        } else if (vector instanceof BigIntVector longs) {
            longs.setSafe(row, (Long) value);
        } else if (vector instanceof Float8Vector doubles) {
            doubles.setSafe(row, (Double) value);
        } else if (vector instanceof DecimalVector decimals) {
            decimals.setSafe(row, (BigDecimal) value);
        } else if (vector instanceof VarCharVector texts) {
            texts.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
        } else if (vector instanceof DateDayVector days) {
            days.setSafe(row, (Integer) value);
        } else {
            ((TimeStampMicroTZVector) vector).setSafe(row, (Long) value);
        }
    }
}
