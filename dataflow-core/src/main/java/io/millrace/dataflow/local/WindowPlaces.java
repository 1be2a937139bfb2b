package io.millrace.dataflow.local;

import io.millrace.dataflow.plan.WindowMeasure;

/** Computes the places of rows in their partitions, and which other row's value a row takes. */
final class WindowPlaces {
    private final WindowOrder order;
    private final WindowMeasure.Placed measure;

    WindowPlaces(WindowOrder order, WindowMeasure.Placed measure) {
        this.order = order;
        this.measure = measure;
    }

    /** The whole numbers by row. */
    long[] numbers() {
        long[] numbers = new long[order.size()];
        for (int partition = 0; partition < order.partitionCount(); partition++) {
            int start = order.start(partition);
            int end = order.end(partition);
            int firstPeer = start;
            long keys = 0;
            for (int rank = start; rank < end; rank++) {
                order.check(rank);
                if (rank == start || !order.isPeerOfPrevious(rank)) {
                    firstPeer = rank;
                    keys++;
                }
                numbers[order.row(rank)] = switch (measure.kind()) {
                    case RANK -> firstPeer - start + 1L;
                    case DENSE_RANK -> keys;
                    case NTILE -> bucket(rank - start, end - start);
                    default -> rank - start + 1L;
                };
            }
        }
        return numbers;
    }

    /** The bucket of a place from 0; the first ones have one row more when the rows cannot be divided evenly. */
    private long bucket(long place, long rows) {
        long size = rows / measure.number();
        long larger = rows % measure.number();
        long inLarger = larger * (size + 1);
        return place < inLarger ? place / (size + 1) + 1 : larger + (place - inLarger) / size + 1;
    }

    /** The shares by row: the percent rank, or how much of the partition is not after the row. */
    double[] shares(boolean percentRank) {
        double[] shares = new double[order.size()];
        for (int partition = 0; partition < order.partitionCount(); partition++) {
            int start = order.start(partition);
            int end = order.end(partition);
            int peer = start;
            while (peer < end) {
                int next = peer + 1;
                while (next < end && order.isPeerOfPrevious(next)) {
                    order.check(next);
                    next++;
                }
                double rows = end - start;
                double share = percentRank ? (rows == 1 ? 0 : (peer - start) / (rows - 1)) : (next - start) / rows;
                for (int rank = peer; rank < next; rank++) {
                    shares[order.row(rank)] = share;
                }
                peer = next;
            }
        }
        return shares;
    }

    /** By row: where the row is held that is {@code distance} places after it, or {@link HeldRows#NONE}. */
    long[] shifted(long distance) {
        long[] references = new long[order.size()];
        for (int partition = 0; partition < order.partitionCount(); partition++) {
            int start = order.start(partition);
            int end = order.end(partition);
            for (int rank = start; rank < end; rank++) {
                order.check(rank);
                boolean there = distance < 0 ? start - rank <= distance : end - rank > distance;
                references[order.row(rank)] = there ? order.reference((int) (rank + distance)) : HeldRows.NONE;
            }
        }
        return references;
    }

    /** By row: where the nth row of its frame is held, or {@link HeldRows#NONE}. */
    long[] nth(FrameBounds bounds) {
        long number = measure.number();
        long[] references = new long[order.size()];
        for (int partition = 0; partition < order.partitionCount(); partition++) {
            bounds.enter(order.start(partition), order.end(partition));
            for (int rank = order.start(partition); rank < order.end(partition); rank++) {
                order.check(rank);
                bounds.at(rank);
                int rows = bounds.to() - bounds.from();
                boolean there = number > 0 ? number <= rows : number >= -rows;
                long of = number > 0 ? bounds.from() + number - 1 : bounds.to() + number;
                references[order.row(rank)] = there ? order.reference((int) of) : HeldRows.NONE;
            }
        }
        return references;
    }
}
