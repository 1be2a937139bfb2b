package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.expr.JoinKind;
import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a semi or an anti join whose right keys do not fit in memory: right rows whose keys are not known, and left
 * rows that have no partner among the keys that are. They are divided by key, gone over part by part, and merged in the
 * order of the left input with the rows that were decided before.
 */
final class DividedSemiJoin implements AutoCloseable {
    private final Operator.Join join;
    private final List<DataType> types;
    private final Run run;
    private final JoinParts parts;
    private final SortedFiles results;

    DividedSemiJoin(Operator.Join join, List<Schema> inputs, Run run) {
        this.join = join;
        this.types = join.rightKeys().stream()
                .map(key -> inputs.get(1).field(key).type())
                .toList();
        this.run = run;
        this.parts = new JoinParts(join, inputs, run);
        this.results = SortedFiles.byNumber(inputs.get(0), run);
    }

    /** Takes over rows of the right input. */
    void addRight(Batch batch) {
        parts.addRight(batch);
    }

    /** Takes over rows of the left input; {@code keys} are known where they are those of right rows seen before. */
    void addLeft(Batch batch, KeyBatch keys) {
        try (Batch numbered = parts.number(batch)) {
            if (join.kind() == JoinKind.SEMI) {
                results.write(Gather.rows(numbered, SemiJoinOperator.rows(keys, JoinKind.SEMI), run.allocator()));
            }
            parts.addNumbered(Gather.rows(numbered, SemiJoinOperator.rows(keys, JoinKind.ANTI), run.allocator()));
        }
    }

    /** Goes over all parts. */
    void join() {
        parts.end();
        for (JoinParts.Part part = parts.next(); part != null; part = parts.next()) {
            if (joined(part)) {
                part.close();
            } else {
                parts.divide(part);
            }
        }
    }

    /** Whether the part was gone over; otherwise it should be divided first. */
    private boolean joined(JoinParts.Part part) {
        SpillFile left = part.left();
        if (left == null || (part.right() == null && join.kind() == JoinKind.SEMI)) {
            return true;
        }
        try (MemoryReservation memory = run.memory().child("join")) {
            KeyIndex index = new KeyIndex(types, memory);
            KeyBatch keys = new KeyBatch(types);
            if (!know(index, keys, part)) {
                return false;
            }
            results.begin();
            SpillFile.Reader reader = left.reader();
            while (reader.hasNext()) {
                try (Batch batch = Objects.requireNonNull(reader.next())) {
                    keys.read(batch, join.leftKeys());
                    index.find(keys);
                    results.write(Gather.rows(batch, SemiJoinOperator.rows(keys, join.kind()), run.allocator()));
                }
            }
        }
        return true;
    }

    /** Makes the keys of the right rows of a part known; false when the part should be divided first. */
    private boolean know(KeyIndex index, KeyBatch keys, JoinParts.Part part) {
        SpillFile right = part.right();
        SpillFile.@Nullable Reader reader = right == null ? null : right.reader();
        while (reader != null && reader.hasNext()) {
            try (Batch batch = Objects.requireNonNull(reader.next())) {
                keys.read(batch, join.rightKeys());
                index.add(List.of(keys), run.crew());
            }
            if (!part.isWhole() && reader.hasNext() && run.isShort(0)) {
                return false;
            }
        }
        return true;
    }

    /** The next rows of the left input, or null after the last. Called when all parts are gone over. */
    @Nullable
    Batch next() {
        return results.next();
    }

    @Override
    public void close() {
        parts.close();
        results.close();
    }
}
