package io.millrace.dataflow.testing;

import static org.assertj.core.api.Assertions.within;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on whole tables. Numbers are compared by value: 1 equals 1L, -0.0 equals 0.0, NaN equals NaN, and decimals
 * are equal whatever their scale.
 */
public final class TableAssert extends AbstractAssert<TableAssert, TableAssert.Content> {
    private TableAssert(Content actual) {
        super(actual, TableAssert.class);
    }

    /** What a table held. */
    public record Content(
            Schema schema, List<List<@Nullable Object>> rows, List<Table.LocatedError> errors, ReadReport report) {}

    /** Takes the content of {@code table}, closes it, and asserts on the content. */
    public static TableAssert assertThat(Table table) {
        try (table) {
            return new TableAssert(
                    new Content(table.schema(), normalised(table.rows()), table.errors(), table.report()));
        }
    }

    /** What the table held. */
    public Content content() {
        return actual;
    }

    /** The columns have these names. */
    public TableAssert hasColumns(String... names) {
        Assertions.assertThat(actual.schema().names()).containsExactly(names);
        return this;
    }

    /** The columns have these types. */
    public TableAssert hasTypes(DataType... types) {
        Assertions.assertThat(actual.schema().fields().stream().map(Field::type))
                .containsExactly(types);
        return this;
    }

    /** The rows are these, in this order. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final TableAssert hasRows(List<@Nullable Object>... rows) {
        Assertions.assertThat(actual.rows()).containsExactlyElementsOf(normalised(Arrays.asList(rows)));
        return this;
    }

    /** The rows are these, in whatever order. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final TableAssert hasRowsInAnyOrder(List<@Nullable Object>... rows) {
        Assertions.assertThat(actual.rows()).containsExactlyInAnyOrderElementsOf(normalised(Arrays.asList(rows)));
        return this;
    }

    /** There is one column, with these values in this order. */
    public TableAssert hasValues(@Nullable Object... values) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(java.util.Collections.singletonList(value));
        }
        Assertions.assertThat(actual.rows()).containsExactlyElementsOf(normalised(rows));
        return this;
    }

    /** The column of this name has these values in this order. */
    public TableAssert hasValuesIn(String column, @Nullable Object... values) {
        int position = actual.schema().position(column, "a test");
        List<@Nullable Object> found = new ArrayList<>();
        actual.rows().forEach(row -> found.add(row.get(position)));
        List<@Nullable Object> expected = new ArrayList<>();
        for (Object value : values) {
            expected.add(normalised(value));
        }
        Assertions.assertThat(found).isEqualTo(expected);
        return this;
    }

    /** The codes of the error values are these, by row and then column. */
    public TableAssert hasErrorCodes(String... codes) {
        Assertions.assertThat(actual.errors().stream()
                        .map(error -> error.error().code().name()))
                .containsExactly(codes);
        return this;
    }

    /** There are this many rows. */
    public TableAssert hasRowCount(int count) {
        Assertions.assertThat(actual.rows()).hasSize(count);
        return this;
    }

    /** There is one row and one column, with a number within {@code tolerance} of {@code expected}. */
    public TableAssert hasValueCloseTo(double expected, double tolerance) {
        Assertions.assertThat(actual.rows()).hasSize(1);
        Assertions.assertThat((Double) actual.rows().get(0).get(0)).isCloseTo(expected, within(tolerance));
        return this;
    }

    /** No cell is an error value. */
    public TableAssert hasNoErrors() {
        Assertions.assertThat(actual.errors()).isEmpty();
        return this;
    }

    /** The error values are these, by row and then column. */
    public TableAssert hasErrors(CellError... errors) {
        Assertions.assertThat(actual.errors().stream().map(Table.LocatedError::error))
                .containsExactly(errors);
        return this;
    }

    /** The error values are these, in whatever order. */
    public TableAssert hasErrorsInAnyOrder(CellError... errors) {
        Assertions.assertThat(actual.errors().stream().map(Table.LocatedError::error))
                .containsExactlyInAnyOrder(errors);
        return this;
    }

    /** The error values stand in these cells, each a row from 0 and a column. */
    public TableAssert hasErrorsAt(String... cells) {
        Assertions.assertThat(actual.errors().stream().map(error -> error.row() + " " + error.column()))
                .containsExactly(cells);
        return this;
    }

    private static List<List<@Nullable Object>> normalised(List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> values = new ArrayList<>();
            for (Object value : row) {
                values.add(normalised(value));
            }
            all.add(values);
        }
        return all;
    }

    private static @Nullable Object normalised(@Nullable Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof Double number) {
            return number + 0.0;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(normalised(element)));
            return elements;
        }
        if (value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> parts = new LinkedHashMap<>();
            map.forEach((name, part) -> parts.put(name, normalised(part)));
            return parts;
        }
        return value instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : value;
    }
}
