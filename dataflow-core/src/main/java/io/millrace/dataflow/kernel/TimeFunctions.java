package io.millrace.dataflow.kernel;

import io.millrace.dataflow.schema.DataType;
import java.time.LocalDate;
import java.util.function.LongUnaryOperator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;

/** Parts of dates and of timestamps in UTC, and distances between days. */
final class TimeFunctions {
    static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long MICROS_PER_HOUR = 3_600_000_000L;

    private TimeFunctions() {}

    static Kernel year(DataType type) {
        return ofDay(type, day -> LocalDate.ofEpochDay(day).getYear());
    }

    static Kernel month(DataType type) {
        return ofDay(type, day -> LocalDate.ofEpochDay(day).getMonthValue());
    }

    static Kernel day(DataType type) {
        return ofDay(type, day -> LocalDate.ofEpochDay(day).getDayOfMonth());
    }

    /** The first day of the epoch was a Thursday. */
    static Kernel dayOfWeek(DataType type) {
        return ofDay(type, day -> Math.floorMod(day + 3, 7) + 1);
    }

    static Kernel hour(DataType type) {
        return (arguments, target) -> {
            FieldVector input = arguments.vector(0);
            BigIntVector result = (BigIntVector) target;
            for (int row = 0; row < arguments.rows(); row++) {
                int i = arguments.row(0, row);
                if (!input.isNull(i)) {
                    result.set(
                            row,
                            type instanceof DataType.Date
                                    ? 0
                                    : Math.floorMod(((TimeStampMicroTZVector) input).get(i), MICROS_PER_DAY)
                                            / MICROS_PER_HOUR);
                }
            }
            return arguments.errors();
        };
    }

    static Kernel daysBetween() {
        return (arguments, target) -> {
            DateDayVector start = (DateDayVector) arguments.vector(0);
            DateDayVector end = (DateDayVector) arguments.vector(1);
            BigIntVector result = (BigIntVector) target;
            for (int row = 0; row < arguments.rows(); row++) {
                int i = arguments.row(0, row);
                int j = arguments.row(1, row);
                if (!start.isNull(i) && !end.isNull(j)) {
                    result.set(row, (long) end.get(j) - start.get(i));
                }
            }
            return arguments.errors();
        };
    }

    private static Kernel ofDay(DataType type, LongUnaryOperator part) {
        return (arguments, target) -> {
            FieldVector input = arguments.vector(0);
            BigIntVector result = (BigIntVector) target;
            for (int row = 0; row < arguments.rows(); row++) {
                int i = arguments.row(0, row);
                if (!input.isNull(i)) {
                    long day = type instanceof DataType.Date
                            ? ((DateDayVector) input).get(i)
                            : Math.floorDiv(((TimeStampMicroTZVector) input).get(i), MICROS_PER_DAY);
                    result.set(row, part.applyAsLong(day));
                }
            }
            return arguments.errors();
        };
    }
}
