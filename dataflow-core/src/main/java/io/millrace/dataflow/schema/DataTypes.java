package io.millrace.dataflow.schema;

import io.millrace.dataflow.schema.Schema.Field;
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
     * @throws IllegalArgumentException when there is none, or it is nested more than {@value TypeText#MOST_LEVELS} deep
     */
    public static DataType parse(String text) {
        return TypeText.parse(text);
    }

    /** The types without parameters, by how they print. */
    static Map<String, DataType> simple() {
        return SIMPLE;
    }
}
