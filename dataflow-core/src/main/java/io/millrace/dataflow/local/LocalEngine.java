package io.millrace.dataflow.local;

import io.millrace.dataflow.Engine;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.format.InferenceCache;
import io.millrace.dataflow.format.InferenceReport;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.kernel.ConstantKernels;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.rule.OperatorText;
import io.millrace.dataflow.plan.rule.Optimiser;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.SasToken;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Reduction;
import io.millrace.dataflow.table.RowCounts;
import io.millrace.dataflow.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Runs plans in this process, over Arrow batches and on all processors. Rows keep the order of the plan: that of the
 * scan until a sort changes it; a join gives the order of its left input, groups come as they first appear.
 *
 * <p>Sorts, groups, joins, windows and repeated rows set rows aside on disk when they would hold more than the memory limit; a
 * {@link Table} holds all its rows in memory. What is set aside changes no result. Immutable and thread-safe; its runs
 * share its memory limit.
 */
public final class LocalEngine implements Engine {
    private final Settings settings;
    private final SourceAccess access;
    private final MemoryReservation memory;
    private final InferenceCache inferred = new InferenceCache();

    /** What an engine is made with; {@code held} and {@code batchRows} as in {@link Run.Limits}, null for their rule. */
    private record Settings(
            Credentials credentials,
            long memoryBytes,
            int threads,
            Path directory,
            @Nullable Long held,
            int batchRows,
            Optimiser optimiser) {}

    private LocalEngine(Settings settings) {
        this.settings = settings;
        this.access = SourceAccess.with(settings.credentials);
        this.memory = MemoryReservation.ofBytes(settings.memoryBytes);
    }

    /**
     * An engine with as many threads as there are processors and without credentials. Its memory limit is 60 % of what
     * the JVM may take: the largest heap, and as much again outside of it, which is the JDK's own rule for buffers.
     */
    public static LocalEngine create() {
        long largest = Runtime.getRuntime().maxMemory();
        long limit = largest > Long.MAX_VALUE / 12 ? Long.MAX_VALUE : largest * 12 / 10;
        return new LocalEngine(new Settings(
                Credentials.none(),
                limit,
                Runtime.getRuntime().availableProcessors(),
                Run.Limits.temporaryDirectory(),
                null,
                Run.BATCH_ROWS,
                Optimiser.of(new ConstantKernels())));
    }

    /** The same engine that also knows a signature by a name. */
    public LocalEngine credential(String name, SasToken token) {
        return new LocalEngine(new Settings(
                settings.credentials.with(name, token),
                settings.memoryBytes,
                settings.threads,
                settings.directory,
                settings.held,
                settings.batchRows,
                settings.optimiser));
    }

    /** The same engine with another memory limit, in bytes, for all its runs together. */
    public LocalEngine memory(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("memory must be at least 1 byte: " + bytes);
        }
        return new LocalEngine(new Settings(
                settings.credentials,
                bytes,
                settings.threads,
                settings.directory,
                settings.held,
                settings.batchRows,
                settings.optimiser));
    }

    /** The same engine with another number of threads for each scan, and for each operator that holds rows. */
    public LocalEngine threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads must be at least 1: " + count);
        }
        return new LocalEngine(new Settings(
                settings.credentials,
                settings.memoryBytes,
                count,
                settings.directory,
                settings.held,
                settings.batchRows,
                settings.optimiser));
    }

    /**
     * The same engine that sets rows aside in another directory when memory is short; the JVM's directory for temporary
     * files unless said. Each run makes a private directory in it, and removes it.
     */
    public LocalEngine temporaryDirectory(Path directory) {
        return new LocalEngine(new Settings(
                settings.credentials,
                settings.memoryBytes,
                settings.threads,
                directory,
                settings.held,
                settings.batchRows,
                settings.optimiser));
    }

    /** The same engine whose operators set rows aside beyond so many bytes, and make batches of so many rows. */
    LocalEngine holding(long bytes, int batchRows) {
        return new LocalEngine(new Settings(
                settings.credentials,
                settings.memoryBytes,
                settings.threads,
                settings.directory,
                bytes,
                batchRows,
                settings.optimiser));
    }

    /** The same engine that rewrites plans by other rules before it runs them. */
    LocalEngine rules(Optimiser optimiser) {
        return new LocalEngine(new Settings(
                settings.credentials,
                settings.memoryBytes,
                settings.threads,
                settings.directory,
                settings.held,
                settings.batchRows,
                optimiser));
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public SourceAccess access() {
        return access;
    }

    @Override
    public InferenceReport inferenceReport(Source source, ReadOptions options, Cancellation cancellation) {
        return inferred.report(source, options, new Reading(access, cancellation, settings.threads));
    }

    @Override
    public Optional<Schema> guessSchema(Source source, ReadOptions options, Cancellation cancellation) {
        return inferred.guess(source, options, new Reading(access, cancellation));
    }

    @Override
    public BatchStream stream(Plan plan, Cancellation cancellation) {
        return new Running(plan, cancellation);
    }

    @Override
    public Table execute(Plan plan, Cancellation cancellation) {
        Running running = new Running(plan, cancellation);
        List<Batch> batches = new ArrayList<>();
        try {
            for (Batch batch = running.next(); batch != null; batch = running.next()) {
                batches.add(batch);
            }
            running.pipeline.close();
            return Table.of(plan.schema(), batches, running.run.report(), running.counted(), running::free);
        } catch (RuntimeException | Error failure) {
            batches.forEach(Batch::close);
            running.close();
            throw failure;
        }
    }

    /** The value, made on as many threads as a scan has, beside those of the scan. */
    @Override
    public <S extends Reduction.Share<S>, R> R reduce(Plan plan, Reduction<S, R> reduction, Cancellation cancellation) {
        try (Running running = new Running(plan, cancellation);
                ReductionLanes<S> lanes =
                        new ReductionLanes<>(reduction, plan.schema(), settings.threads, cancellation)) {
            for (Batch batch = running.next(); batch != null; batch = running.next()) {
                lanes.add(batch);
            }
            S whole = lanes.whole();
            running.pipeline.close();
            return reduction.value(whole, running.run.report());
        }
    }

    /** Nothing to free: every run, and every table, frees its own memory. */
    @Override
    public void close() {}

    /** The bytes that runs and tables of this engine hold. */
    long memoryHeld() {
        return memory.reserved();
    }

    /** One run, and the memory of the batches it gave. */
    private final class Running implements BatchStream {
        private final MemoryReservation share = memory.child("run");
        private final BufferAllocator allocator = Run.reserving(share);
        private final Run run;
        private final Plan optimised;
        private final Pipeline pipeline;

        Running(Plan plan, Cancellation cancellation) {
            Run.Limits rule = Run.Limits.of(share);
            Run.Limits limits = new Run.Limits(
                    settings.held == null ? rule.held() : settings.held, settings.batchRows, settings.directory);
            run = new Run(allocator, share, cancellation, access, settings.threads, limits);
            run.judgeFor(inferred);
            try {
                optimised = settings.optimiser.apply(plan);
                pipeline = PlanCompiler.compile(optimised, run);
            } catch (RuntimeException | Error failure) {
                share.close();
                throw failure;
            }
        }

        @Override
        public Schema schema() {
            return pipeline.schema();
        }

        @Override
        public @Nullable Batch next() {
            Batch batch = pipeline.next();
            if (batch == null) {
                // The accounts of scans are complete when they are closed.
                pipeline.close();
            }
            return batch;
        }

        @Override
        public ReadReport report() {
            return run.report();
        }

        @Override
        public RowCounts rowCounts() {
            return counted().get();
        }

        /** The rows that each operator gave so far; most runs are never asked for the texts beside them. */
        private Supplier<RowCounts> counted() {
            Plan ran = optimised;
            long[] rows = pipeline.rows(ran.stages().size());
            ReadReport read = run.report();
            return () -> {
                List<String> operators = OperatorText.lines(ran);
                return new RowCounts(
                        IntStream.range(0, rows.length)
                                .mapToObj(i -> new RowCounts.Counted(operators.get(i), rows[i]))
                                .toList(),
                        read);
            };
        }

        @Override
        public void close() {
            pipeline.close();
            free();
        }

        /** Batches that somebody still holds stay usable, and give their memory back when they are closed. */
        private void free() {
            if (allocator.getAllocatedMemory() == 0) {
                allocator.close();
                share.close();
            }
        }
    }
}
