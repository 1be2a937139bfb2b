package io.millrace.dataflow.spark;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VarcharType;

/** The types of Spark's columns as ours, and ours as Spark's. */
public final class SparkTypes implements DataType.Visitor<org.apache.spark.sql.types.DataType> {
    private static final SparkTypes TO_SPARK = new SparkTypes();

    private SparkTypes() {}

    /**
     * The columns of a dataset.
     *
     * @throws DataflowException {@code UNSUPPORTED_TYPE}, naming every column that cannot be taken
     */
    public static Schema schema(StructType type) {
        List<String> problems = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (StructField field : type.fields()) {
            Optional<DataType> found = type(field.name(), field.dataType(), problems);
            found.ifPresent(known -> fields.add(new Field(field.name(), known, field.nullable())));
            if (!names.add(field.name())) {
                problems.add("Two columns are named '" + field.name() + "': rename one");
            }
        }
        if (!problems.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.UNSUPPORTED_TYPE,
                    "Cannot take the rows of the dataset: not all of its columns can be columns of a dataflow",
                    problems);
        }
        return Schema.of(fields);
    }

    private static Optional<DataType> type(
            String path, org.apache.spark.sql.types.DataType type, List<String> problems) {
        if (type instanceof StringType || type instanceof CharType || type instanceof VarcharType) {
            return Optional.of(DataTypes.TEXT);
        }
        if (type instanceof DecimalType decimal && decimal.scale() >= 0) {
            return Optional.of(DataTypes.decimal(decimal.precision(), decimal.scale()));
        }
        if (type instanceof ArrayType array) {
            return type(path + "[]", array.elementType(), problems).map(DataTypes::listOf);
        }
        if (type instanceof StructType struct && struct.length() > 0) {
            return struct(path, struct, problems);
        }
        Optional<DataType> simple =
                switch (type.typeName()) {
                    case "boolean" -> Optional.of(DataTypes.BOOL);
                    case "byte", "short", "integer", "long" -> Optional.of(DataTypes.INT64);
                    case "float", "double" -> Optional.of(DataTypes.FLOAT64);
                    case "date" -> Optional.of(DataTypes.DATE);
                    case "timestamp" -> Optional.of(DataTypes.TIMESTAMP);
                    case "binary" -> Optional.of(DataTypes.BINARY);
                    default -> Optional.empty();
                };
        if (simple.isEmpty()) {
            problems.add("Column '" + path + "' is of type " + type.simpleString() + ": " + advice(type.typeName()));
        }
        return simple;
    }

    /** A struct whose parts all may be null, as ours are. */
    private static Optional<DataType> struct(String path, StructType struct, List<String> problems) {
        int before = problems.size();
        List<Field> parts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (StructField field : struct.fields()) {
            type(path + "." + field.name(), field.dataType(), problems)
                    .ifPresent(known -> parts.add(Field.optional(field.name(), known)));
            if (!names.add(field.name())) {
                problems.add("Two fields of column '" + path + "' are named '" + field.name() + "': rename one");
            }
        }
        return problems.size() > before ? Optional.empty() : Optional.of(new DataType.Struct(parts));
    }

    private static String advice(String type) {
        return switch (type) {
            case "timestamp_ntz" -> "it is no moment; cast it to timestamp, by a zone that you name, or to string";
            case "map" -> "use map_entries(...), which is an array of structs";
            default -> "cast it to a type that a dataflow has, or drop it";
        };
    }

    /** The columns in Spark. */
    public static StructType struct(Schema schema) {
        return struct(schema.fields());
    }

    private static StructType struct(List<Field> fields) {
        StructType struct = new StructType();
        for (Field field : fields) {
            // Nullable whatever the schema says: an error becomes a null.
            struct = struct.add(field.name(), field.type().accept(TO_SPARK), true);
        }
        return struct;
    }

    @Override
    public org.apache.spark.sql.types.DataType visit(DataType.Bool type) {
        return org.apache.spark.sql.types.DataTypes.BooleanType;
    }

    @Override
    public org.apache.spark.sql.types.DataType visit(DataType.Int64 type) {
        return org.apache.spark.sql.types.DataTypes.LongType;
    }

    @Override
    public org.apache.spark.sql.types.DataType visit(DataType.Float64 type) {
        return org.apache.spark.sql.types.DataTypes.DoubleType;
    }

    @Override
    public org.apache.spark.sql.types.DataType visit(DataType.Decimal type) {
        return org.apache.spark.sql.types.DataTypes.createDecimalType(type.precision(), type.scale());
    }

    @Override
    public org.apache.spark.sql.types.DataType visit(DataType.Text type) {
        return org.apache.spark.sql.types.DataTypes.StringType;
    }

    @Override
    public org.apache.spark.sql.types.DataType visit(DataType.Date type) {
        return org.apache.spark.sql.types.DataTypes.DateType;
    }

    @Override
    public org.apache.spark.sql.types.DataType visit(DataType.Timestamp type) {
        return org.apache.spark.sql.types.DataTypes.TimestampType;
    }

    @Override
    public org.apache.spark.sql.types.DataType visit(DataType.Binary type) {
        return org.apache.spark.sql.types.DataTypes.BinaryType;
    }

    @Override
    public org.apache.spark.sql.types.DataType visit(DataType.ListOf type) {
        return org.apache.spark.sql.types.DataTypes.createArrayType(
                type.element().accept(this), true);
    }

    @Override
    public org.apache.spark.sql.types.DataType visit(DataType.Struct type) {
        return struct(type.fields());
    }
}
