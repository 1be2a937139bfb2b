package io.millrace.dataflow.parquet;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * Parquet's types as ours, and back. Whole numbers of every width are int64, unsigned 64 bits a decimal; a timestamp
 * without a zone is in UTC. What Millrace has no type for is refused by name.
 */
final class ParquetTypes {
    private ParquetTypes() {}

    /**
     * The columns of a file.
     *
     * @throws DataflowException {@code UNSUPPORTED_TYPE}
     */
    static Schema schema(MessageType message, String file) {
        List<Field> fields = new ArrayList<>();
        for (Type type : message.getFields()) {
            fields.add(Field.optional(type.getName(), type(type, type.getName(), file)));
        }
        return Schema.of(fields);
    }

    private static DataType type(Type type, String column, String file) {
        if (type.isRepetition(Type.Repetition.REPEATED)) {
            throw unsupported(column, file, "a repeated field outside of a list");
        }
        if (type.isPrimitive()) {
            return leaf(type.asPrimitiveType(), column, file);
        }
        GroupType group = type.asGroupType();
        LogicalTypeAnnotation annotation = group.getLogicalTypeAnnotation();
        if (annotation instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
            return DataTypes.listOf(type(element(group, column, file), column, file));
        }
        if (annotation != null) {
            throw unsupported(column, file, annotation.toString());
        }
        List<Field> parts = new ArrayList<>();
        for (Type part : group.getFields()) {
            parts.add(Field.optional(part.getName(), type(part, column, file)));
        }
        return new DataType.Struct(parts);
    }

    /** The element of a list of three levels, the one form that is written today. */
    private static Type element(GroupType list, String column, String file) {
        Type repeated = list.getType(0);
        if (repeated.isPrimitive() || repeated.asGroupType().getFieldCount() != 1) {
            throw unsupported(column, file, "a list of the old form of two levels");
        }
        return repeated.asGroupType().getType(0);
    }

    private static DataType leaf(PrimitiveType type, String column, String file) {
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        if (annotation instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal
                && decimal.getPrecision() <= 38
                && decimal.getScale() >= 0
                && decimal.getScale() <= decimal.getPrecision()) {
            return DataTypes.decimal(decimal.getPrecision(), decimal.getScale());
        }
        if (annotation instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
                || annotation instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
                || annotation instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation) {
            return DataTypes.TEXT;
        }
        if (annotation instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
            return DataTypes.DATE;
        }
        if (annotation instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation) {
            return DataTypes.TIMESTAMP;
        }
        if (annotation instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation number) {
            return number.getBitWidth() == 64 && !number.isSigned() ? DataTypes.decimal(20, 0) : DataTypes.INT64;
        }
        if (annotation != null) {
            throw unsupported(column, file, annotation.toString());
        }
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> DataTypes.BOOL;
            case INT32, INT64 -> DataTypes.INT64;
            case FLOAT, DOUBLE -> DataTypes.FLOAT64;
            case BINARY, FIXED_LEN_BYTE_ARRAY -> DataTypes.BINARY;
            case INT96 -> DataTypes.TIMESTAMP;
        };
    }

    private static DataflowException unsupported(String column, String file, String type) {
        return DataflowException.of(
                ErrorCode.UNSUPPORTED_TYPE,
                "Cannot read column '" + column + "' of " + file + ": " + type + " has no counterpart here",
                "Write the file without the column, or with another type");
    }

    /**
     * The columns to be written.
     *
     * @throws DataflowException {@code UNSUPPORTED_TYPE} for a struct without fields
     */
    static MessageType message(Schema schema) {
        List<Type> fields = new ArrayList<>();
        for (Field field : schema.fields()) {
            fields.add(type(field.name(), field.type()));
        }
        return new MessageType("millrace", fields);
    }

    private static Type type(String name, DataType type) {
        if (type instanceof DataType.ListOf list) {
            return Types.optionalList().element(type("element", list.element())).named(name);
        }
        if (type instanceof DataType.Struct struct) {
            if (struct.fields().isEmpty()) {
                throw DataflowException.of(
                        ErrorCode.UNSUPPORTED_TYPE,
                        "Cannot write '" + name + "' as Parquet: it is a struct without fields");
            }
            List<Type> parts = new ArrayList<>();
            for (Field part : struct.fields()) {
                parts.add(type(part.name(), part.type()));
            }
            return new GroupType(Type.Repetition.OPTIONAL, name, parts);
        }
        return Types.optional(physical(type))
                .as(logical(type))
                .length(type instanceof DataType.Decimal ? 16 : 0)
                .named(name);
    }

    private static PrimitiveTypeName physical(DataType type) {
        if (type instanceof DataType.Bool) {
            return PrimitiveTypeName.BOOLEAN;
        }
        if (type instanceof DataType.Int64 || type instanceof DataType.Timestamp) {
            return PrimitiveTypeName.INT64;
        }
        if (type instanceof DataType.Float64) {
            return PrimitiveTypeName.DOUBLE;
        }
        if (type instanceof DataType.Date) {
            return PrimitiveTypeName.INT32;
        }
        return type instanceof DataType.Decimal ? PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY : PrimitiveTypeName.BINARY;
    }

    private static @org.jspecify.annotations.Nullable LogicalTypeAnnotation logical(DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            return LogicalTypeAnnotation.decimalType(decimal.scale(), decimal.precision());
        }
        if (type instanceof DataType.Text) {
            return LogicalTypeAnnotation.stringType();
        }
        if (type instanceof DataType.Date) {
            return LogicalTypeAnnotation.dateType();
        }
        return type instanceof DataType.Timestamp ? LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS) : null;
    }
}
