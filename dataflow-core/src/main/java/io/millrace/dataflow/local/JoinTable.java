package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of the right input of a join by their key, in memory, and what they give together with rows of the left one. */
final class JoinTable implements AutoCloseable {
    private static final int MOST_ROWS = 1 << 30;

    private final Operator.Join join;
    private final Run run;
    private final MemoryReservation memory;
    private final KeyedRows rows;
    private final JoinColumns pairs;
    /** By number of a row: 1 when it had a partner. Threads only ever write a 1. */
    private byte[] paired = new byte[0];
    /** Where to look for the next row without a partner. */
    private int unpaired;

    /**
     * Without rows yet.
     *
     * @param join what is made of pairs of rows, with columns of {@code schema}
     * @param types the types of the keys
     */
    JoinTable(Operator.Join join, Schema schema, List<DataType> types, Run run) {
        this.join = join;
        this.run = run;
        this.memory = run.memory().child("join");
        this.rows = new KeyedRows(join.rightKeys(), types, memory, run);
        this.pairs = new JoinColumns(join, schema, rows.rows(), run);
    }

    /** Takes over rows of the right input. */
    void add(Batch batch) {
        rows.add(batch);
    }

    /** Whether no more rows should be held. */
    boolean isFull() {
        return run.isShort(Rounds.KEY_BYTES * rows.unlinked()) || rows.rows().rows() > MOST_ROWS;
    }

    /** Says that all rows were added. */
    void link() {
        rows.link();
        if (join.kind().keepsRight()) {
            memory.reserve(rows.size());
            paired = new byte[rows.size()];
        }
    }

    /** The rows, which the caller takes over; nothing else can be done with this any more. */
    List<Batch> take() {
        List<Batch> taken = rows.rows().take();
        close();
        return taken;
    }

    /**
     * The pairs of a batch of the left input, which stays open as long as they are wanted. Several threads may call it,
     * each with its own {@code keys} to read into.
     */
    JoinPairs pairs(Batch left, KeyBatch keys, @Nullable LeftPartners earlier) {
        return new JoinPairs(left, rows.find(left, keys, join.leftKeys()), this, earlier);
    }

    Operator.Join join() {
        return join;
    }

    Run run() {
        return run;
    }

    JoinColumns columns() {
        return pairs;
    }

    KeyedRows rows() {
        return rows;
    }

    void markPaired(int row) {
        paired[row] = 1;
    }

    /** Whether there is a row without a partner that was not given yet. */
    boolean hasUnpaired() {
        while (unpaired < paired.length && paired[unpaired] != 0) {
            unpaired++;
        }
        return unpaired < paired.length;
    }

    /** The next rows without a partner. */
    Batch unpaired(JoinColumns columns) {
        long[] rightRows = new long[run.batchRows()];
        int count = 0;
        while (count < rightRows.length && hasUnpaired()) {
            rightRows[count++] = rows.rows().reference(unpaired++);
        }
        return columns.of(null, new int[count], Arrays.copyOf(rightRows, count));
    }

    @Override
    public void close() {
        rows.close();
        paired = new byte[0];
        memory.close();
    }
}
