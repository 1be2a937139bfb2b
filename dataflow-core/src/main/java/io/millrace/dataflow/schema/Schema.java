package io.millrace.dataflow.schema;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The names and types of columns, in order. Names are unique and compared exactly. Immutable. */
public final class Schema {
    /** Of so many columns one is found by looking at each. */
    private static final int FEW_COLUMNS = 8;

    private final List<Field> fields;
    /**
     * The position of every name. Schemas that grew from each other by {@link #with} share it as long as no two of them
     * have a name in different places, so that it may hold names that are not here.
     */
    private volatile @Nullable ConcurrentMap<String, Integer> positions;

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
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i).name();
            int first = schema.indexOf(name);
            if (first != i) {
                throw duplicate(name, first, i, fields.size());
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
        return indexOf(name) >= 0;
    }

    /** The column of this name, or empty. */
    public Optional<Field> find(String name) {
        int position = indexOf(name);
        return position < 0 ? Optional.empty() : Optional.of(fields.get(position));
    }

    /** The position of the column of this name, from 0, or empty. */
    public OptionalInt position(String name) {
        int position = indexOf(name);
        return position < 0 ? OptionalInt.empty() : OptionalInt.of(position);
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
        int position = indexOf(name);
        if (position < 0) {
            throw DataflowException.of(
                    ErrorCode.UNKNOWN_COLUMN,
                    "Cannot find column '" + name + "' for " + operation,
                    Suggestion.lines(name, "Columns here", names()));
        }
        return position;
    }

    /**
     * These columns with {@code field} in place of the one at {@code index}, or after the last when {@code index} is
     * the number of columns.
     *
     * @throws DataflowException {@code DUPLICATE_COLUMN}
     */
    public Schema with(int index, Field field) {
        int taken = indexOf(field.name());
        if (taken >= 0 && taken != index) {
            throw duplicate(field.name(), taken, index, Math.max(fields.size(), index + 1));
        }
        List<Field> changed = new ArrayList<>(fields.size() + 1);
        changed.addAll(fields);
        if (index == fields.size()) {
            changed.add(field);
        } else {
            changed.set(index, field);
        }
        Schema grown = new Schema(Collections.unmodifiableList(changed));
        if (fields.size() > FEW_COLUMNS) {
            ConcurrentMap<String, Integer> shared = positions();
            // Schemas that many others grow from do not collect all their names.
            if (shared.size() <= 2 * fields.size()) {
                Integer known = shared.putIfAbsent(field.name(), index);
                grown.positions = known == null || known == index ? shared : null;
            }
        }
        return grown;
    }

    private static DataflowException duplicate(String name, int first, int second, int size) {
        return DataflowException.of(
                ErrorCode.DUPLICATE_COLUMN,
                "Cannot have two columns named '" + name + "'",
                "columns " + (first + 1) + " and " + (second + 1) + " of " + size);
    }

    /** The position of a name, or -1. */
    private int indexOf(String name) {
        if (fields.size() <= FEW_COLUMNS) {
            for (int i = 0; i < fields.size(); i++) {
                if (fields.get(i).name().equals(name)) {
                    return i;
                }
            }
            return -1;
        }
        int found = positions().getOrDefault(name, fields.size());
        return found < fields.size() && fields.get(found).name().equals(name) ? found : -1;
    }

    private ConcurrentMap<String, Integer> positions() {
        ConcurrentMap<String, Integer> map = positions;
        if (map == null) {
            map = new ConcurrentHashMap<>(fields.size() * 2);
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
