package io.millrace.dataflow.kernel;

import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.function.LongUnaryOperator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;

/** Parts of dates, and of timestamps in UTC or another zone, and distances between days. */
final class TimeFunctions {
    static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long MICROS_PER_HOUR = 3_600_000_000L;
    private static final long MICROS_PER_MINUTE = 60_000_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private TimeFunctions() {}

    static Kernel year(TypedExpr.Call call) {
        return ofDay(call, day -> LocalDate.ofEpochDay(day).getYear());
    }

    static Kernel quarter(TypedExpr.Call call) {
        return ofDay(call, day -> (LocalDate.ofEpochDay(day).getMonthValue() + 2) / 3);
    }

    static Kernel month(TypedExpr.Call call) {
        return ofDay(call, day -> LocalDate.ofEpochDay(day).getMonthValue());
    }

    static Kernel weekYear(TypedExpr.Call call) {
        return ofDay(call, day -> LocalDate.ofEpochDay(day).get(IsoFields.WEEK_BASED_YEAR));
    }

    static Kernel week(TypedExpr.Call call) {
        return ofDay(call, day -> LocalDate.ofEpochDay(day).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    static Kernel dayOfYear(TypedExpr.Call call) {
        return ofDay(call, day -> LocalDate.ofEpochDay(day).getDayOfYear());
    }

    static Kernel day(TypedExpr.Call call) {
        return ofDay(call, day -> LocalDate.ofEpochDay(day).getDayOfMonth());
    }

    /** The first day of the epoch was a Thursday. */
    static Kernel dayOfWeek(TypedExpr.Call call) {
        return ofDay(call, day -> Math.floorMod(day + 3, 7) + 1);
    }

    static Kernel hour(TypedExpr.Call call) {
        return ofTime(call, micro -> micro / MICROS_PER_HOUR);
    }

    static Kernel minute(TypedExpr.Call call) {
        return ofTime(call, micro -> micro / MICROS_PER_MINUTE % 60);
    }

    static Kernel second(TypedExpr.Call call) {
        return ofTime(call, micro -> micro / MICROS_PER_SECOND % 60);
    }

    static Kernel microsecond(TypedExpr.Call call) {
        return ofTime(call, micro -> micro % MICROS_PER_SECOND);
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

    private static Kernel ofDay(TypedExpr.Call call, LongUnaryOperator part) {
        boolean date = call.arguments().get(0).type() instanceof DataType.Date;
        LocalClock clock = LocalClock.of(call, 1);
        return (arguments, target) -> {
            FieldVector input = arguments.vector(0);
            BigIntVector result = (BigIntVector) target;
            for (int row = 0; row < arguments.rows(); row++) {
                int i = arguments.row(0, row);
                if (!input.isNull(i)) {
                    long day =
                            date ? ((DateDayVector) input).get(i) : clock.day(((TimeStampMicroTZVector) input).get(i));
                    result.set(row, part.applyAsLong(day));
                }
            }
            return arguments.errors();
        };
    }

    private static Kernel ofTime(TypedExpr.Call call, LongUnaryOperator part) {
        boolean date = call.arguments().get(0).type() instanceof DataType.Date;
        LocalClock clock = LocalClock.of(call, 1);
        return (arguments, target) -> {
            FieldVector input = arguments.vector(0);
            BigIntVector result = (BigIntVector) target;
            for (int row = 0; row < arguments.rows(); row++) {
                int i = arguments.row(0, row);
                if (!input.isNull(i)) {
                    long micro = date ? 0 : clock.microOfDay(((TimeStampMicroTZVector) input).get(i));
                    result.set(row, part.applyAsLong(micro));
                }
            }
            return arguments.errors();
        };
    }
}
