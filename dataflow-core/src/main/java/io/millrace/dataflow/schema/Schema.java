package io.millrace.dataflow.schema;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The names and types of columns, in order. Names are unique and compared exactly. Immutable. */
public final class Schema {
    private final List<Field> fields;
    private @Nullable Map<String, Integer> positions;

    private Schema(List<Field> fields) {
        this.fields = fields;
    }

    /**
     * A schema of these columns.
     *
     * @throws DataflowException {@code DUPLICATE_COLUMN}
     */
    public static Schema of(Field... fields) {
        return of(Arrays.asList(fields));
    }

    /**
     * A schema of these columns.
     *
     * @throws DataflowException {@code DUPLICATE_COLUMN}
     */
    public static Schema of(List<Field> fields) {
        Schema schema = new Schema(List.copyOf(fields));
        if (schema.positions().size() != fields.size()) {
            Map<String, Integer> seen = new HashMap<>();
            for (int i = 0; i < fields.size(); i++) {
                String name = fields.get(i).name();
                Integer earlier = seen.putIfAbsent(name, i);
                if (earlier != null) {
                    throw DataflowException.of(
                            ErrorCode.DUPLICATE_COLUMN,
                            "Cannot have two columns named '" + name + "'",
                            "columns " + (earlier + 1) + " and " + (i + 1) + " of " + fields.size());
                }
            }
        }
        return schema;
    }

    /** The columns in order. */
    public List<Field> fields() {
        return fields;
    }

    /** The number of columns. */
    public int size() {
        return fields.size();
    }

    /** The column at {@code index}, from 0. */
    public Field field(int index) {
        return fields.get(index);
    }

    /** The names in order. */
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** Whether there is a column of this name. */
    public boolean has(String name) {
        return positions().containsKey(name);
    }

    /** The column of this name, or empty. */
    public Optional<Field> find(String name) {
        Integer position = positions().get(name);
        return position == null ? Optional.empty() : Optional.of(fields.get(position));
    }

    /** The position of the column of this name, from 0, or empty. */
    public OptionalInt position(String name) {
        Integer position = positions().get(name);
        return position == null ? OptionalInt.empty() : OptionalInt.of(position);
    }

    /**
     * The column of this name.
     *
     * @param operation what it is needed for, as the user would write it: {@code filter(x > 1)}
     * @throws DataflowException {@code UNKNOWN_COLUMN}, with a suggestion
     */
    public Field field(String name, String operation) {
        return fields.get(position(name, operation));
    }

    /**
     * The position of the column of this name, from 0.
     *
     * @param operation what it is needed for, as the user would write it
     * @throws DataflowException {@code UNKNOWN_COLUMN}, with a suggestion
     */
    public int position(String name, String operation) {
        Integer position = positions().get(name);
        if (position == null) {
            throw DataflowException.of(
                    ErrorCode.UNKNOWN_COLUMN,
                    "Cannot find column '" + name + "' for " + operation,
                    Suggestion.lines(name, "Columns here", names()));
        }
        return position;
    }

    private Map<String, Integer> positions() {
        Map<String, Integer> map = positions;
        if (map == null) {
            map = new HashMap<>(fields.size() * 2);
            for (int i = 0; i < fields.size(); i++) {
                map.putIfAbsent(fields.get(i).name(), i);
            }
            positions = map;
        }
        return map;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Schema schema && fields.equals(schema.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** The columns as {@code name: type}, a required one with {@code not null}, separated by commas. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Field field : fields) {
            text.append(text.length() == 0 ? "" : ", ").append(field);
        }
        return text.toString();
    }

    /** The name and type of one column, and whether it may hold nulls. */
    public record Field(String name, DataType type, boolean nullable) {
        public Field {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
        }

        /** A column without nulls. */
        public static Field required(String name, DataType type) {
            return new Field(name, type, false);
        }

        /** A column that may hold nulls. */
        public static Field optional(String name, DataType type) {
            return new Field(name, type, true);
        }

        /** The same column under another name. */
        public Field named(String newName) {
            return new Field(newName, type, nullable);
        }

        @Override
        public String toString() {
            return name + ": " + type + (nullable ? "" : " not null");
        }
    }
}
