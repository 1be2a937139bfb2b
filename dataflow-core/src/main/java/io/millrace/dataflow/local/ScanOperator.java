package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.OrderedWorkers;
import io.millrace.dataflow.format.Block;
import io.millrace.dataflow.format.FileScan;
import io.millrace.dataflow.format.Formats;
import io.millrace.dataflow.format.JudgingScan;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.format.SplitAccount;
import io.millrace.dataflow.format.SplitReader;
import io.millrace.dataflow.kernel.RowProgram;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.SourceFile;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Rejection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    private @Nullable OrderedWorkers<Batch> workers;
    private @Nullable Iterator<Split> splits;
    private @Nullable FileScan files;
    private @Nullable Opened open;
    private @Nullable Batch pending;
    private volatile boolean ended;
    /** Set by a thread of the workers before the last batch is given. */
    private volatile Runnable whenRead = () -> {};

    /** Blocks that were taken and whose batches are not given yet, in order. Guarded by itself, as is what follows. */
    private final Deque<Taken> taken = new ArrayDeque<>();

    private final List<Opened> readers = new ArrayList<>();
    /** The split whose blocks were given last; null before the first. */
    private @Nullable Opened given;

    ScanOperator(Operator.Scan scan, String text, RowProgram program, Run run) {
        this.scan = scan;
        this.text = text;
        this.program = program;
        this.tally = new long[program.instructions().size() + 1];
        this.run = run;
        this.reading = new Reading(run.access(), run.cancellation());
        if (scan.options().errors() instanceof ErrorPolicy.Quarantine quarantine) {
            run.quarantine().expect(quarantine.path());
        }
    }

    @Override
    public int wants() {
        if (pending == null && !ended) {
            OrderedWorkers<Batch> working = workers;
            if (working == null) {
                working = new OrderedWorkers<>(this::take, Batch::close, run.threads(), run.cancellation());
                workers = working;
            }
            pending = working.next();
            ended = pending == null;
            if (pending != null) {
                account();
            } else {
                finish();
            }
        }
        return pending != null ? READY : DONE;
    }

    private void account() {
        Taken next;
        synchronized (taken) {
            next = taken.remove();
        }
        if (given != next.opened) {
            endAll(next.opened);
            given = next.opened;
        }
        quarantine(next.opened.account.add(next.block, Objects.requireNonNull(next.decoded)));
        for (int i = 0; i < tally.length; i++) {
            tally[i] += next.tally[i];
        }
    }

    /** All rows were given: every split is accounted for, and the quarantine is whole. */
    private void finish() {
        endAll(null);
        whenRead.run();
        if (scan.options().errors() instanceof ErrorPolicy.Quarantine file) {
            run.quarantine().finish(file.path());
        }
    }

    /** Closes the accounts of the splits that were read to their ends and stand before another. */
    private void endAll(@Nullable Opened before) {
        List<Opened> ended = new ArrayList<>();
        synchronized (taken) {
            for (Opened reader : readers) {
                if (reader == before) {
                    break;
                }
                if (!reader.ended) {
                    reader.ended = true;
                    ended.add(reader);
                }
            }
        }
        ended.forEach(reader -> quarantine(reader.account.end()));
    }

    private void quarantine(List<Rejection> rejections) {
        if (scan.options().errors() instanceof ErrorPolicy.Quarantine file) {
            run.quarantine().add(file.path(), rejections);
        }
    }

    /** A quarantine has the records of the whole source. */
    @Override
    public boolean seesAllRows() {
        return scan.options().errors() instanceof ErrorPolicy.Quarantine;
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
            List<SourceFile> listed = run.access().list(scan.source(), run.cancellation());
            scanned = Formats.named(scan.options().format()).scan(listed, scan.options(), scan.schema(), text);
            if (run.inferred().wants(scan.options(), listed)) {
                Optional<JudgingScan> judging = scanned.judging();
                whenRead = () -> judging.ifPresent(read -> run.inferred().add(scan.options(), listed, read.report()));
                scanned = judging.isPresent() ? judging.get() : scanned;
            }
            rest = scanned.splits(reading, Long.MAX_VALUE).iterator();
            files = scanned;
            splits = rest;
        }
        while (true) {
            if (open == null) {
                if (!rest.hasNext()) {
                    return null;
                }
                open = new Opened(
                        scanned.open(rest.next(), reading), scan.options().errors());
            }
            Block block = nextOf(open.reader);
            if (block != null) {
                Taken work = new Taken(open, block, new long[tally.length]);
                synchronized (taken) {
                    taken.add(work);
                }
                return () -> decode(work);
            }
            finishFile();
        }
    }

    private Batch decode(Taken work) {
        Batch batch = work.block.decode(run.allocator());
        try {
            work.decoded = work.opened.account.decoded(batch);
        } catch (RuntimeException | Error failure) {
            batch.close();
            throw failure;
        }
        return program.run(batch, run.allocator(), work.tally);
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
        Opened finished = Objects.requireNonNull(open);
        open = null;
        synchronized (taken) {
            readers.add(finished);
        }
        finished.reader.close();
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
        OrderedWorkers<Batch> working = workers;
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
            readers.forEach(reader -> run.add(reader.account.report()));
            readers.clear();
        }
        if (pending != null) {
            next().close();
        }
    }

    /** A split that is read, or was. */
    private static final class Opened {
        private final SplitReader reader;
        private final SplitAccount account;
        private boolean ended;

        Opened(SplitReader reader, ErrorPolicy policy) {
            this.reader = reader;
            this.account = SplitAccount.of(reader, policy);
        }
    }

    /** A block of a split, the rows that its batch will have had at each instruction, and what it has to account for. */
    private static final class Taken {
        private final Opened opened;
        private final Block block;
        // Both are written by the worker before its batch is given.
        private final long[] tally;
        private SplitAccount.@Nullable Decoded decoded;

        Taken(Opened opened, Block block, long[] tally) {
            this.opened = opened;
            this.block = block;
            this.tally = tally;
        }
    }
}
