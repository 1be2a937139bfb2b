package io.millrace.dataflow.local;

import io.millrace.dataflow.csv.CsvScan;
import io.millrace.dataflow.csv.CsvSplit;
import io.millrace.dataflow.csv.RecordBlock;
import io.millrace.dataflow.csv.RecordBlocks;
import io.millrace.dataflow.kernel.RowProgram;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.table.Batch;
import java.util.Iterator;
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
    private @Nullable OrderedWorkers workers;
    private @Nullable Iterator<CsvSplit> splits;
    private @Nullable CsvScan files;
    private @Nullable RecordBlocks open;
    private @Nullable Batch pending;
    private volatile boolean ended;

    ScanOperator(Operator.Scan scan, String text, RowProgram program, Run run) {
        this.scan = scan;
        this.text = text;
        this.program = program;
        this.run = run;
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
        }
        return pending != null ? READY : DONE;
    }

    /** The next block of records as work. The worker threads call it one at a time, one after the other. */
    private @Nullable Supplier<Batch> take() {
        CsvScan scanned = files;
        Iterator<CsvSplit> rest = splits;
        if (scanned == null || rest == null) {
            scanned = CsvScan.of(
                    run.access().list(scan.source(), run.cancellation()), scan.options(), scan.schema(), text);
            rest = scanned.splits().iterator();
            files = scanned;
            splits = rest;
        }
        while (true) {
            if (open == null) {
                if (!rest.hasNext()) {
                    return null;
                }
                open = scanned.blocks(rest.next(), run.access(), run.cancellation());
            }
            RecordBlock block = nextOf(open);
            if (block != null) {
                return () -> program.run(block.decode(run.allocator()), run.allocator());
            }
            finishFile();
        }
    }

    private @Nullable RecordBlock nextOf(RecordBlocks blocks) {
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
        RecordBlocks finished = Objects.requireNonNull(open);
        open = null;
        try (finished) {
            run.add(finished.report());
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
        if (pending != null) {
            next().close();
        }
    }
}
