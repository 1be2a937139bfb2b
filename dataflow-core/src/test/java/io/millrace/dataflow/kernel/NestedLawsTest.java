package io.millrace.dataflow.kernel;

import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.testing.NestedValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Random types, with lists and structs in them, and random values of them. */
class NestedLawsTest {
    @Property(tries = 300, seed = "71")
    void aTypeIsReadAsItPrints(@ForAll long seed) {
        DataType type = NestedValues.type(new Random(seed), 3);

        assertThat(DataTypes.parse(type.toString())).isEqualTo(type);
    }

    @Example
    void noTypeIsReadThatIsNestedBeyondMeasure() {
        assertThatThrownBy(() -> DataTypes.parse("list<".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a type: list<");
    }

    @Property(tries = 300, seed = "72")
    void valuesAreReadAsTheyWereWritten(@ForAll long seed) {
        Random random = new Random(seed);
        DataType type = NestedValues.type(random, 3);
        List<@Nullable Object> values = NestedValues.values(random, type, random.nextInt(20));

        try (BufferAllocator allocator = new RootAllocator();
                Cells cells = CellValues.of(type, values, allocator)) {
            assertThat(read(cells)).isEqualTo(values);
        }
    }

    @Property(tries = 300, seed = "73")
    void gatheredCellsAreThoseChosen(@ForAll long seed) {
        Random random = new Random(seed);
        DataType type = NestedValues.type(random, 3);
        List<@Nullable Object> values = NestedValues.values(random, type, 1 + random.nextInt(20));
        int[] selected = random.ints(random.nextInt(30), -1, values.size()).toArray();
        List<@Nullable Object> expected = new ArrayList<>();
        for (int row : selected) {
            expected.add(row < 0 ? null : values.get(row));
        }

        try (BufferAllocator allocator = new RootAllocator();
                Cells cells = CellValues.of(type, values, allocator);
                Cells gathered = Gather.rows(cells, selected, allocator)) {
            assertThat(read(gathered)).isEqualTo(expected);
        }
    }

    @Property(tries = 300, seed = "74")
    void jsonIsReadAsItIsWritten(@ForAll long seed) throws JsonMisfit {
        Random random = new Random(seed);
        DataType type = NestedValues.type(random, 3);
        List<@Nullable Object> values = NestedValues.values(random, type, 5);

        try (BufferAllocator allocator = new RootAllocator();
                Cells cells = CellValues.of(type, values, allocator)) {
            for (int row = 0; row < values.size(); row++) {
                if (values.get(row) != null) {
                    String json = CellText.json(type, cells.values(), row);
                    assertThat(JsonText.read(json, type)).as(json).isEqualTo(values.get(row));
                }
            }
        }
    }

    @Property(tries = 300, seed = "75")
    void aCastToTextsAndBackGivesTheSame(@ForAll long seed) {
        Random random = new Random(seed);
        DataType type = DataTypes.listOf(NestedValues.type(random, 0));
        DataType texts = DataTypes.listOf(TEXT);
        List<@Nullable Object> values = NestedValues.values(random, type, 1 + random.nextInt(10));

        try (BufferAllocator allocator = new RootAllocator();
                Cells cells = CellValues.of(type, values, allocator);
                Cells asTexts = cast(cells, texts, allocator);
                Cells back = cast(asTexts, type, allocator)) {
            assertThat(back.errors().isEmpty()).isTrue();
            assertThat(read(back)).isEqualTo(values);
        }
    }

    @Property(tries = 300, seed = "76")
    void aLiteralIsItself(@ForAll long seed) {
        Random random = new Random(seed);
        List<@Nullable Object> values = NestedValues.values(random, NestedValues.type(random, 0), 4);

        assertThat(Literals.normalised(values)).isEqualTo(values);
        assertThat(Literals.type(values)).get().isInstanceOf(DataType.ListOf.class);
    }

    private static Cells cast(Cells cells, DataType to, BufferAllocator allocator) {
        FieldVector target = ArrowTypes.vector("", to, allocator);
        target.setInitialCapacity(cells.size());
        target.allocateNew();
        Arguments arguments = new Arguments(new Cells[] {cells}, new boolean[] {false}, cells.size(), null, "a test");
        var errors = Casts.of(cells.type(), to).fill(arguments, target);
        target.setValueCount(cells.size());
        return Cells.of(to, target, errors);
    }

    private static List<@Nullable Object> read(Cells cells) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int row = 0; row < cells.size(); row++) {
            values.add(cells.value(row));
        }
        return values;
    }
}
