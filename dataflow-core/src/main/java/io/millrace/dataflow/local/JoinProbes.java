package io.millrace.dataflow.local;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some batches of the left input of a join at a time, each with its pairs, which threads make beside each other. */
final class JoinProbes implements AutoCloseable {
    private final JoinTable right;
    private final List<DataType> types;
    private final Run run;
    private final int most;
    /** The batches whose pairs were not begun. */
    private final List<Batch> added = new ArrayList<>();
    /** What the batches of this round still give, in order. */
    private final Deque<Probe> round = new ArrayDeque<>();

    private final List<KeyBatch> keys = new ArrayList<>();

    /** The pairs of one batch, of which the first ones are made. */
    private record Probe(Batch left, JoinPairs pairs, Batch first) {
        void close() {
            first.close();
            left.close();
        }
    }

    JoinProbes(JoinTable right, List<DataType> types, Run run) {
        this.right = right;
        this.types = types;
        this.run = run;
        this.most = run.crew().size() == 1 ? 1 : 2 * run.crew().size();
    }

    /** Whether no batch should be added before all pairs of those that were are taken. */
    boolean isFull() {
        return !round.isEmpty() || added.size() >= most || (!added.isEmpty() && run.isShort(0));
    }

    boolean isEmpty() {
        return round.isEmpty() && added.isEmpty();
    }

    /** Takes over a batch. */
    void add(Batch batch) {
        added.add(batch);
    }

    /** The next pairs. */
    Batch next() {
        if (round.isEmpty()) {
            begin();
        }
        Probe probe = round.remove();
        if (probe.pairs.isDone()) {
            probe.left.close();
            return probe.first;
        }
        // One batch gives so much: the rest is made when it is wanted.
        Batch following;
        try {
            following = probe.pairs.next();
        } catch (RuntimeException | Error failure) {
            probe.close();
            throw failure;
        }
        round.addFirst(new Probe(probe.left, probe.pairs, following));
        return probe.first;
    }

    private void begin() {
        while (keys.size() < added.size()) {
            keys.add(new KeyBatch(types));
        }
        @Nullable Probe[] made = new Probe[added.size()];
        try {
            run.crew().each(made.length, i -> {
                run.cancellation().check();
                JoinPairs pairs = right.pairs(added.get(i), keys.get(i), null);
                made[i] = new Probe(added.get(i), pairs, pairs.next());
            });
        } catch (RuntimeException | Error failure) {
            for (Probe probe : made) {
                if (probe != null) {
                    probe.first.close();
                }
            }
            throw failure;
        }
        for (Probe probe : made) {
            round.add(java.util.Objects.requireNonNull(probe));
        }
        added.clear();
    }

    @Override
    public void close() {
        round.forEach(Probe::close);
        round.clear();
        added.forEach(Batch::close);
        added.clear();
    }
}
