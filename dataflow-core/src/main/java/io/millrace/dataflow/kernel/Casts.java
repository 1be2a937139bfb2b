package io.millrace.dataflow.kernel;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError.Code;
import io.millrace.dataflow.table.CellErrors;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/**
 * Conversions between types. A value that has no exact counterpart is a {@code CAST} error; only float64 takes the
 * nearest.
 *
 * <p>Text becomes a value, and a value text, as {@link CellText} says. Numbers become each other where the value stays
 * the same; true is 1 and false is 0, and back. A date becomes the midnight in UTC that it starts with, a timestamp its
 * day in UTC. Lists and structs become each other as {@link NestedCasts} says.
 */
final class Casts {
    private Casts() {}

    /**
     * The conversion.
     *
     * @throws DataflowException {@code TYPE_MISMATCH} when no value of one type has a counterpart in the other
     */
    static Kernel of(DataType from, DataType to) {
        if (isNested(from) && isNested(to) && from.canBecome(to)) {
            return NestedCasts.of(from, to);
        }
        Conversion conversion = conversion(from, to);
        if (conversion == null) {
            throw DataflowException.of(ErrorCode.TYPE_MISMATCH, "Cannot cast " + from + " to " + to);
        }
        return (arguments, target) -> {
            FieldVector source = arguments.vector(0);
            CellErrors.Builder made = CellErrors.builder();
            for (int row = 0; row < arguments.rows(); row++) {
                int i = arguments.row(0, row);
                if (!source.isNull(i) && !conversion.convert(source, i, target, row)) {
                    made.add(row, arguments.failure(Code.CAST, arguments.text(0, row), row));
                }
            }
            return arguments.errors().or(made.build());
        };
    }

    /** Whether some values of one type have a counterpart in the other. */
    static boolean exists(DataType from, DataType to) {
        return conversion(from, to) != null || (isNested(from) && isNested(to) && from.canBecome(to));
    }

    private static boolean isNested(DataType type) {
        return type instanceof DataType.ListOf || type instanceof DataType.Struct;
    }

    static @Nullable Conversion conversion(DataType from, DataType to) {
        if (to instanceof DataType.Text) {
            return (source, i, target, row) -> {
                byte[] text = CellText.format(from, source, i).getBytes(StandardCharsets.UTF_8);
                ((VarCharVector) target).setSafe(row, text);
                return true;
            };
        }
        if (from instanceof DataType.Text) {
            return fromText(to);
        }
        if (from instanceof DataType.Date && to instanceof DataType.Timestamp) {
            return Casts::dateToTimestamp;
        }
        if (from instanceof DataType.Timestamp && to instanceof DataType.Date) {
            return Casts::timestampToDate;
        }
        boolean numbers =
                (from.isNumeric() || from instanceof DataType.Bool) && (to.isNumeric() || to instanceof DataType.Bool);
        return numbers ? ofNumbers(from, to) : null;
    }

    private static @Nullable Conversion fromText(DataType to) {
        if (to instanceof DataType.ListOf || to instanceof DataType.Struct) {
            return null;
        }
        CellText.Parser parser = CellText.parser(to);
        return (source, i, target, row) ->
                parser.parse(new String(((VarCharVector) source).get(i), StandardCharsets.UTF_8), target, row);
    }

    private static @Nullable Conversion ofNumbers(DataType from, DataType to) {
        if (from instanceof DataType.Int64 && to instanceof DataType.Float64) {
            return (source, i, target, row) -> {
                ((Float8Vector) target).set(row, (double) ((BigIntVector) source).get(i));
                return true;
            };
        }
        if (from instanceof DataType.Float64 && to instanceof DataType.Int64) {
            return Casts::float64ToInt64;
        }
        if (from instanceof DataType.Float64 && to instanceof DataType.Decimal) {
            // Through its shortest text, so that 0.1 is a tenth and not the nearest binary fraction.
            CellText.Parser parser = CellText.parser(to);
            return (source, i, target, row) ->
                    parser.parse(Double.toString(((Float8Vector) source).get(i)), target, row);
        }
        if (from instanceof DataType.Float64) {
            return null;
        }
        NumberReader reader = reader(from);
        if (to instanceof DataType.Float64) {
            return (source, i, target, row) -> {
                ((Float8Vector) target).set(row, reader.read(source, i).doubleValue());
                return true;
            };
        }
        if (to instanceof DataType.Decimal decimal) {
            return (source, i, target, row) ->
                    writeDecimal(decimal, (DecimalVector) target, row, reader.read(source, i));
        }
        boolean bool = to instanceof DataType.Bool;
        if (bool && !(from instanceof DataType.Int64)) {
            return null;
        }
        return (source, i, target, row) -> writeWhole(bool, target, row, reader.read(source, i));
    }

    private static NumberReader reader(DataType from) {
        if (from instanceof DataType.Bool) {
            return (source, i) -> BigDecimal.valueOf(((BitVector) source).get(i));
        }
        if (from instanceof DataType.Int64) {
            return (source, i) -> BigDecimal.valueOf(((BigIntVector) source).get(i));
        }
        return (source, i) -> ((DecimalVector) source).getObjectNotNull(i);
    }

    private static boolean writeDecimal(DataType.Decimal type, DecimalVector target, int row, BigDecimal value) {
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.DOWN);
        if (scaled.compareTo(value) != 0 || scaled.precision() > type.precision()) {
            return false;
        }
        target.set(row, scaled);
        return true;
    }

    private static boolean writeWhole(boolean bool, FieldVector target, int row, BigDecimal value) {
        long whole;
        try {
            whole = value.longValueExact();
        } catch (ArithmeticException fractionOrRange) {
            return false;
        }
        if (bool) {
            if (whole != 0 && whole != 1) {
                return false;
            }
            ((BitVector) target).set(row, (int) whole);
        } else {
            ((BigIntVector) target).set(row, whole);
        }
        return true;
    }

    private static boolean float64ToInt64(FieldVector source, int i, FieldVector target, int row) {
        double value = ((Float8Vector) source).get(i);
        // The bounds are powers of two and so exact; the upper one is the first beyond the range.
        if (value != Math.rint(value) || value < -0x1p63 || value >= 0x1p63) {
            return false;
        }
        ((BigIntVector) target).set(row, (long) value);
        return true;
    }

    private static boolean dateToTimestamp(FieldVector source, int i, FieldVector target, int row) {
        long day = ((DateDayVector) source).get(i);
        if (Math.abs(day) > Long.MAX_VALUE / TimeFunctions.MICROS_PER_DAY) {
            return false;
        }
        ((TimeStampMicroTZVector) target).set(row, day * TimeFunctions.MICROS_PER_DAY);
        return true;
    }

    private static boolean timestampToDate(FieldVector source, int i, FieldVector target, int row) {
        long day = Math.floorDiv(((TimeStampMicroTZVector) source).get(i), TimeFunctions.MICROS_PER_DAY);
        ((DateDayVector) target).set(row, (int) day);
        return true;
    }

    @FunctionalInterface
    interface Conversion {
        /** Writes the counterpart of a value; false when it has none. */
        boolean convert(FieldVector source, int sourceRow, FieldVector target, int row);
    }

    @FunctionalInterface
    private interface NumberReader {
        BigDecimal read(FieldVector source, int row);
    }
}
