package io.millrace.dataflow.local;

import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.kernel.CellOrder;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;

/** The one key that a frame of values or seconds is measured by. */
abstract class FrameKeys {
    private static final BigDecimal MICROS_A_SECOND = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal SECONDS_A_DAY = BigDecimal.valueOf(86_400);

    private final RankedRows order;
    private final RankedRows.RankedColumns key;

    private FrameKeys(RankedRows order, int column) {
        this.order = order;
        this.key = order.columns(List.of(column));
    }

    /** The key of rows, which has a type. */
    static FrameKeys of(Frame frame, RankedRows order, Operator.Sort.Key key, DataType type) {
        boolean ascending = key.direction() == SortKey.Direction.ASCENDING;
        if (type instanceof DataType.Float64) {
            return new Doubles(frame, ascending, order, key.index());
        }
        return type instanceof DataType.Decimal
                ? new Decimals(frame, ascending, order, key.index())
                : new Longs(frame, type, ascending, order, key.index());
    }

    final boolean isNull(int rank) {
        return vector(rank).isNull(row(rank));
    }

    /** Whether the key of a rank is too far before that of another one for its frame. */
    abstract boolean isBefore(int rank, int of);

    /** Whether the key of a rank is too far after that of another one for its frame. */
    abstract boolean isAfter(int rank, int of);

    final FieldVector vector(int rank) {
        return key.at(rank).get(0).values();
    }

    final int row(int rank) {
        return order.place(rank);
    }

    /** Keys that are counted: int64, days, microseconds. */
    private static final class Longs extends FrameKeys {
        private final boolean ascending;
        private final long from;
        private final long to;

        Longs(Frame frame, DataType type, boolean ascending, RankedRows order, int column) {
            super(order, column);
            this.ascending = ascending;
            from = distance(frame.from(), type, RoundingMode.CEILING);
            to = distance(frame.to(), type, RoundingMode.FLOOR);
        }

        private static long distance(Optional<BigDecimal> distance, DataType type, RoundingMode rounding) {
            BigDecimal given = distance.orElse(BigDecimal.ZERO);
            BigDecimal counted = type instanceof DataType.Timestamp
                    ? given.multiply(MICROS_A_SECOND).setScale(0, rounding)
                    : type instanceof DataType.Date
                            ? given.divide(SECONDS_A_DAY, 0, rounding)
                            : given.setScale(0, rounding);
            return counted.min(BigDecimal.valueOf(Long.MAX_VALUE))
                    .max(BigDecimal.valueOf(Long.MIN_VALUE))
                    .longValueExact();
        }

        private long key(int rank) {
            FieldVector vector = vector(rank);
            if (vector instanceof BigIntVector longs) {
                return longs.get(row(rank));
            }
            return vector instanceof DateDayVector days
                    ? days.get(row(rank))
                    : ((TimeStampMicroTZVector) vector).get(row(rank));
        }

        /** How far a key lies behind another one in the order; the most there is when it is further. */
        private long distance(int rank, int of) {
            long greater = key(ascending ? rank : of);
            long less = key(ascending ? of : rank);
            long difference = greater - less;
            boolean overflown = ((greater ^ less) & (greater ^ difference)) < 0;
            return overflown ? (greater < less ? Long.MIN_VALUE : Long.MAX_VALUE) : difference;
        }

        @Override
        boolean isBefore(int rank, int of) {
            return distance(rank, of) < from;
        }

        @Override
        boolean isAfter(int rank, int of) {
            return distance(rank, of) > to;
        }
    }

    private static final class Doubles extends FrameKeys {
        private final int sign;
        private final double from;
        private final double to;

        Doubles(Frame frame, boolean ascending, RankedRows order, int column) {
            super(order, column);
            sign = ascending ? 1 : -1;
            from = frame.from().map(BigDecimal::doubleValue).orElse(0.0);
            to = frame.to().map(BigDecimal::doubleValue).orElse(0.0);
        }

        private double key(int rank) {
            return ((Float8Vector) vector(rank)).get(row(rank));
        }

        @Override
        boolean isBefore(int rank, int of) {
            return sign * CellOrder.compareDoubles(key(rank), key(of) + sign * from) < 0;
        }

        @Override
        boolean isAfter(int rank, int of) {
            return sign * CellOrder.compareDoubles(key(rank), key(of) + sign * to) > 0;
        }
    }

    private static final class Decimals extends FrameKeys {
        private final boolean ascending;
        private final BigDecimal from;
        private final BigDecimal to;

        Decimals(Frame frame, boolean ascending, RankedRows order, int column) {
            super(order, column);
            this.ascending = ascending;
            from = frame.from().orElse(BigDecimal.ZERO);
            to = frame.to().orElse(BigDecimal.ZERO);
        }

        private BigDecimal distance(int rank, int of) {
            BigDecimal key = ((DecimalVector) vector(rank)).getObjectNotNull(row(rank));
            BigDecimal other = ((DecimalVector) vector(of)).getObjectNotNull(row(of));
            return ascending ? key.subtract(other) : other.subtract(key);
        }

        @Override
        boolean isBefore(int rank, int of) {
            return distance(rank, of).compareTo(from) < 0;
        }

        @Override
        boolean isAfter(int rank, int of) {
            return distance(rank, of).compareTo(to) > 0;
        }
    }
}
