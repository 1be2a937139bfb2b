package io.millrace.dataflow;

import io.millrace.dataflow.csv.detect.CsvDetection;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.expr.Window;
import io.millrace.dataflow.expr.WindowColumn;
import io.millrace.dataflow.kernel.ConstantKernels;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.output.OutputFiles;
import io.millrace.dataflow.output.Writing;
import io.millrace.dataflow.output.Written;
import io.millrace.dataflow.plan.Binder;
import io.millrace.dataflow.plan.Explain;
import io.millrace.dataflow.plan.Node;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.PlanFile;
import io.millrace.dataflow.plan.PlanJson;
import io.millrace.dataflow.plan.PlanLimits;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.SourceStep;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.plan.TableStep;
import io.millrace.dataflow.plan.rule.Optimiser;
import io.millrace.dataflow.profile.Profile;
import io.millrace.dataflow.profile.ProfileOptions;
import io.millrace.dataflow.profile.ProfileReduction;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ArrowOptions;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.JsonLinesOptions;
import io.millrace.dataflow.source.LinesOptions;
import io.millrace.dataflow.source.ParquetOptions;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.RowCounts;
import io.millrace.dataflow.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rows, and what is done to them: a lazy, immutable chain of steps. Nothing is read until an {@link Engine} is asked for
 * a schema or for rows, and every engine gives the same rows.
 *
 * <p>When the schema is known, a step that does not fit it is refused by the call that adds it; otherwise when the
 * dataflow is planned. Thread-safe.
 */
public final class Dataflow
        implements RowSteps<Dataflow>, RowSelection, CombiningSteps, NestedSteps, RejectingSteps, Inspection {
    private final Node node;
    private final @Nullable Schema known;

    private Dataflow(Node node, @Nullable Schema known) {
        this.node = node;
        this.known = known;
    }

    /** Rows of CSV files at an address, by the defaults of {@link CsvOptions}. See {@link Source#of}. */
    public static Dataflow readCsv(String address) {
        return readCsv(Source.of(address), options -> options);
    }

    /** Rows of CSV files at an address, with options. See {@link Source#of}. */
    public static Dataflow readCsv(String address, UnaryOperator<CsvOptions> options) {
        return readCsv(Source.of(address), options);
    }

    /** Rows of CSV files, with options: {@code csv -> csv.delimiter(';')}. Engines: local, Spark. */
    public static Dataflow readCsv(Source source, UnaryOperator<CsvOptions> options) {
        return read(source, options.apply(CsvOptions.defaults()));
    }

    /**
     * How the first file at an address is written, judged at once from a few blocks of it, with the options to read it
     * with: {@code Dataflow.read(address, detection.options())}. See {@link CsvDetection}.
     *
     * @throws DataflowException what reading the source throws
     */
    public static CsvDetection detectCsv(String address, Engine engine) {
        return detectCsv(Source.of(address), engine);
    }

    /** As {@link #detectCsv(String, Engine)}, of a source, with the credentials that the engine knows. */
    public static CsvDetection detectCsv(Source source, Engine engine) {
        return CsvDetection.of(source, engine.access(), Cancellation.create());
    }

    /** Rows of JSON Lines files at an address, by the defaults of {@link JsonLinesOptions}. Engines: local, Spark. */
    public static Dataflow readJsonLines(String address) {
        return read(Source.of(address), JsonLinesOptions.defaults());
    }

    /** The lines of text files at an address, in one column {@code Line}. Engines: local, Spark. */
    public static Dataflow readLines(String address) {
        return read(Source.of(address), LinesOptions.defaults());
    }

    /** Rows of files of Arrow's IPC format at an address. Engines: local, Spark. */
    public static Dataflow readArrow(String address) {
        return read(Source.of(address), new ArrowOptions());
    }

    /** Rows of Parquet files at an address. Needs the module {@code dataflow-parquet}. Engines: local, Spark. */
    public static Dataflow readParquet(String address) {
        return read(Source.of(address), new ParquetOptions());
    }

    /**
     * Rows of files of a format that is judged from the bytes, at once; {@link Detection} says from what, and {@link
     * #detectCsv} how CSV files are written. The step says what was taken, as {@code readJsonLines(x)}. Opens public addresses and those with a signature. Engines:
     * local, Spark.
     *
     * @throws DataflowException {@code UNSUPPORTED_FORMAT} for a format that is not read, with what to do instead; what
     *     reading the source throws
     */
    public static Dataflow autoRead(String address) {
        Source source = Source.of(address);
        return read(
                source,
                Detection.of(source, SourceAccess.with(Credentials.none()), Cancellation.create())
                        .options());
    }

    /** Rows of files of one format: {@code read("x.txt", FixedWidthOptions.at(10, 25))}. Engines: local, Spark. */
    public static Dataflow read(String address, ReadOptions options) {
        return read(Source.of(address), options);
    }

    /** Rows of files of one format. Engines: local, Spark. */
    public static Dataflow read(Source source, ReadOptions options) {
        return start(
                new SourceStep.Read(source, options, Optional.empty()),
                options.rowSchema().orElse(null));
    }

    /** Rows held in memory, each in the order of {@code schema}. Engines: local, Spark. */
    public static Dataflow rows(Schema schema, List<List<@Nullable Object>> rows) {
        return start(new SourceStep.Values(schema, rows), schema);
    }

    /**
     * Rows held in memory, each by the names of its columns; a name that a row does not have is null. Engines: local,
     * Spark.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN} for a name that {@code schema} does not have
     */
    public static Dataflow fromMaps(Schema schema, List<? extends Map<String, ? extends @Nullable Object>> rows) {
        return rows(schema, NamedRows.inOrder(schema, rows));
    }

    /**
     * Rows of a table, in its order, without a copy. The table stays the caller's, and open for as long as the dataflow
     * runs. A small one is saved with the plan; another cannot be. Engines: local, Spark.
     */
    public static Dataflow fromTable(Table table) {
        return start(new SourceStep.FromTable(table), table.schema());
    }

    /** The dataflow that a node is the result of. */
    public static Dataflow of(Node node) {
        return new Dataflow(node, null);
    }

    /**
     * A saved dataflow.
     *
     * @param json what {@link #toJson} wrote
     * @param directory what relative paths in it are relative to
     * @throws DataflowException {@code NOT_A_PLAN} or {@code NEWER_PLAN}
     */
    public static Dataflow fromJson(String json, Path directory) {
        return of(PlanJson.read(json, directory));
    }

    /**
     * A dataflow in a file that {@link #save} wrote, of up to 64 Mi characters; {@link PlanFile#open} takes other limits.
     *
     * @throws DataflowException {@code SOURCE_NOT_FOUND}, {@code IO_FAILED}, {@code NOT_A_PLAN} or {@code NEWER_PLAN}
     */
    public static Dataflow open(Path file) {
        return of(PlanFile.open(file, PlanLimits.defaults()));
    }

    @Override
    public Node node() {
        return node;
    }

    /** The steps of a recipe, one after the other. Engines: local, Spark. */
    public Dataflow apply(Recipe recipe) {
        Dataflow result = this;
        for (Step step : recipe.steps()) {
            result = result.then(step);
        }
        return result;
    }

    /**
     * Keeps the rows for which {@code predicate} is true.
     *
     * <p>A null predicate drops the row, as in SQL, and so does an error. The order is kept. Engines: local, Spark.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN} or {@code TYPE_MISMATCH}
     */
    public Dataflow filter(Expr predicate) {
        return then(new RowStep.Filter(predicate));
    }

    /** Keeps the first {@code rows} rows, in the order of the scan until a step changes it. Engines: local, Spark. */
    public Dataflow limit(long rows) {
        return then(new RowStep.Limit(rows));
    }

    /** Orders the rows from small to large, nulls first. Equal rows stay in order. Engines: local, Spark. */
    public Dataflow sort(String... columns) {
        return then(
                new RowStep.Sort(Arrays.stream(columns).map(SortKey::ascending).toList()));
    }

    /** Orders the rows by keys. Equal rows stay in order. Engines: local, Spark. */
    public Dataflow sort(SortKey... keys) {
        return then(new RowStep.Sort(Arrays.asList(keys)));
    }

    /**
     * Keeps the first row of each combination of values in {@code columns}; of all columns when none are named. Nulls
     * equal each other. Engines: local, Spark.
     */
    public Dataflow distinct(String... columns) {
        return then(new RowStep.Distinct(Arrays.asList(columns), RowStep.Distinct.Keep.FIRST));
    }

    /** As {@link #distinct}, but keeps the last row of each combination, in its place. Engines: local, Spark. */
    public Dataflow distinctLast(String... columns) {
        return then(new RowStep.Distinct(Arrays.asList(columns), RowStep.Distinct.Keep.LAST));
    }

    /**
     * Keeps every row whose combination of values in {@code columns} occurs more than once, in order; in all columns when
     * none are named. Nulls equal each other. Engines: local, Spark.
     */
    public Dataflow duplicates(String... columns) {
        return then(new RowStep.Distinct(Arrays.asList(columns), RowStep.Distinct.Keep.REPEATED));
    }

    /**
     * Makes of each row one row per value column, in their order: the columns {@code keep}, then the name of the value column
     * and its value. Nulls and errors make rows as well. Numbers of unlike types meet in one. Engines: local, Spark.
     *
     * @param keep columns that stay
     * @param values the value columns; all that are not kept when the list is empty
     * @throws DataflowException {@code UNKNOWN_COLUMN}, {@code TYPE_MISMATCH} for values that have no type in common, or
     *     {@code DUPLICATE_COLUMN}
     */
    public Dataflow unpivot(List<String> keep, List<String> values, String nameColumn, String valueColumn) {
        return then(new TableStep.Unpivot(keep, values, nameColumn, valueColumn));
    }

    /**
     * Starts a pivot: one row per combination of {@code keys}, and for each value of {@code column} a column with the
     * aggregate of the rows that have it. The values are learnt from the rows or named; see {@link PivotBuilder}. Engines:
     * local, Spark.
     */
    public PivotBuilder pivot(String column, Aggregate aggregate, String... keys) {
        return PivotBuilder.of(this, column, aggregate, Arrays.asList(keys));
    }

    /** Groups the rows by the values of {@code keys}; by nothing, all rows are one group. Engines: local, Spark. */
    public Grouped groupBy(String... keys) {
        return new Grouped(this, List.of(keys));
    }

    /**
     * Adds columns that are computed for each row of the rows around it: {@code window(w -> w.partitionBy("city")
     * .orderBy("day"), rank().as("place"), lag("x", 1), sum("x").rows(-6, 0).as("week"))}. Every row stays in its place.
     *
     * <p>Holds all rows in memory. A running aggregate, and one of a sliding frame, takes time linear in the rows; those
     * of quantiles, lists, most and least frequent and of different values are computed anew for each sliding frame.
     * Engines: local, Spark.
     *
     * @param over the partitions and their order, made of {@link Window#all}
     * @throws DataflowException {@code UNKNOWN_COLUMN}, {@code TYPE_MISMATCH}, {@code INVALID_ARGUMENT} or
     *     {@code DUPLICATE_COLUMN}
     */
    public Dataflow window(UnaryOperator<Window> over, WindowColumn first, WindowColumn... rest) {
        List<WindowColumn> columns = new ArrayList<>(List.of(first));
        columns.addAll(List.of(rest));
        return then(new TableStep.Window(over.apply(Window.all()), columns));
    }

    /**
     * The columns. Reads the source when its schema is not known.
     *
     * @throws DataflowException when a step does not fit, or the source cannot be read
     */
    public Schema schema(Engine engine) {
        return known != null ? known : plan(engine).schema();
    }

    /** The same dataflow with every inferred schema written into it, so that it is never inferred again. */
    public Dataflow freeze(Engine engine) {
        return freeze(engine, Cancellation.create());
    }

    /** As {@link #freeze(Engine)}; stops when {@code cancellation} says so. */
    public Dataflow freeze(Engine engine, Cancellation cancellation) {
        Node frozen = Binder.freeze(node, (source, options) -> engine.inferSchema(source, options, cancellation));
        return new Dataflow(frozen, known);
    }

    /**
     * The plan that {@code engine} would run. Infers schemas that are not known, which reads their sources.
     *
     * @throws DataflowException when a step does not fit, with its number and line
     */
    public Plan plan(Engine engine) {
        return plan(engine, Cancellation.create());
    }

    /** As {@link #plan(Engine)}; stops when {@code cancellation} says so. */
    public Plan plan(Engine engine, Cancellation cancellation) {
        return Binder.bind(node, (source, options) -> engine.inferSchema(source, options, cancellation));
    }

    /** The plan as text, one line per step with its columns. */
    public String explain(Engine engine) {
        return Explain.of(plan(engine));
    }

    /**
     * The operators of the plan as text, and after each rule that changes them, by name, those that it leaves: what an engine
     * will do, and why. Infers schemas that are not known, which reads their sources. Engines: local, Spark.
     */
    public String explainRules(Engine engine) {
        return Optimiser.of(new ConstantKernels()).explain(plan(engine));
    }

    /**
     * Runs the dataflow, keeps none of its rows, and gives the operators as {@link #explainRules} shows them at last, each with
     * the rows that it gave. Costs what the run costs. Engines: local.
     *
     * @throws DataflowException {@code UNSUPPORTED_BY_ENGINE} on Spark, which does not count them
     */
    public RowCounts explainRun(Engine engine) {
        return explainRun(engine, Cancellation.create());
    }

    /** As {@link #explainRun(Engine)}; stops when {@code cancellation} says so. */
    public RowCounts explainRun(Engine engine, Cancellation cancellation) {
        try (BatchStream stream = engine.stream(plan(engine, cancellation), cancellation)) {
            if (stream.rowCounts().operators().isEmpty()) {
                throw DataflowException.of(
                        ErrorCode.UNSUPPORTED_BY_ENGINE,
                        "Cannot say how many rows each operator gives: the engine '" + engine.name()
                                + "' does not count them",
                        "Run the dataflow on the local engine");
            }
            for (Batch batch = stream.next(); batch != null; batch = stream.next()) {
                batch.close();
            }
            return stream.rowCounts();
        }
    }

    /** The rows, in memory. The caller closes the table. */
    public Table collect(Engine engine) {
        Cancellation cancellation = Cancellation.create();
        return new ProvisionalRun<>(engine, cancellation, plan -> engine.execute(plan, cancellation), Table::close)
                .result(node);
    }

    /** What the rows hold, column by column, in one pass that keeps no rows. Engines: local, Spark. */
    public Profile profile(Engine engine) {
        return profile(engine, options -> options);
    }

    /** As {@link #profile(Engine)}, with options: {@code options -> options.bins(20)}. Engines: local, Spark. */
    public Profile profile(Engine engine, UnaryOperator<ProfileOptions> options) {
        ProfileReduction reduction = ProfileReduction.of(options.apply(ProfileOptions.defaults()));
        Cancellation cancellation = Cancellation.create();
        return new ProvisionalRun<Profile>(
                        engine, cancellation, plan -> engine.reduce(plan, reduction, cancellation), unwanted -> {})
                .result(node);
    }

    /** The first rows, in memory, reading no further than needed. The caller closes the table. */
    public Table head(Engine engine, long rows) {
        return limit(rows).collect(engine);
    }

    /** The number of rows. Makes no column that no step needs. */
    public long count(Engine engine) {
        try (Table counted = groupBy().aggregate(Aggregate.count()).collect(engine)) {
            return (Long) Objects.requireNonNull(counted.row(0).get(0), "a count is never null");
        }
    }

    /** The rows, one at a time, in the order of the dataflow. The caller closes the iterator. */
    public RowIterator iterate(Engine engine) {
        Cancellation cancellation = Cancellation.create();
        return new RowIterator(engine.stream(plan(engine, cancellation), cancellation));
    }

    /**
     * Writes the rows to files or blobs, in one pass: {@code write(engine, Output.to("a.csv"), Output.to(urlOfParquet))}.
     * All appear, whole, after the last row; when the run fails or is cancelled, none does, and older ones stay. On Spark
     * the rows come through the driver, a partition at a time. Engines: local, Spark.
     *
     * @throws DataflowException {@code IO_FAILED}, or what writing a blob throws; {@code UNSUPPORTED_TYPE} for a column that a format cannot hold;
     *     {@code TOO_MANY_ERRORS} where an output takes no error values; what running the dataflow throws
     */
    public Written write(Engine engine, Output... outputs) {
        return write(engine, Cancellation.create(), outputs);
    }

    /** As {@link #write(Engine, Output...)}; stops when {@code cancellation} says so. */
    public Written write(Engine engine, Cancellation cancellation, Output... outputs) {
        if (outputs.length == 0) {
            throw new IllegalArgumentException("there is no output to write to");
        }
        List<Output> targets = Arrays.asList(outputs);
        ProvisionalRun<OutputFiles> run = new ProvisionalRun<>(
                engine, cancellation, plan -> written(engine, plan, targets, cancellation), OutputFiles::close);
        try (OutputFiles files = run.result(node)) {
            return files.commit();
        }
    }

    /** Outputs with all rows of a plan, which the caller commits and closes. */
    private static OutputFiles written(Engine engine, Plan plan, List<Output> targets, Cancellation cancellation) {
        OutputFiles files = OutputFiles.open(plan.schema(), targets, new Writing(engine.access(), cancellation));
        boolean complete = false;
        try (BatchStream rows = engine.stream(plan, cancellation)) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                try (Batch written = batch) {
                    files.write(written);
                }
                cancellation.check();
            }
            complete = true;
            return files;
        } finally {
            if (!complete) {
                files.close();
            }
        }
    }

    /** The steps, one a line, the first first. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        node.ordered().forEach(step -> text.append(step).append('\n'));
        return text.toString();
    }

    Dataflow then(Step step) {
        return grown(step, List.of(this));
    }

    /** The result of a step over this and other dataflows, this first. */
    Dataflow then(Step step, List<Dataflow> others) {
        List<Dataflow> inputs = new ArrayList<>(List.of(this));
        inputs.addAll(others);
        return grown(step, inputs);
    }

    private static Dataflow start(Step step, @Nullable Schema schema) {
        return new Dataflow(Node.of(step, List.of(), Origin.find()), schema);
    }

    private static Dataflow grown(Step step, List<Dataflow> inputs) {
        Optional<StackTraceElement> origin = Origin.find();
        List<Schema> schemas = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        for (Dataflow input : inputs) {
            nodes.add(input.node);
            if (input.known != null) {
                schemas.add(input.known);
            }
        }
        Node node = Node.of(step, nodes, origin);
        Schema schema = null;
        if (schemas.size() == inputs.size()) {
            try {
                schema = Binder.schema(node, schemas);
            } catch (DataflowException wrong) {
                throw origin.map(line -> wrong.at("at " + line.getFileName() + ":" + line.getLineNumber()))
                        .orElse(wrong);
            }
        }
        return new Dataflow(node, schema);
    }
}
