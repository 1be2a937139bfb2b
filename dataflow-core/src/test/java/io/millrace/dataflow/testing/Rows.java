package io.millrace.dataflow.testing;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows written in a test: {@code rows("id", "name: text").of(1, "a", 2, null)}. A column's type is the one written
 * after its name, else that of its first value that is not null, else text.
 */
public final class Rows {
    private final List<String> columns;

    private Rows(List<String> columns) {
        this.columns = columns;
    }

    /** Starts with the columns, each a name or {@code name: type}. */
    public static Rows rows(String... columns) {
        return new Rows(List.of(columns));
    }

    /** One expected or given row. */
    public static List<@Nullable Object> row(@Nullable Object... values) {
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    /** No rows. */
    public Dataflow none() {
        return ofRows(List.of());
    }

    /** The values, row after row. */
    public Dataflow of(@Nullable Object... values) {
        if (values.length % columns.size() != 0) {
            throw new IllegalArgumentException(values.length + " values for " + columns.size() + " columns");
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i += columns.size()) {
            rows.add(Arrays.asList(Arrays.copyOfRange(values, i, i + columns.size())));
        }
        return ofRows(rows);
    }

    /** The rows. */
    public Dataflow ofRows(List<List<@Nullable Object>> rows) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            int colon = column.indexOf(": ");
            fields.add(
                    colon < 0
                            ? Field.optional(column, typeOf(rows, i))
                            : Field.optional(column.substring(0, colon), DataTypes.parse(column.substring(colon + 2))));
        }
        return Dataflow.rows(Schema.of(fields), rows);
    }

    private static DataType typeOf(List<List<@Nullable Object>> rows, int column) {
        for (List<@Nullable Object> row : rows) {
            Object value = Literals.normalised(row.get(column));
            if (value != null) {
                return Literals.type(value).orElseThrow();
            }
        }
        return DataTypes.TEXT;
    }
}
