package io.millrace.dataflow.local;

import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Where the frame of each row of a partition begins and ends. Neither ever goes back from one row to the next. */
abstract class FrameBounds {
    private int from;
    private int to;

    /**
     * The bounds of a frame.
     *
     * @param keys the keys that the window is ordered by
     * @param schema the columns of the rows
     */
    static FrameBounds of(Frame frame, RankedRows order, List<Operator.Sort.Key> keys, Schema schema) {
        return frame.unit() == Frame.Unit.ROWS
                ? new OfRows(frame)
                : new OfKeys(
                        frame,
                        FrameKeys.of(
                                frame,
                                order,
                                keys.get(0),
                                schema.field(keys.get(0).index()).type()));
    }

    /** Goes to a partition, by the ranks of its first row and after its last one. */
    abstract void enter(int start, int end);

    /** Goes to the row of a rank. */
    abstract void at(int rank);

    /** The rank of the first row of the frame. */
    final int from() {
        return from;
    }

    /** The rank after that of the last row of the frame; that of the first when it has no rows. */
    final int to() {
        return to;
    }

    final void set(int first, int end) {
        from = first;
        to = Math.max(first, end);
    }

    private static final class OfRows extends FrameBounds {
        private final long before;
        private final long after;
        private int start;
        private int end;

        OfRows(Frame frame) {
            before = distance(frame.from(), Long.MIN_VALUE);
            after = distance(frame.to(), Long.MAX_VALUE);
        }

        private static long distance(Optional<BigDecimal> distance, long unbounded) {
            return distance.map(BigDecimal::longValueExact).orElse(unbounded);
        }

        @Override
        void enter(int newStart, int newEnd) {
            start = newStart;
            end = newEnd;
        }

        @Override
        void at(int rank) {
            set(clamped(rank, before), after == Long.MAX_VALUE ? end : clamped(rank + 1L, after));
        }

        private int clamped(long rank, long distance) {
            long sum = rank + distance;
            // A distance beyond the range of ranks may overflow; it ends at the partition all the same.
            long moved = distance > 0 && sum < rank ? end : distance < 0 && sum > rank ? start : sum;
            return (int) Math.max(start, Math.min(end, moved));
        }
    }

    /** The rows whose key is within a range; those without a key belong to each other. */
    private static final class OfKeys extends FrameBounds {
        private final Frame frame;
        private final FrameKeys keys;
        private int start;
        private int end;
        /** The ranks of the first row with a key and after the last one. */
        private int first;

        private int last;
        /** The ranks where the last frame began and ended. */
        private int lower;

        private int upper;

        OfKeys(Frame frame, FrameKeys keys) {
            this.frame = frame;
            this.keys = keys;
        }

        @Override
        void enter(int newStart, int newEnd) {
            start = newStart;
            end = newEnd;
            first = start;
            while (first < end && keys.isNull(first)) {
                first++;
            }
            last = end;
            while (last > first && keys.isNull(last - 1)) {
                last--;
            }
            lower = first;
            upper = first;
        }

        @Override
        void at(int rank) {
            boolean hasKey = rank >= first && rank < last;
            int from = hasKey && frame.from().isPresent() ? lower(rank) : rank < first ? start : last;
            int to = hasKey && frame.to().isPresent() ? upper(rank) : rank < first ? first : end;
            set(frame.from().isEmpty() ? start : from, frame.to().isEmpty() ? end : to);
        }

        /** The first rank that is not before the frame. It never goes back, for the rows are in order. */
        private int lower(int rank) {
            while (lower < last && keys.isBefore(lower, rank)) {
                lower++;
            }
            return lower;
        }

        /** The first rank that is after the frame. */
        private int upper(int rank) {
            while (upper < last && !keys.isAfter(upper, rank)) {
                upper++;
            }
            return upper;
        }
    }
}
