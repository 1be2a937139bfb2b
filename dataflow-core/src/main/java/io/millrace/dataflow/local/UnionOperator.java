package io.millrace.dataflow.local;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives the rows of one input after those of the one before. The files of each input get ordinals of their own. */
final class UnionOperator implements BatchOperator {
    private final Schema schema;
    private final int inputs;
    private final List<String> filesBefore = new ArrayList<>();
    private List<String> files = List.of();
    private int current;
    private @Nullable Batch pending;

    UnionOperator(Schema schema, int inputs) {
        this.schema = schema;
        this.inputs = inputs;
    }

    @Override
    public int wants() {
        return pending != null ? READY : current < inputs ? current : DONE;
    }

    @Override
    public void accept(int input, Batch batch) {
        pending = batch;
    }

    @Override
    public void end(int input) {
        filesBefore.addAll(files);
        files = List.of();
        current++;
    }

    @Override
    public Batch next() {
        Batch batch = Objects.requireNonNull(pending);
        pending = null;
        Positions positions = batch.positions().map(this::shifted).orElse(null);
        return Batch.of(schema, batch.columns(), batch.rowCount(), positions);
    }

    private Positions shifted(Positions positions) {
        if (positions.files().size() > files.size()) {
            files = positions.files();
        }
        if (filesBefore.isEmpty()) {
            return positions;
        }
        List<String> all = new ArrayList<>(filesBefore);
        all.addAll(positions.files());
        int[] ordinals = new int[positions.size()];
        long[] records = new long[positions.size()];
        for (int row = 0; row < ordinals.length; row++) {
            ordinals[row] = filesBefore.size() + positions.ordinal(row);
            records[row] = positions.record(row);
        }
        return Positions.of(all, ordinals, records);
    }

    @Override
    public void close() {
        if (pending != null) {
            pending.close();
            pending = null;
        }
    }
}
