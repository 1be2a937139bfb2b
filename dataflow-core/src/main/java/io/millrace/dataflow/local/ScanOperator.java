package io.millrace.dataflow.local;

import io.millrace.dataflow.format.Block;
import io.millrace.dataflow.format.FileScan;
import io.millrace.dataflow.format.Formats;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.format.SplitReader;
import io.millrace.dataflow.kernel.RowProgram;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a source and runs the row-wise operators that follow, on all threads of the run. Gives the rows in
 * the order of the files.
 */
final class ScanOperator implements BatchOperator {
    private final Operator.Scan scan;
    private final String text;
    private final RowProgram program;
    private final Run run;
    private final Reading reading;
    /** Of the batches that were given: the rows that were read, and those that each instruction left. */
    private final long[] tally;

    private @Nullable OrderedWorkers workers;
    private @Nullable Iterator<Split> splits;
    private @Nullable FileScan files;
    private @Nullable SplitReader open;
    private @Nullable Batch pending;
    private volatile boolean ended;

    /** Blocks that were taken and whose batches are not given yet, in order. Guarded by itself, as is what follows. */
    private final Deque<Taken> taken = new ArrayDeque<>();

    private final List<SplitReader> readers = new ArrayList<>();

    ScanOperator(Operator.Scan scan, String text, RowProgram program, Run run) {
        this.scan = scan;
        this.text = text;
        this.program = program;
        this.tally = new long[program.instructions().size() + 1];
        this.run = run;
        this.reading = new Reading(run.access(), run.cancellation());
    }

    @Override
    public int wants() {
        if (pending == null && !ended) {
            OrderedWorkers working = workers;
            if (working == null) {
                working = new OrderedWorkers(this::take, run.threads(), run.cancellation());
                workers = working;
            }
            pending = working.next();
            ended = pending == null;
            if (pending != null) {
                account();
            }
        }
        return pending != null ? READY : DONE;
    }

    private void account() {
        Taken given;
        synchronized (taken) {
            given = taken.remove();
        }
        given.block.account();
        for (int i = 0; i < tally.length; i++) {
            tally[i] += given.tally[i];
        }
    }

    @Override
    public long[] rowsWithin() {
        return tally.clone();
    }

    /** The next block of records as work. The worker threads call it one at a time, one after the other. */
    private @Nullable Supplier<Batch> take() {
        FileScan scanned = files;
        Iterator<Split> rest = splits;
        if (scanned == null || rest == null) {
            scanned = Formats.named(scan.options().format())
                    .scan(run.access().list(scan.source(), run.cancellation()), scan.options(), scan.schema(), text);
            rest = scanned.splits(reading, Long.MAX_VALUE).iterator();
            files = scanned;
            splits = rest;
        }
        while (true) {
            if (open == null) {
                if (!rest.hasNext()) {
                    return null;
                }
                open = scanned.open(rest.next(), reading);
            }
            Block block = nextOf(open);
            if (block != null) {
                long[] counted = new long[tally.length];
                synchronized (taken) {
                    taken.add(new Taken(block, counted));
                }
                return () -> program.run(block.decode(run.allocator()), run.allocator(), counted);
            }
            finishFile();
        }
    }

    private @Nullable Block nextOf(SplitReader blocks) {
        try {
            return blocks.next();
        } catch (RuntimeException | Error failure) {
            // The account of a read that failed is not complete, and nobody asks for it.
            open = null;
            blocks.close();
            throw failure;
        }
    }

    private void finishFile() {
        try (SplitReader finished = Objects.requireNonNull(open)) {
            open = null;
            synchronized (taken) {
                readers.add(finished);
            }
        }
    }

    @Override
    public void accept(int input, Batch batch) {
        throw new IllegalStateException("no inputs");
    }

    @Override
    public void end(int input) {
        throw new IllegalStateException("no inputs");
    }

    @Override
    public Batch next() {
        Batch batch = Objects.requireNonNull(pending);
        pending = null;
        return batch;
    }

    @Override
    public void interrupt() {
        OrderedWorkers working = workers;
        if (working != null) {
            working.interrupt();
        }
    }

    @Override
    public void close() {
        ended = true;
        if (workers != null) {
            workers.close();
        }
        if (open != null) {
            finishFile();
        }
        synchronized (taken) {
            readers.forEach(reader -> run.add(reader.report()));
            readers.clear();
        }
        if (pending != null) {
            next().close();
        }
    }

    /** A block, and the rows that its batch will have had at each instruction. */
    @SuppressWarnings("ArrayRecordComponent") // never compared; written by the worker before its batch is given
    private record Taken(Block block, long[] tally) {}
}
