package io.millrace.dataflow.expr;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists and structs among the values that stand for cells. */
final class NestedLiterals {
    /** The deepest that a literal may be nested; a list that holds itself is deeper. */
    private static final int MOST_LEVELS = 64;

    private NestedLiterals() {}

    static Object normalised(Object value) {
        return Objects.requireNonNull(normalised(value, 1));
    }

    private static @Nullable Object normalised(@Nullable Object value, int level) {
        if (level > MOST_LEVELS) {
            throw new IllegalArgumentException("a literal is nested more than " + MOST_LEVELS + " deep");
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            for (Object element : list) {
                elements.add(normalised(element, level + 1));
            }
            return Collections.unmodifiableList(elements);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            map.forEach((name, part) -> {
                if (!(name instanceof String text)) {
                    throw new IllegalArgumentException("the fields of a struct are named by text, not by " + name);
                }
                fields.put(text, normalised(part, level + 1));
            });
            return Collections.unmodifiableMap(fields);
        }
        return Literals.normalised(value);
    }

    /** The levels of JSON that a normalised value takes: two for each list, three for each struct. */
    static int levels(@Nullable Object value) {
        int most = 0;
        if (value instanceof List<?> list) {
            for (Object element : list) {
                most = Math.max(most, levels(element));
            }
            return most + 2;
        }
        if (value instanceof Map<?, ?> map) {
            for (Object part : map.values()) {
                most = Math.max(most, levels(part));
            }
            return most + 3;
        }
        return most;
    }

    static DataType type(Object value) {
        if (value instanceof List<?> list) {
            DataType common = null;
            for (Object element : list) {
                Optional<DataType> type = Literals.type(element);
                if (type.isPresent()) {
                    common = common == null ? type.get() : both(common, type.get());
                }
            }
            return DataTypes.listOf(common == null ? DataTypes.TEXT : common);
        }
        List<Field> fields = new ArrayList<>();
        ((Map<?, ?>) value)
                .forEach((name, part) -> fields.add(
                        Field.optional((String) name, Literals.type(part).orElse(DataTypes.TEXT))));
        return new DataType.Struct(fields);
    }

    private static DataType both(DataType a, DataType b) {
        if (a.equals(b)) {
            return a;
        }
        if (a.isNumeric() && b.isNumeric()) {
            if (a.equals(DataTypes.FLOAT64) || b.equals(DataTypes.FLOAT64)) {
                return DataTypes.FLOAT64;
            }
            DataType.Decimal left = decimal(a);
            DataType.Decimal right = decimal(b);
            int scale = Math.max(left.scale(), right.scale());
            int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
            return DataTypes.decimal(Math.min(38, whole + scale), scale);
        }
        if (a instanceof DataType.ListOf left && b instanceof DataType.ListOf right) {
            return DataTypes.listOf(both(left.element(), right.element()));
        }
        throw new IllegalArgumentException("the elements of a list have one type, not " + a + " and " + b);
    }

    private static DataType.Decimal decimal(DataType type) {
        return type instanceof DataType.Decimal decimal ? decimal : new DataType.Decimal(19, 0);
    }

    static String text(Object value) {
        StringBuilder text = new StringBuilder();
        if (value instanceof List<?> list) {
            for (Object element : list) {
                text.append(text.length() == 0 ? "" : ", ").append(Literals.text(element));
            }
            return "[" + text + "]";
        }
        ((Map<?, ?>) value).forEach((name, part) -> text.append(text.length() == 0 ? "" : ", ")
                .append(ExprText.column((String) name))
                .append(": ")
                .append(Literals.text(part)));
        return "{" + text + "}";
    }
}
