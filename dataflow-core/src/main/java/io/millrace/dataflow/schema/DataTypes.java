package io.millrace.dataflow.schema;

import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The types of columns, to be imported statically. */
public final class DataTypes {
    /** See {@link DataType.Bool}. */
    public static final DataType BOOL = new DataType.Bool();
    /** See {@link DataType.Int64}. */
    public static final DataType INT64 = new DataType.Int64();
    /** See {@link DataType.Float64}. */
    public static final DataType FLOAT64 = new DataType.Float64();
    /** See {@link DataType.Text}. */
    public static final DataType TEXT = new DataType.Text();
    /** See {@link DataType.Date}. */
    public static final DataType DATE = new DataType.Date();
    /** See {@link DataType.Timestamp}. */
    public static final DataType TIMESTAMP = new DataType.Timestamp();
    /** See {@link DataType.Binary}. */
    public static final DataType BINARY = new DataType.Binary();

    private static final Map<String, DataType> SIMPLE = Map.of(
            "bool", BOOL,
            "int64", INT64,
            "float64", FLOAT64,
            "text", TEXT,
            "date", DATE,
            "timestamp", TIMESTAMP,
            "binary", BINARY);

    private DataTypes() {}

    /** See {@link DataType.Decimal}. */
    public static DataType decimal(int precision, int scale) {
        return new DataType.Decimal(precision, scale);
    }

    /** See {@link DataType.ListOf}. */
    public static DataType listOf(DataType element) {
        return new DataType.ListOf(element);
    }

    /** See {@link DataType.Struct}. */
    public static DataType struct(Field... fields) {
        return new DataType.Struct(List.of(fields));
    }

    /**
     * The type that prints as {@code text}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static DataType parse(String text) {
        String trimmed = text.strip();
        DataType simple = SIMPLE.get(trimmed);
        if (simple != null) {
            return simple;
        }
        try {
            if (trimmed.startsWith("decimal(") && trimmed.endsWith(")")) {
                List<String> parts = parts(trimmed.substring(8, trimmed.length() - 1));
                if (parts.size() == 2) {
                    return decimal(
                            Integer.parseInt(parts.get(0).strip()),
                            Integer.parseInt(parts.get(1).strip()));
                }
            }
            if (trimmed.startsWith("list<") && trimmed.endsWith(">")) {
                return listOf(parse(trimmed.substring(5, trimmed.length() - 1)));
            }
            if (trimmed.startsWith("struct<") && trimmed.endsWith(">")) {
                List<Field> fields = new ArrayList<>();
                for (String part : parts(trimmed.substring(7, trimmed.length() - 1))) {
                    int colon = part.indexOf(": ");
                    fields.add(Field.optional(part.substring(0, colon).strip(), parse(part.substring(colon + 2))));
                }
                return new DataType.Struct(fields);
            }
        } catch (RuntimeException malformed) {
            throw new IllegalArgumentException("not a type: " + text, malformed);
        }
        throw new IllegalArgumentException("not a type: " + text);
    }

    /** The parts between the commas that stand inside no bracket. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '<' || c == '(') {
                depth++;
            } else if (c == '>' || c == ')') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
