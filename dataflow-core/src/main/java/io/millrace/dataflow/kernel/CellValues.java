package io.millrace.dataflow.kernel;

import io.millrace.dataflow.expr.Bytes;
import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/** Puts Java values, as {@code Literals} normalises them, into vectors. */
public final class CellValues {
    private CellValues() {}

    /** Cells of these values, in order, without errors. */
    public static Cells of(DataType type, List<? extends @Nullable Object> values, BufferAllocator allocator) {
        FieldVector vector = ArrowTypes.vector("", type, allocator);
        try {
            vector.setInitialCapacity(values.size());
            if (!values.isEmpty()) {
                vector.allocateNew();
            }
            for (int row = 0; row < values.size(); row++) {
                write(type, vector, row, values.get(row));
            }
            vector.setValueCount(values.size());
            return Cells.of(type, vector, CellErrors.none());
        } catch (RuntimeException | Error failure) {
            vector.close();
            throw failure;
        }
    }

    /** The text form of a value, as a cast to text gives it. */
    public static String text(Object value) {
        DataType type = Literals.type(value).orElseThrow();
        try (BufferAllocator allocator = new RootAllocator();
                Cells cells = of(type, List.of(value), allocator)) {
            return Objects.requireNonNull(CellText.format(type, cells.values(), 0));
        }
    }

    /**
     * Writes a value, growing the vector where needed. A whole number is taken for a float64 or decimal too, and a date
     * for a timestamp; rows come in ascending order.
     *
     * @throws IllegalArgumentException for a value that is not of the type
     */
    public static void write(DataType type, FieldVector vector, int row, @Nullable Object value) {
        if (value == null) {
            vector.setNull(row);
        } else if (type instanceof DataType.Bool && value instanceof Boolean bool) {
            ((BitVector) vector).setSafe(row, bool ? 1 : 0);
        } else if (type instanceof DataType.Int64 && value instanceof Long number) {
            ((BigIntVector) vector).setSafe(row, number);
        } else if (type instanceof DataType.Float64 && value instanceof Number number) {
            ((Float8Vector) vector).setSafe(row, number.doubleValue());
        } else if (type instanceof DataType.Decimal decimal && value instanceof BigDecimal number) {
            writeDecimal(decimal, (DecimalVector) vector, row, number);
        } else if (type instanceof DataType.Decimal decimal && value instanceof Long number) {
            writeDecimal(decimal, (DecimalVector) vector, row, BigDecimal.valueOf(number));
        } else if (type instanceof DataType.Text && value instanceof String text) {
            ((VarCharVector) vector).setSafe(row, text.getBytes(StandardCharsets.UTF_8));
        } else if (type instanceof DataType.Date && value instanceof LocalDate date) {
            ((DateDayVector) vector).setSafe(row, Math.toIntExact(date.toEpochDay()));
        } else if (type instanceof DataType.Timestamp && value instanceof Instant instant) {
            ((TimeStampMicroTZVector) vector).setSafe(row, micros(instant));
        } else if (type instanceof DataType.Timestamp && value instanceof LocalDate date) {
            ((TimeStampMicroTZVector) vector)
                    .setSafe(row, Math.multiplyExact(date.toEpochDay(), TimeFunctions.MICROS_PER_DAY));
        } else if (type instanceof DataType.Binary && value instanceof byte[] bytes) {
            ((VarBinaryVector) vector).setSafe(row, bytes);
        } else if (type instanceof DataType.Binary && value instanceof Bytes bytes) {
            ((VarBinaryVector) vector).setSafe(row, bytes.toArray());
        } else if (type instanceof DataType.ListOf list && value instanceof List<?> elements) {
            writeList(list, (ListVector) vector, row, elements);
        } else if (type instanceof DataType.Struct struct && value instanceof Map<?, ?> parts) {
            writeStruct(struct, (StructVector) vector, row, parts);
        } else {
            throw new IllegalArgumentException(
                    "a " + value.getClass().getSimpleName() + " is no value of type " + type);
        }
    }

    private static void writeList(DataType.ListOf type, ListVector vector, int row, List<?> elements) {
        int at = vector.startNewValue(row);
        for (Object element : elements) {
            write(type.element(), vector.getDataVector(), at++, element);
        }
        vector.endValue(row, elements.size());
    }

    /** A field that the value does not have is null. */
    private static void writeStruct(DataType.Struct type, StructVector vector, int row, Map<?, ?> parts) {
        vector.setIndexDefined(row);
        int known = 0;
        for (int i = 0; i < type.fields().size(); i++) {
            Schema.Field part = type.fields().get(i);
            known += parts.containsKey(part.name()) ? 1 : 0;
            write(part.type(), (FieldVector) vector.getChildByOrdinal(i), row, parts.get(part.name()));
        }
        if (known < parts.size()) {
            throw new IllegalArgumentException("fields " + parts.keySet() + " are no value of type " + type);
        }
    }

    /** Microseconds since 1970. Not by the JDK's own count of them, which overflows three centuries away. */
    private static long micros(Instant instant) {
        return LocalClock.micros(instant.getEpochSecond(), instant.getNano() / 1_000);
    }

    private static void writeDecimal(DataType.Decimal type, DecimalVector vector, int row, BigDecimal value) {
        try {
            BigDecimal scaled = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
            if (scaled.precision() <= type.precision()) {
                vector.setSafe(row, scaled);
                return;
            }
        } catch (ArithmeticException tooFine) {
            throw new IllegalArgumentException(value.toPlainString() + " is no value of type " + type, tooFine);
        }
        throw new IllegalArgumentException(value.toPlainString() + " is no value of type " + type);
    }
}
