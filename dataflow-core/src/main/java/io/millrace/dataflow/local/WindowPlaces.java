package io.millrace.dataflow.local;

import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.plan.WindowMeasure;

/**
 * Computes the places of rows in their partitions, and which other row's value a row takes. Is led through the partitions,
 * and through the ranks of each, in order.
 */
final class WindowPlaces {
    /** The rank of no row. */
    static final int NO_RANK = -1;

    private final RankedRows rows;
    private final WindowFunction.Kind kind;
    private final long parameter;
    private int start;
    private int end;
    private int peer;
    private int nextPeer;
    private long keys;

    WindowPlaces(RankedRows rows, WindowMeasure.Placed measure) {
        this.rows = rows;
        this.kind = measure.kind();
        this.parameter = measure.number();
    }

    /** Goes to a partition, by the ranks of its first row and after its last one. */
    void enter(int newStart, int newEnd) {
        start = newStart;
        end = newEnd;
        peer = newStart;
        nextPeer = newStart;
        keys = 0;
    }

    /** The whole number of a rank. */
    long number(int rank) {
        return switch (kind) {
            case RANK -> {
                goTo(rank);
                yield peer - start + 1L;
            }
            case DENSE_RANK -> {
                goTo(rank);
                yield keys;
            }
            case NTILE -> bucket(rank - start, end - start);
            default -> rank - start + 1L;
        };
    }

    private void goTo(int rank) {
        if (rank == start || !rows.isPeerOfPrevious(rank)) {
            peer = rank;
            keys++;
        }
    }

    /** The bucket of a place from 0; the first ones have one row more when the rows cannot be divided evenly. */
    private long bucket(long place, long count) {
        long size = count / parameter;
        long larger = count % parameter;
        long inLarger = larger * (size + 1);
        return place < inLarger ? place / (size + 1) + 1 : larger + (place - inLarger) / size + 1;
    }

    /** The share of a rank: the percent rank, or how much of the partition is not after the row. */
    double share(int rank) {
        if (rank == nextPeer) {
            peer = rank;
            nextPeer++;
            while (nextPeer < end && rows.isPeerOfPrevious(nextPeer)) {
                rows.check(nextPeer);
                nextPeer++;
            }
        }
        double count = end - start;
        return kind != WindowFunction.Kind.PERCENT_RANK
                ? (nextPeer - start) / count
                : count == 1 ? 0 : (peer - start) / (count - 1);
    }

    /** The rank whose value a rank takes, or {@link #NO_RANK}; {@code bounds} are at this rank where it has a frame. */
    int taken(int rank, FrameBounds bounds) {
        return switch (kind) {
            // The opposite of the least number, which has none, is as far beyond any partition as the greatest.
            case LAG -> shifted(rank, parameter == Long.MIN_VALUE ? Long.MAX_VALUE : -parameter);
            case LEAD -> shifted(rank, parameter);
            default -> nth(bounds);
        };
    }

    private int shifted(int rank, long distance) {
        boolean there = distance < 0 ? start - rank <= distance : end - rank > distance;
        return there ? (int) (rank + distance) : NO_RANK;
    }

    private int nth(FrameBounds bounds) {
        int count = bounds.to() - bounds.from();
        boolean there = parameter > 0 ? parameter <= count : parameter >= -count;
        return !there ? NO_RANK : (int) (parameter > 0 ? bounds.from() + parameter - 1 : bounds.to() + parameter);
    }
}
