package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The aggregate of a frame that moves over the rows of a partition and never goes back. Where accumulators can be
 * merged, each row is taken in twice at most: frames are put together of the rest of a stretch of rows, whose rests were
 * accumulated from its end backwards, and of the rows that came after that stretch. Otherwise rows are only added while
 * the frame grows, and a frame that has moved is computed anew.
 */
final class FrameAggregates {
    private final RankedRows order;
    private final RankedRows.RankedColumns inputs;
    private final Supplier<Accumulator> maker;
    private final MemoryReservation memory;
    /** The rows from {@code middle} on. */
    private final Accumulator later;

    private final Accumulator whole;
    /** The rests of the stretch before {@code middle}: the longest last. */
    private final List<Accumulator> rests = new ArrayList<>();

    private long reserved;
    private int from;
    private int middle;
    private int to;

    /**
     * Over rows in an order.
     *
     * @param inputs the input columns of the aggregate
     */
    FrameAggregates(RankedRows order, List<Integer> inputs, Supplier<Accumulator> maker, MemoryReservation memory) {
        this.order = order;
        this.inputs = order.columns(inputs);
        this.maker = maker;
        this.memory = memory;
        this.later = maker.get();
        this.whole = maker.get();
    }

    /** Goes to a partition whose first row has this rank. */
    void enter(int start) {
        restart(start);
    }

    private void restart(int start) {
        rests.forEach(Accumulator::reset);
        rests.clear();
        later.reset();
        from = start;
        middle = start;
        to = start;
    }

    /** The value of the rows from one rank up to before another. */
    @Nullable
    Object value(int newFrom, int newTo) {
        if (newFrom >= to || (newFrom > from && !later.merges())) {
            restart(newFrom);
        }
        for (; to < newTo; to++) {
            order.check(to);
            add(later, to);
        }
        if (newFrom > from) {
            drop(newFrom);
        }
        if (rests.isEmpty()) {
            return later.result();
        }
        whole.reset();
        whole.merge(rests.get(rests.size() - 1));
        whole.merge(later);
        return whole.result();
    }

    /** Leaves out the rows before a rank, which is one of the frame. */
    private void drop(int newFrom) {
        while (from < newFrom && from < middle) {
            rests.remove(rests.size() - 1).reset();
            from++;
        }
        if (from < newFrom) {
            from = newFrom;
            accumulateRests();
        }
    }

    private void accumulateRests() {
        long bytes = (long) (to - from) * Accumulator.BYTES;
        if (bytes > reserved) {
            memory.reserve(bytes - reserved);
            reserved = bytes;
        }
        for (int rank = to - 1; rank >= from; rank--) {
            order.check(rank);
            Accumulator rest = maker.get();
            add(rest, rank);
            if (!rests.isEmpty()) {
                rest.merge(rests.get(rests.size() - 1));
            }
            rests.add(rest);
        }
        later.reset();
        middle = to;
    }

    private void add(Accumulator accumulator, int rank) {
        accumulator.accept(inputs.at(rank), order.place(rank));
    }
}
