package io.millrace.dataflow.spark;

import static io.millrace.dataflow.schema.DataTypes.BINARY;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static io.millrace.dataflow.schema.DataTypes.listOf;
import static io.millrace.dataflow.schema.DataTypes.struct;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowFormatTest {
    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void nothingStaysAllocated() {
        assertThat(allocator.getAllocatedMemory()).isZero();
        allocator.close();
    }

    @Test
    void valuesOfEveryFlatTypeAreReadAsTheyWereWritten() {
        assertCopied(BOOL, true, null, false);
        assertCopied(INT64, Long.MIN_VALUE, null, -1L, 0L, Long.MAX_VALUE);
        assertCopied(FLOAT64, -0.0, Double.NaN, null, Double.MIN_VALUE, Double.NEGATIVE_INFINITY);
        assertCopied(decimal(38, 2), new BigDecimal("-123456789012345678901234567890123456.78"), null, BigDecimal.TEN);
        assertCopied(TEXT, "", null, "größe 🐦\u0000", "x".repeat(300));
        assertCopied(DATE, LocalDate.of(1, 1, 1), null, LocalDate.of(9999, 12, 31));
        assertCopied(
                TIMESTAMP, Instant.parse("0001-01-01T00:00:00Z"), null, Instant.parse("9999-12-31T23:59:59.999999Z"));
    }

    @Test
    void bytesListsAndStructsAreReadAsTheyWereWritten() {
        try (Cells bytes = CellValues.of(BINARY, Arrays.asList(new byte[] {0, -1}, null, new byte[0]), allocator);
                Batch copy = copy(batch(bytes.retain(), null))) {
            assertThat((byte[]) copy.cells(0).value(0)).containsExactly(0, -1);
            assertThat(copy.cells(0).value(1)).isNull();
            assertThat((byte[]) copy.cells(0).value(2)).isEmpty();
        }
        try (Batch copy = copy(batch(lists(), null))) {
            assertThat(values(copy)).isEqualTo(Arrays.asList(Arrays.asList(1L, null), null, List.of(), List.of(7L)));
        }
        try (Batch copy = copy(batch(structs(), null))) {
            Map<String, @Nullable Object> second = new LinkedHashMap<>();
            second.put("n", 5L);
            second.put("t", null);
            assertThat(values(copy)).isEqualTo(Arrays.asList(null, second, Map.of("n", 6L, "t", "six")));
        }
    }

    @Test
    void errorsAndPositionsTravelWithTheirRows() {
        CellError error = new CellError(CellError.Code.CAST, "oops", "a.csv", 3, "cast(x, int64)");
        Cells values = CellValues.of(INT64, Arrays.asList(1L, null, null), allocator);
        Cells cells = Cells.of(
                INT64, values.values(), CellErrors.builder().add(1, error).build());
        Positions positions = Positions.of(List.of("a.csv", "b.csv"), new int[] {0, 0, 1}, new long[] {2, 3, 1});

        try (Batch copy = copy(batch(cells, positions))) {
            assertThat(copy.cells(0).errors().at(1)).contains(error);
            assertThat(copy.cells(0).errors().size()).isEqualTo(1);
            assertThat(copy.positions().orElseThrow().file(2)).isEqualTo("b.csv");
            assertThat(copy.positions().orElseThrow().record(1)).isEqualTo(3);
        }
    }

    @Test
    void aStreamCutsBatchesWherePositionsBeginOrEnd() {
        Schema schema = Schema.of(Field.optional("x", INT64));
        Positions positions = Positions.consecutive(List.of("a.csv"), 0, 1, 2);
        List<byte[]> elements = List.of(
                written(batch(CellValues.of(INT64, List.of(1L, 2L), allocator), positions)),
                written(batch(CellValues.of(INT64, List.of(3L), allocator), null)),
                written(batch(CellValues.of(INT64, List.of(4L), allocator), null)));
        List<Integer> counts = new ArrayList<>();

        try (RowStream stream = new RowStream(schema, List.of("a.csv"), elements.iterator(), allocator)) {
            for (Batch batch = stream.next(); batch != null; batch = stream.next()) {
                counts.add(batch.rowCount());
                batch.close();
            }
        }

        assertThat(counts).containsExactly(2, 2);
    }

    @Test
    void aStreamEndsWhenItHasTheRowsThatAreWanted() {
        Schema schema = Schema.of(Field.optional("x", INT64));
        List<byte[]> elements = List.of(
                written(batch(CellValues.of(INT64, List.of(1L, 2L), allocator), null)),
                written(batch(CellValues.of(INT64, List.of(3L, 4L), allocator), null)));

        try (RowStream stream = new RowStream(schema, List.of(), elements.iterator(), allocator).first(3);
                Batch batch = Objects.requireNonNull(stream.next())) {
            assertThat(values(batch)).containsExactly(1L, 2L, 3L);
            assertThat(stream.next()).isNull();
        }
    }

    private void assertCopied(DataType type, @Nullable Object... values) {
        List<@Nullable Object> expected = new ArrayList<>();
        for (Object value : values) {
            expected.add(value instanceof BigDecimal decimal ? decimal.setScale(2) : value);
        }
        try (Batch copy = copy(batch(CellValues.of(type, Arrays.asList(values), allocator), null))) {
            assertThat(values(copy)).isEqualTo(expected);
        }
    }

    private Cells lists() {
        DataType type = listOf(INT64);
        ListVector list = (ListVector) ArrowTypes.vector("", type, allocator);
        list.allocateNew();
        BigIntVector elements = (BigIntVector) list.getDataVector();
        int start = list.startNewValue(0);
        elements.setSafe(start, 1);
        elements.setNull(start + 1);
        list.endValue(0, 2);
        list.startNewValue(2);
        list.endValue(2, 0);
        elements.setSafe(list.startNewValue(3), 7);
        list.endValue(3, 1);
        list.setValueCount(4);
        return Cells.of(type, list, CellErrors.none());
    }

    private Cells structs() {
        DataType type = struct(Field.optional("n", INT64), Field.optional("t", TEXT));
        StructVector struct = (StructVector) ArrowTypes.vector("", type, allocator);
        struct.allocateNew();
        struct.setIndexDefined(1);
        struct.getChild("n", BigIntVector.class).setSafe(1, 5);
        struct.setIndexDefined(2);
        struct.getChild("n", BigIntVector.class).setSafe(2, 6);
        struct.getChild("t", VarCharVector.class).setSafe(2, new byte[] {'s', 'i', 'x'});
        struct.setValueCount(3);
        return Cells.of(type, struct, CellErrors.none());
    }

    private static Batch batch(Cells cells, @Nullable Positions positions) {
        return Batch.of(Schema.of(Field.optional("x", cells.type())), List.of(cells), cells.size(), positions);
    }

    private static byte[] written(Batch batch) {
        try (batch) {
            return new RowFormat(batch.schema()).rows(batch);
        }
    }

    /** The batch, written row by row and read again. */
    private Batch copy(Batch batch) {
        try (batch) {
            RowFormat format = new RowFormat(batch.schema());
            List<byte[]> elements = new ArrayList<>();
            for (int row = 0; row < batch.rowCount(); row++) {
                elements.add(format.row(batch, row));
            }
            List<String> files = batch.positions().map(Positions::files).orElse(List.of());
            return Objects.requireNonNull(new RowStream(batch.schema(), files, elements.iterator(), allocator).next());
        }
    }

    private static List<@Nullable Object> values(Batch batch) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            values.add(batch.cells(0).value(row));
        }
        return values;
    }
}
