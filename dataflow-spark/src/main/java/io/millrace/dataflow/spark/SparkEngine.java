package io.millrace.dataflow.spark;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.InferenceCache;
import io.millrace.dataflow.format.InferenceReport;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.plan.Node;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.SourceStep;
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
import io.millrace.dataflow.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * Runs plans on Spark, with the kernels and operators of the local engine inside its partitions. Gives the same rows in
 * the same order as the local engine, under every setting of the session, and changes none of them.
 *
 * <p>Files are listed, and schemas inferred, by the driver; they are read by the executors, so a path must mean the same
 * file on all of them. A signature is opened where the read happens and travels in no plan, path, option or event.
 * Immutable and thread-safe.
 */
public final class SparkEngine implements Engine {
    private final SparkSession session;
    private final JavaSparkContext context;
    private final Credentials credentials;
    private final InferenceCache inferred = new InferenceCache();

    private SparkEngine(SparkSession session, Credentials credentials) {
        this.session = session;
        this.context = JavaSparkContext.fromSparkContext(session.sparkContext());
        this.credentials = credentials;
    }

    /** An engine on a session, which stays the caller's to stop. */
    public static SparkEngine on(SparkSession session) {
        return new SparkEngine(Objects.requireNonNull(session, "session"), Credentials.none());
    }

    /** The same engine that also knows a signature by a name. */
    public SparkEngine credential(String name, SasToken token) {
        return new SparkEngine(session, credentials.with(name, token));
    }

    /** The same engine that knows these signatures and no others. */
    public SparkEngine credentials(Credentials known) {
        return new SparkEngine(session, Objects.requireNonNull(known, "known"));
    }

    /** The session whose executors do the work. */
    public SparkSession session() {
        return session;
    }

    /**
     * The rows of a dataset as a dataflow that only an engine of its Spark context runs, and that cannot be saved. Whole
     * numbers become int64, floating ones float64, arrays lists. Nulls and the order of the partitions are kept. Rows
     * have no place in a file: content tells them apart, so {@code sampleRows} and {@code split} give the same whatever
     * order Spark gives. Lazy; every run computes the dataset again unless it is cached.
     *
     * <p>No setting of a session matters but those that the dataset itself was made under. Engines: Spark.
     *
     * @throws DataflowException {@code UNSUPPORTED_TYPE}, naming every column of a type that a dataflow does not have:
     *     maps, intervals, timestamps without a zone
     */
    public Dataflow fromSpark(Dataset<Row> dataset) {
        Schema schema = SparkTypes.schema(dataset.schema());
        Dataset<Row> inJavaTime = TimeClasses.javaTime(dataset::toDF);
        SessionRows rows = new SessionRows(inJavaTime, UUID.randomUUID().toString(), schema);
        return Dataflow.of(Node.of(new SourceStep.Hosted(rows), List.of(), Optional.empty()));
    }

    /**
     * The rows of a dataflow as a dataset, in order. Error values become nulls, and every column may have nulls. Lazy:
     * the files are listed now, and read when Spark is asked for rows, each time. Engines: Spark.
     *
     * @throws DataflowException when a step does not fit, or the source cannot be read
     */
    public Dataset<Row> toSpark(Dataflow dataflow) {
        return toSpark(dataflow, SparkRows.Errors.NULL);
    }

    /**
     * As {@link #toSpark}, and after the columns of the dataflow one of text for each of them, {@code NAME_error}, which
     * says code, original text, place and step of an error value and is null where there is none.
     */
    public Dataset<Row> toSparkWithErrors(Dataflow dataflow) {
        return toSpark(dataflow, SparkRows.Errors.NULL_AND_TEXT);
    }

    /** The run is not closed: what it lends to the executors is needed as long as the dataset, and Spark frees it then. */
    private Dataset<Row> toSpark(Dataflow dataflow, SparkRows.Errors errors) {
        SparkStage stage = new SparkRun(context, dataflow.plan(this), credentials, Cancellation.create()).lazy();
        SparkRows rows = new SparkRows(stage, errors);
        Dataset<Row> made = TimeClasses.javaTime(() -> session.createDataFrame(
                stage.elements().mapPartitionsWithIndex(rows, false),
                SparkTypes.struct(SparkRows.schema(stage.schema(), errors))));
        // Made anew as the session says, for whoever asks for its rows.
        return made.select(functions.col("*"));
    }

    @Override
    public String name() {
        return "spark";
    }

    @Override
    public SourceAccess access() {
        return SourceAccess.with(credentials);
    }

    /** The columns, judged by the driver on all of its processors. */
    @Override
    public InferenceReport inferenceReport(Source source, ReadOptions options, Cancellation cancellation) {
        return inferred.report(source, options, new Reading(access(), cancellation, threads()));
    }

    /** The rows, one partition at a time: each is computed when the rows before it have been pulled. */
    @Override
    public BatchStream stream(Plan plan, Cancellation cancellation) {
        return new Pulled(plan.schema(), new SparkRun(context, plan, credentials, cancellation));
    }

    @Override
    public Table execute(Plan plan, Cancellation cancellation) {
        try (SparkRun run = new SparkRun(context, plan, credentials, cancellation)) {
            SparkRun.Result result = run.collect();
            BufferAllocator allocator = new RootAllocator();
            List<Batch> batches = new ArrayList<>();
            try (RowStream rows =
                    new RowStream(plan.schema(), result.files(), result.elements(), allocator).first(run.most())) {
                for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                    cancellation.check();
                    batches.add(batch);
                }
                return Table.of(plan.schema(), batches, run.report(), () -> free(allocator));
            } catch (RuntimeException | Error failure) {
                batches.forEach(Batch::close);
                free(allocator);
                throw failure;
            }
        }
    }

    /** The value, of a share for each partition; they are joined in tasks first where there are many. */
    @Override
    public <S extends Reduction.Share<S>, R> R reduce(Plan plan, Reduction<S, R> reduction, Cancellation cancellation) {
        try (SparkRun run = new SparkRun(context, plan, credentials, cancellation)) {
            S whole = reduction.share(plan.schema());
            for (byte[] share : run.shares(reduction)) {
                cancellation.check();
                whole.join(reduction.share(plan.schema(), share));
            }
            return reduction.value(whole, run.report());
        }
    }

    private static int threads() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Frees nothing: the session is the caller's. */
    @Override
    public void close() {}

    /** Batches that somebody still holds stay usable. */
    private static void free(BufferAllocator allocator) {
        if (allocator.getAllocatedMemory() == 0) {
            allocator.close();
        }
    }

    /** Batches of a run that starts with the first pull. */
    private static final class Pulled implements BatchStream {
        private final Schema schema;
        private final SparkRun run;
        private final BufferAllocator allocator = new RootAllocator();
        private @Nullable RowStream rows;
        private boolean closed;

        Pulled(Schema schema, SparkRun run) {
            this.schema = schema;
            this.run = run;
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public @Nullable Batch next() {
            if (closed) {
                return null;
            }
            RowStream started = rows;
            if (started == null) {
                SparkRun.Result result = run.iterate();
                started = new RowStream(schema, result.files(), result.elements(), allocator).first(run.most());
                rows = started;
            }
            return started.next();
        }

        @Override
        public ReadReport report() {
            return run.report();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                run.close();
                free(allocator);
            }
        }
    }
}
