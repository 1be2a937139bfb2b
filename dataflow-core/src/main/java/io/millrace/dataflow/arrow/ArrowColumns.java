package io.millrace.dataflow.arrow;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.complex.BaseListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * Arrow's types as ours, and their values. Whole numbers of every width are int64, unsigned 64 bits a decimal; a timestamp
 * without a zone is in UTC. What Millrace has no type for is refused by name.
 */
final class ArrowColumns {
    /** What has no counterpart among the values of its type: a timestamp finer than a microsecond, or out of range. */
    static final Object MISFIT = new Object();

    private static final long MILLIS_A_DAY = 86_400_000L;

    private ArrowColumns() {}

    /**
     * The type of a column that is not encoded by a dictionary.
     *
     * @param column the name of the column, for the message
     * @throws DataflowException {@code UNSUPPORTED_TYPE}
     */
    static DataType type(Field field, String column, String file) {
        ArrowType type = field.getType();
        if (field.getDictionary() != null) {
            throw unsupported(column, file, "a dictionary inside of a list or struct");
        }
        return switch (type.getTypeID()) {
            case Bool -> DataTypes.BOOL;
            case Int -> {
                ArrowType.Int number = (ArrowType.Int) type;
                yield number.getBitWidth() == 64 && !number.getIsSigned() ? DataTypes.decimal(20, 0) : DataTypes.INT64;
            }
            case FloatingPoint -> DataTypes.FLOAT64;
            case Decimal -> decimal((ArrowType.Decimal) type, column, file);
            case Utf8, LargeUtf8, Utf8View, Null -> DataTypes.TEXT;
            case Binary, LargeBinary, BinaryView, FixedSizeBinary -> DataTypes.BINARY;
            case Date -> DataTypes.DATE;
            case Timestamp -> DataTypes.TIMESTAMP;
            case List, LargeList, FixedSizeList ->
                DataTypes.listOf(type(field.getChildren().get(0), column, file));
            case Struct -> {
                List<io.millrace.dataflow.schema.Schema.Field> parts = new ArrayList<>();
                for (Field child : field.getChildren()) {
                    parts.add(io.millrace.dataflow.schema.Schema.Field.optional(
                            child.getName(), type(child, column, file)));
                }
                yield new DataType.Struct(parts);
            }
            default -> throw unsupported(column, file, type.toString());
        };
    }

    private static DataType decimal(ArrowType.Decimal type, String column, String file) {
        if (type.getPrecision() > 38 || type.getScale() < 0 || type.getScale() > type.getPrecision()) {
            throw unsupported(column, file, type.toString());
        }
        return DataTypes.decimal(type.getPrecision(), type.getScale());
    }

    private static DataflowException unsupported(String column, String file, String type) {
        return DataflowException.of(
                ErrorCode.UNSUPPORTED_TYPE,
                "Cannot read column '" + column + "' of " + file + ": " + type + " has no counterpart here",
                "Write the file without the column, or with another type");
    }

    /** The value of a row as {@code Literals} normalises it, or null, or {@link #MISFIT}. */
    static @Nullable Object value(FieldVector vector, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        if (vector instanceof StructVector struct) {
            Map<String, @Nullable Object> parts = new LinkedHashMap<>();
            boolean fits = true;
            for (FieldVector child : struct.getChildrenFromFields()) {
                Object part = value(child, row);
                fits &= part != MISFIT;
                parts.put(child.getName(), part);
            }
            return fits ? parts : MISFIT;
        }
        if (vector instanceof BaseListVector list) {
            List<@Nullable Object> elements = new ArrayList<>();
            boolean fits = true;
            FieldVector inside = list.getChildrenFromFields().get(0);
            for (int i = list.getElementStartIndex(row); i < list.getElementEndIndex(row); i++) {
                Object element = value(inside, i);
                fits &= element != MISFIT;
                elements.add(element);
            }
            return fits ? elements : MISFIT;
        }
        return leaf(vector, row);
    }

    private static @Nullable Object leaf(FieldVector vector, int row) {
        if (vector instanceof BitVector bits) {
            return bits.get(row) != 0;
        }
        if (vector instanceof UInt1Vector numbers) {
            return (long) (numbers.get(row) & 0xff);
        }
        if (vector instanceof UInt2Vector numbers) {
            return (long) numbers.get(row);
        }
        if (vector instanceof UInt4Vector numbers) {
            return Integer.toUnsignedLong(numbers.get(row));
        }
        if (vector instanceof UInt8Vector numbers) {
            return new BigDecimal(Long.toUnsignedString(numbers.get(row)));
        }
        if (vector instanceof Float2Vector halves) {
            return (double) halves.getValueAsFloat(row);
        }
        if (vector instanceof DateDayVector days) {
            return LocalDate.ofEpochDay(days.get(row));
        }
        if (vector instanceof DateMilliVector millis) {
            long value = millis.get(row);
            return value % MILLIS_A_DAY == 0 ? LocalDate.ofEpochDay(value / MILLIS_A_DAY) : MISFIT;
        }
        if (vector instanceof TimeStampVector times) {
            return instant(times, row);
        }
        Object value = vector.getObject(row);
        if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float number) {
            return (double) number;
        }
        return value instanceof Long
                        || value instanceof Double
                        || value instanceof BigDecimal
                        || value instanceof byte[]
                ? value
                : String.valueOf(value);
    }

    private static Object instant(TimeStampVector vector, int row) {
        ArrowType.Timestamp type = (ArrowType.Timestamp) vector.getField().getType();
        long value = vector.get(row);
        long perSecond =
                switch (type.getUnit()) {
                    case SECOND -> 1L;
                    case MILLISECOND -> 1_000L;
                    case MICROSECOND -> 1_000_000L;
                    case NANOSECOND -> 1_000_000_000L;
                };
        long nanos = Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond);
        if (nanos % 1_000 != 0) {
            return MISFIT;
        }
        try {
            Instant instant = Instant.ofEpochSecond(Math.floorDiv(value, perSecond), nanos);
            // What the type can hold is what fits 64 bits of microseconds.
            Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), nanos / 1_000);
            return instant;
        } catch (DateTimeException | ArithmeticException beyond) {
            return MISFIT;
        }
    }

    /** A value that does not fit as it is shown in an error. */
    static String text(FieldVector vector, int row) {
        return vector instanceof TimeStampVector times
                ? times.get(row) + " "
                        + ((ArrowType.Timestamp) vector.getField().getType()).getUnit()
                : String.valueOf(vector.getObject(row));
    }
}
