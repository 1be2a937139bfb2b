package io.millrace.dataflow.schema;

import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static Schema numbered(int columns) {
        return Schema.of(IntStream.range(0, columns)
                .mapToObj(i -> Field.optional("n" + i, INT64))
                .toList());
    }

    @Test
    void schemasThatGrowFromOneDoNotSeeEachOthersColumns() {
        Schema base = numbered(20);
        Schema left = base.with(20, Field.optional("left", INT64));
        Schema right = base.with(20, Field.optional("right", INT64));
        assertThat(left.has("right")).isFalse();
        assertThat(right.has("left")).isFalse();
        assertThat(base.has("left")).isFalse();
        assertThat(right.with(21, Field.optional("left", TEXT)).position("left"))
                .hasValue(21);
        assertThat(left.position("left")).hasValue(20);
    }

    @Test
    void aColumnUnderAnotherNameIsNotFoundUnderTheOldOne() {
        Schema renamed = numbered(20).with(3, Field.optional("other", INT64));
        assertThat(renamed.has("n3")).isFalse();
        assertThat(renamed.position("other")).hasValue(3);
        assertThat(renamed.with(20, Field.optional("n3", INT64)).position("n3")).hasValue(20);
    }

    @Test
    void twoColumnsOfOneNameAreRefusedHoweverManyColumnsThereAre() {
        for (int columns : new int[] {3, 30}) {
            List<Field> fields = new ArrayList<>(numbered(columns).fields());
            fields.add(Field.optional("n1", TEXT));
            assertThatThrownBy(() -> Schema.of(fields))
                    .isInstanceOf(DataflowException.class)
                    .hasMessageContaining("Cannot have two columns named 'n1'")
                    .hasMessageContaining("columns 2 and " + (columns + 1) + " of " + (columns + 1));
        }
    }

    /** A column is found where a look at each of them finds it, whatever other schemas grew from the same ones. */
    @Property(tries = 200, seed = "2026112501")
    void columnsAreFoundWhereTheyStand(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 99_999) Integer> changes) {
        List<Schema> schemas = new ArrayList<>(List.of(numbered(6)));
        Set<String> names = new HashSet<>(schemas.get(0).names());
        for (int change : changes) {
            // Mostly the last schema grows, sometimes an earlier one.
            Schema from = schemas.get(change % 4 == 0 ? change % schemas.size() : schemas.size() - 1);
            int place = change % 3 == 0 ? change % from.size() : from.size();
            String name = "n" + change / 1_000;
            if (!from.names().contains(name)) {
                names.add(name);
                schemas.add(from.with(place, Field.optional(name, INT64)));
            }
        }
        for (Schema schema : schemas) {
            for (String name : names) {
                assertThat(schema.position(name).orElse(-1))
                        .isEqualTo(schema.names().indexOf(name));
            }
        }
    }
}
