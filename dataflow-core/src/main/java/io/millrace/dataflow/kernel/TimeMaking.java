package io.millrace.dataflow.kernel;

import io.millrace.dataflow.expr.CalendarUnit;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError.Code;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;

/** Dates and timestamps made of numbers, and numbers of them. */
final class TimeMaking {
    /** Two to the 63rd: the first double beyond int64. */
    private static final double BEYOND_INT64 = 0x1p63;

    private TimeMaking() {}

    static Kernel date() {
        return RowByRow.of("date", (arguments, row, target) -> {
            try {
                TimeShifts.setDay(target, row, date(arguments, row).toEpochDay());
                return null;
            } catch (DateTimeException | ArithmeticException noSuchDay) {
                return Code.DOMAIN;
            }
        });
    }

    static Kernel timestamp(TypedExpr.Call call) {
        LocalClock clock = LocalClock.of(call, 6);
        return RowByRow.of("timestamp", (arguments, row, target) -> {
            try {
                LocalDateTime time = date(arguments, row)
                        .atTime(
                                Math.toIntExact(arguments.int64(3, row)),
                                Math.toIntExact(arguments.int64(4, row)),
                                Math.toIntExact(arguments.int64(5, row)));
                ((TimeStampMicroTZVector) target).set(row, clock.instant(time, null));
                return null;
            } catch (DateTimeException | ArithmeticException noSuchTime) {
                return Code.DOMAIN;
            }
        });
    }

    static Kernel toDate(TypedExpr.Call call) {
        LocalClock clock = LocalClock.of(call, 1);
        return RowByRow.of("to_date", (arguments, row, target) -> {
            TimeShifts.setDay(target, row, clock.day(TimeShifts.microsAt(arguments, 0, row)));
            return null;
        });
    }

    static Kernel fromUnix(TypedExpr.Call call) {
        CalendarUnit unit = TimeShifts.unit(call, 1);
        boolean whole = call.arguments().get(0).type() instanceof DataType.Int64;
        return RowByRow.of("from_unix", (arguments, row, target) -> {
            TimeStampMicroTZVector result = (TimeStampMicroTZVector) target;
            if (whole) {
                try {
                    result.set(row, Math.multiplyExact(arguments.int64(0, row), unit.micros()));
                    return null;
                } catch (ArithmeticException beyondRange) {
                    return Code.OVERFLOW;
                }
            }
            double micros = arguments.float64(0, row) * unit.micros();
            if (Double.isNaN(micros)) {
                return Code.DOMAIN;
            }
            if (micros >= BEYOND_INT64 || micros < -BEYOND_INT64) {
                return Code.OVERFLOW;
            }
            result.set(row, Math.round(micros));
            return null;
        });
    }

    static Kernel toUnix(TypedExpr.Call call) {
        CalendarUnit unit = TimeShifts.unit(call, 1);
        return RowByRow.of("to_unix", (arguments, row, target) -> {
            ((BigIntVector) target).set(row, Math.floorDiv(TimeShifts.microsAt(arguments, 0, row), unit.micros()));
            return null;
        });
    }

    private static LocalDate date(Arguments arguments, int row) {
        return LocalDate.of(
                Math.toIntExact(arguments.int64(0, row)),
                Math.toIntExact(arguments.int64(1, row)),
                Math.toIntExact(arguments.int64(2, row)));
    }
}
