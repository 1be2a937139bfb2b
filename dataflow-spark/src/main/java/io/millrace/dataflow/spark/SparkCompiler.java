package io.millrace.dataflow.spark;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.kernel.ErrorRows;
import io.millrace.dataflow.output.RejectedErrors;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.TableStep;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.source.SourceFile;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Turns a plan into resilient distributed datasets. Our kernels and operators do the work inside partitions; Spark moves
 * rows between them, by keys whose bytes we made. No expression, type or comparison of Spark SQL takes part, so that no
 * setting of a session can change a result.
 */
final class SparkCompiler implements Operator.Visitor<SparkStage> {
    private final JavaSparkContext context;
    private final SourceAccess access;
    private final SharedCredentials credentials;
    private final ReadReports reports;
    private final Cancellation cancellation;
    private final KeptRows kept;
    private final List<SparkStage> stages = new ArrayList<>();
    private Plan.@Nullable Stage current;
    private int numbers;
    private @Nullable Quarantine quarantine;

    SparkCompiler(
            JavaSparkContext context,
            SourceAccess access,
            SharedCredentials credentials,
            ReadReports reports,
            KeptRows kept,
            Cancellation cancellation) {
        this.context = context;
        this.access = access;
        this.credentials = credentials;
        this.reports = reports;
        this.kept = kept;
        this.cancellation = cancellation;
    }

    /** The last of these stages of a plan. Lists the files of scans; a sort over several partitions takes its sample. */
    SparkStage compile(List<Plan.Stage> planned) {
        try (Quarantine files = new Quarantine(planned, context.defaultParallelism(), cancellation)) {
            quarantine = files;
            for (Plan.Stage stage : planned) {
                cancellation.check();
                current = stage;
                stages.add(stage.operator().accept(this));
            }
        }
        return stages.get(stages.size() - 1);
    }

    private Plan.Stage stage() {
        return Objects.requireNonNull(current);
    }

    /** An input that a job of its own looks at now, and that is looked at again when its rows are wanted. */
    private SparkStage keptInput(int index) {
        return kept.keep(input(index));
    }

    private SparkStage input(int index) {
        return stages.get(stage().inputs().get(index));
    }

    /** The number of partitions behind an exchange of rows that come from {@code inputs} partitions. */
    private int partitions(int inputs) {
        return Math.max(inputs, context.defaultParallelism());
    }

    @Override
    public SparkStage visit(Operator.Scan scan) {
        List<SourceFile> files = access.list(scan.source(), cancellation);
        List<String> names = files.stream().map(SourceFile::display).toList();
        SplitSource source = SplitSource.of(scan, stage().text(), names, credentials, reports);
        List<byte[]> elements = new ArrayList<>();
        for (Split split : new FileSplits(context, source, files).of(new Reading(access, cancellation), scan)) {
            elements.add(SplitSource.element(files.get(split.ordinal()), split, numbers++));
        }
        JavaRDD<byte[]> splits = context.parallelize(elements, elements.size());
        Objects.requireNonNull(quarantine).write(scan, source, splits);
        return new SparkStage(splits, source.sharing(context, elements.size()), scan.schema(), names);
    }

    @Override
    public SparkStage visit(Operator.Values values) {
        int rows = values.rows().size();
        int parts = Math.max(1, Math.min(rows, context.defaultParallelism()));
        List<String> files = List.of("");
        List<byte[]> elements = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator()) {
            for (int part = 0; part < parts; part++) {
                int from = (int) ((long) rows * part / parts);
                int to = (int) ((long) rows * (part + 1) / parts);
                try (Batch batch = batch(values, from, to, allocator)) {
                    elements.add(new RowFormat(values.schema()).rows(batch));
                }
            }
        }
        return SparkStage.written(context.parallelize(elements, parts), values.schema(), files);
    }

    private static Batch batch(Operator.Values values, int from, int to, BufferAllocator allocator) {
        List<Cells> columns = new ArrayList<>();
        for (int column = 0; column < values.schema().size(); column++) {
            List<@Nullable Object> cells = new ArrayList<>();
            for (int row = from; row < to; row++) {
                cells.add(values.rows().get(row).get(column));
            }
            columns.add(CellValues.of(values.schema().field(column).type(), cells, allocator));
        }
        return Batch.of(
                values.schema(), columns, to - from, Positions.consecutive(List.of(""), 0, from + 1L, to - from));
    }

    /** The batches as they are, each an element. */
    @Override
    public SparkStage visit(Operator.TableRows rows) {
        Schema schema = stage().schema();
        List<String> files = List.of("");
        List<byte[]> elements = new ArrayList<>();
        long before = 0;
        for (Batch batch : rows.table().batches()) {
            List<Cells> columns =
                    rows.columns().stream().map(batch::cells).map(Cells::retain).toList();
            Positions positions = Positions.consecutive(files, 0, before + 1, batch.rowCount());
            try (Batch shared = Batch.of(schema, columns, batch.rowCount(), positions)) {
                elements.add(new RowFormat(schema).rows(shared));
            }
            before += batch.rowCount();
        }
        int parts = Math.max(1, Math.min(elements.size(), context.defaultParallelism()));
        return SparkStage.written(context.parallelize(elements, parts), schema, files);
    }

    @Override
    public SparkStage visit(Operator.Hosted hosted) {
        if (hosted.rows() instanceof SessionRows rows && rows.isIn(context)) {
            return rows.stage(stage().schema(), hosted.columns());
        }
        throw hosted.refused(stage(), "spark");
    }

    @Override
    public SparkStage visit(Operator.Project project) {
        return input(0).then(stage());
    }

    @Override
    public SparkStage visit(Operator.Filter filter) {
        return input(0).then(stage());
    }

    @Override
    public SparkStage visit(Operator.Expand expand) {
        SparkStage input = input(0);
        PartitionSource rows = operated(input, expand, stage().schema());
        return new SparkStage(input.elements(), rows, stage().schema(), input.files());
    }

    @Override
    public SparkStage visit(Operator.Explode explode) {
        SparkStage input = input(0);
        PartitionSource rows = operated(input, explode, stage().schema());
        return new SparkStage(input.elements(), rows, stage().schema(), input.files());
    }

    /** Looks for errors with a job of its own, so that the file and the count are of all rows before any is given. */
    @Override
    public SparkStage visit(Operator.RejectErrors reject) {
        SparkStage input = keptInput(0);
        try (RejectedErrors rejected = RejectedErrors.of(reject, stage().text());
                BufferAllocator allocator = new RootAllocator();
                RowStream errors = new RowStream(
                        ErrorRows.SCHEMA,
                        List.of(),
                        input.write(new PartitionSources.Errors(input.rows(), reject.columns()))
                                .toLocalIterator(),
                        allocator)) {
            for (Batch batch = errors.next(); batch != null; batch = errors.next()) {
                try (Batch listed = batch) {
                    cancellation.check();
                    rejected.add(listed);
                }
            }
            rejected.finish();
        }
        Plan.Stage filter = new Plan.Stage(
                0, List.of(), reject.filter(input.schema()), stage().schema(), stage().text(), stage().where());
        return input.then(filter);
    }

    @Override
    public SparkStage visit(Operator.Limit limit) {
        SparkStage input = input(0);
        PartitionSource first = new PartitionSources.Limited(input.rows(), limit.rows());
        if (input.partitions() == 1) {
            return new SparkStage(input.elements(), first, input.schema(), input.files());
        }
        JavaPairRDD<byte[], byte[]> keyed = input.divide(first, List.of(), 1);
        PartitionSource all = new PartitionSources.Written(input.schema(), input.files());
        return new SparkStage(
                Exchange.toNamed(keyed, 1),
                new PartitionSources.Limited(all, limit.rows()),
                input.schema(),
                input.files());
    }

    @Override
    public SparkStage visit(Operator.Skip skip) {
        SparkStage input = keptInput(0);
        return from(input, counts(input), skip.rows());
    }

    @Override
    public SparkStage visit(Operator.Tail tail) {
        SparkStage input = keptInput(0);
        long[] counts = counts(input);
        long rows = LongStream.of(counts).sum();
        return from(input, counts, Math.max(0, rows - tail.rows()));
    }

    private static SparkStage from(SparkStage input, long[] counts, long first) {
        return new SparkStage(
                input.elements(),
                new CountedSources.From(input.rows(), starts(counts), first),
                input.schema(),
                input.files());
    }

    @Override
    public SparkStage visit(Operator.RowNumber number) {
        SparkStage input = keptInput(0);
        return new SparkStage(
                input.elements(),
                new CountedSources.RowNumbered(input.rows(), starts(counts(input)), stage().schema()),
                stage().schema(),
                input.files());
    }

    @Override
    public SparkStage visit(Operator.RequireRows require) {
        SparkStage input = input(0);
        boolean hasRows = !input.write(new PartitionSources.Limited(input.rows(), 1))
                .filter(new CountedSources.HasRows())
                .isEmpty();
        if (!hasRows) {
            throw DataflowException.of(
                    ErrorCode.EMPTY_SOURCE,
                    "Cannot go on after " + stage().text() + ": there are no rows",
                    stage().where());
        }
        return input;
    }

    @Override
    public SparkStage visit(Operator.Sort sort) {
        SparkStage input = input(0);
        JavaPairRDD<byte[], byte[]> keyed = input.key(input.rows(), new RowKeys.BySort(sort));
        JavaRDD<byte[]> sorted = Exchange.sorted(keyed, partitions(input.partitions()));
        return SparkStage.written(sorted, input.schema(), input.files());
    }

    @Override
    public SparkStage visit(Operator.Distinct distinct) {
        SparkStage input = input(0);
        String place = unused("place", input.schema());
        Schema numbered = PartitionSources.Numbered.schema(input.schema(), place);
        SparkStage exchanged = exchanged(input, place, distinct.columns(), partitions(input.partitions()));
        PartitionSource kept = operated(exchanged, distinct, numbered);
        return inPlace(exchanged, kept, input.partitions(), input.schema(), input.files());
    }

    /** Only the columns that are looked at travel, and no positions: groups have none. */
    @Override
    public SparkStage visit(Operator.GroupBy group) {
        SparkStage whole = input(0);
        GroupedColumns columns = GroupedColumns.of(group);
        SparkStage input = new SparkStage(
                whole.elements(),
                new ChosenColumns(whole.rows(), columns.chosen()),
                ChosenColumns.schema(whole.schema(), columns.chosen()),
                List.of());
        Operator.GroupBy chosen = columns.group();
        String place = unused("place", input.schema());
        int parts = chosen.keys().isEmpty() ? 1 : partitions(input.partitions());
        SparkStage exchanged = exchanged(input, place, chosen.keys(), parts);
        List<Operator.GroupBy.Measure> measures = new ArrayList<>(chosen.measures());
        measures.add(
                new Operator.GroupBy.Measure(Aggregate.Kind.MIN, input.schema().size(), DataTypes.INT64));
        List<Field> fields = new ArrayList<>(stage().schema().fields());
        fields.add(Field.optional(unused("place", stage().schema()), DataTypes.INT64));
        PartitionSource groups = operated(exchanged, new Operator.GroupBy(chosen.keys(), measures), Schema.of(fields));
        return inPlace(exchanged, groups, input.partitions(), stage().schema(), List.of());
    }

    @Override
    public SparkStage visit(Operator.Window window) {
        SparkStage input = input(0);
        String place = unused("place", input.schema());
        int parts = window.partition().isEmpty() ? 1 : partitions(input.partitions());
        SparkStage exchanged = exchanged(input, place, window.partition(), parts);
        int passed = window.columns().size();
        List<Integer> columns = new ArrayList<>(window.columns());
        columns.add(input.schema().size());
        Operator.Window placed = new Operator.Window(columns, window.partition(), window.order(), window.measures());
        List<Field> fields = new ArrayList<>(stage().schema().fields());
        fields.add(passed, Field.required(unused("place", stage().schema()), DataTypes.INT64));
        Schema computed = Schema.of(fields);

        List<TypedExpr> placeLast = new ArrayList<>();
        List<Field> ordered = new ArrayList<>(fields);
        ordered.add(ordered.remove(passed));
        for (Field field : ordered) {
            placeLast.add(new TypedExpr.Input(computed.position(field.name(), ""), field.type(), field.nullable()));
        }
        SparkStage rows = new SparkStage(
                        exchanged.elements(), operated(exchanged, placed, computed), computed, input.files())
                .then(new Plan.Stage(
                        0,
                        List.of(),
                        new Operator.Project(placeLast),
                        Schema.of(ordered),
                        stage().text(),
                        stage().where()));
        return inPlace(rows, rows.rows(), input.partitions(), stage().schema(), input.files());
    }

    @Override
    public SparkStage visit(Operator.Union union) {
        List<String> files = new ArrayList<>();
        for (int i = 0; i < stage().inputs().size(); i++) {
            files.addAll(input(i).files());
        }
        JavaRDD<byte[]> all = input(0).write();
        int shift = input(0).files().size();
        for (int i = 1; i < stage().inputs().size(); i++) {
            SparkStage input = input(i);
            all = all.union(input.write(new PartitionSources.Shifted(input.rows(), shift, files)));
            shift += input.files().size();
        }
        return SparkStage.written(all, stage().schema(), files);
    }

    @Override
    public SparkStage visit(Operator.Join join) {
        SparkStage left = input(0);
        SparkStage right = input(1);
        PlacedJoin placed = PlacedJoin.of(join, left.schema(), right.schema(), stage().schema());
        PartitionSources.StageText text = stageText(placed.operator(), placed.schema());
        JavaRDD<byte[]> elements;
        if (join.leftKeys().isEmpty()) {
            elements = crossed(left, right, placed, text);
        } else {
            int parts = partitions(Math.max(left.partitions(), right.partitions()));
            SparkStage leftRows = exchanged(left, placed.leftPlace(), join.leftKeys(), parts);
            SparkStage rightRows = exchanged(right, placed.rightPlace(), join.rightKeys(), parts);
            elements = leftRows.elements()
                    .zipPartitions(
                            rightRows.elements(),
                            new PartitionRows.Paired(leftRows.source(), rightRows.source(), text));
        }
        List<String> files = join.kind().isFilter() ? left.files() : List.of();
        SparkStage pairs = SparkStage.written(elements, placed.schema(), files);
        int partitions = left.partitions() + (join.kind().keepsRight() ? right.partitions() : 0);
        RowKeys.ByPlace place = new RowKeys.ByPlace(placed.places(), left.partitions());
        return SparkStage.written(
                Exchange.toNamed(pairs.key(pairs.rows(), place), partitions), stage().schema(), files);
    }

    /** Every batch of the left rows with every batch of the right ones, wherever they are. */
    private static JavaRDD<byte[]> crossed(
            SparkStage left, SparkStage right, PlacedJoin placed, PartitionSources.StageText text) {
        PartitionSource leftRows = new PartitionSources.Numbered(left.rows(), placed.leftPlace());
        PartitionSource rightRows = new PartitionSources.Numbered(right.rows(), placed.rightPlace());
        Schema leftSchema = PartitionSources.Numbered.schema(left.schema(), placed.leftPlace());
        Schema rightSchema = PartitionSources.Numbered.schema(right.schema(), placed.rightPlace());
        return left.write(leftRows)
                .cartesian(right.write(rightRows))
                .mapPartitions(new PartitionRows.Crossed(
                        new PartitionSources.Written(leftSchema, left.files()),
                        new PartitionSources.Written(rightSchema, right.files()),
                        text));
    }

    @Override
    public SparkStage visit(Operator.Append append) {
        SparkStage left = keptInput(0);
        SparkStage right = keptInput(1);
        long[] leftCounts = counts(left);
        long[] rightCounts = counts(right);
        long leftRows = LongStream.of(leftCounts).sum();
        long rightRows = LongStream.of(rightCounts).sum();
        if (append.lengths() == TableStep.AppendColumns.Lengths.EQUAL && leftRows != rightRows) {
            throw Operator.Append.unequal(stage().text(), leftRows, rightRows);
        }
        RowKeys byNumber = new RowKeys.ByNumber(starts(rightCounts), starts(leftCounts));
        JavaRDD<byte[]> moved = Exchange.toNamed(right.key(right.rows(), byNumber), left.partitions());
        SparkStage rightStage = SparkStage.written(moved, right.schema(), right.files());
        Operator padded = new Operator.Append(TableStep.AppendColumns.Lengths.PADDED, append.left(), append.right());
        // Written first: a zipped partition does not know its number, which the rows of a stage may depend on.
        SparkStage leftStage = SparkStage.written(left.write(), left.schema(), left.files());
        JavaRDD<byte[]> elements = leftStage
                .elements()
                .zipPartitions(
                        moved,
                        new PartitionRows.Paired(
                                leftStage.source(), rightStage.source(), stageText(padded, stage().schema())));
        return SparkStage.written(elements, stage().schema(), List.of());
    }

    /** How many rows there are in each partition. Runs the stage. */
    private static long[] counts(SparkStage stage) {
        long[] counts = new long[stage.partitions()];
        List<Long> found = stage.elements()
                .mapPartitionsWithIndex(new PartitionRows.Counted(stage.rows()), false)
                .collect();
        for (int i = 0; i < counts.length; i++) {
            counts[i] = found.get(i);
        }
        return counts;
    }

    /** The number of the first row of each partition, over all of them. */
    private static List<Long> starts(long[] counts) {
        List<Long> starts = new ArrayList<>();
        long start = 0;
        for (long count : counts) {
            starts.add(start);
            start += count;
        }
        return starts;
    }

    /** The rows of a stage, with their place in another column, where rows with equal keys meet. */
    private static SparkStage exchanged(SparkStage input, String place, List<Integer> keys, int partitions) {
        PartitionSource numbered = new PartitionSources.Numbered(input.rows(), place);
        JavaPairRDD<byte[], byte[]> keyed = input.divide(numbered, keys, partitions);
        Schema schema = PartitionSources.Numbered.schema(input.schema(), place);
        return SparkStage.written(Exchange.toNamed(keyed, partitions), schema, input.files());
    }

    private PartitionSource operated(SparkStage input, Operator operator, Schema schema) {
        return new PartitionSources.Operated(input.rows(), stageText(operator, schema));
    }

    private PartitionSources.StageText stageText(Operator operator, Schema schema) {
        return new PartitionSources.StageText(
                new Plan.Stage(0, List.of(), operator, schema, stage().text(), stage().where()));
    }

    /** Rows whose last column tells their place, brought back there and without that column. */
    private static SparkStage inPlace(
            SparkStage stage, PartitionSource rows, int partitions, Schema schema, List<String> files) {
        JavaPairRDD<byte[], byte[]> keyed = stage.key(rows, new RowKeys.ByPlace(1, partitions));
        return SparkStage.written(Exchange.toNamed(keyed, partitions), schema, files);
    }

    static String unused(String name, Schema schema) {
        String candidate = name;
        while (schema.has(candidate)) {
            candidate += "'";
        }
        return candidate;
    }
}
