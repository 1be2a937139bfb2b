package io.millrace.automl.pipeline;

import io.millrace.automl.feature.FeaturePlan;
import io.millrace.automl.feature.FittedFeatures;
import io.millrace.automl.feature.Frame;
import io.millrace.automl.learner.FitRequest;
import io.millrace.automl.learner.Learner;
import io.millrace.automl.learner.Learners;
import io.millrace.automl.learner.Model;
import io.millrace.automl.learner.Objective;
import io.millrace.automl.learner.Parameters;
import io.millrace.automl.learner.StopSignal;
import io.millrace.automl.learner.TrainingSet;
import io.millrace.automl.pipeline.FittedPipeline.Member;
import io.millrace.automl.pipeline.RecipeLift.Lifted;
import io.millrace.automl.trial.Task;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.kernel.Replay;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** Small pipelines, learnt by the learners that need no native library, and rows for them. */
final class Pipelines {
    /** Every type that features take. */
    static final Schema SCHEMA = Schema.of(
            Field.optional("age", DataTypes.INT64),
            Field.optional("pay", DataTypes.FLOAT64),
            Field.optional("fee", DataTypes.decimal(8, 2)),
            Field.optional("member", DataTypes.BOOL),
            Field.optional("city", DataTypes.TEXT),
            Field.optional("note", DataTypes.TEXT),
            Field.optional("since", DataTypes.DATE),
            Field.optional("seen", DataTypes.TIMESTAMP));

    /** A filled gap, a renamed column, and one computed from two. */
    static final List<Step> STEPS = List.of(
            new ColumnStep.FillNull("age", 40L),
            new ColumnStep.Rename("city", "town"),
            new ColumnStep.WithColumn("rate", Expr.col("pay").dividedBy(Expr.col("age"))));

    private static final String[] CITIES = {"Oslo", "Lima", "Kyoto", "Bern"};
    private static final String[] WORDS = {"late", "paid", "order", "again", "please", "refund", "ok"};

    private Pipelines() {}

    /** A pipeline of four models over two folds. */
    static FittedPipeline of(Task task) {
        List<List<@Nullable Object>> rows = rows(160, 1);
        List<Member> members = new ArrayList<>();
        for (int fold = 0; fold < 2; fold++) {
            members.add(member("gradient_boosting", task, rows, fold, 0.6));
            members.add(member("linear", task, rows, fold, 0.4));
        }
        Lifted lifted = new Lifted(SCHEMA, STEPS, List.of("customer"));
        return FittedPipeline.of(task, labels(task), lifted, members).withGoldenRows(SCHEMA, rows.subList(0, 6));
    }

    static List<String> labels(Task task) {
        return switch (task.objective()) {
            case BINARY -> List.of("no", "yes");
            case MULTICLASS -> List.of("high", "low", "middle");
            case REGRESSION -> List.of();
        };
    }

    private static Member member(
            String learner, Task task, List<List<@Nullable Object>> rows, int fold, double weight) {
        Learner algorithm = Learners.byName(learner).orElseThrow();
        Frame frame =
                Replay.of(SCHEMA, STEPS).run(rows, (converted, result) -> Frame.of(result.schema(), List.of(result)));
        int[] inside = java.util.stream.IntStream.range(0, rows.size())
                .filter(row -> row % 2 == fold)
                .toArray();
        int[] outside = java.util.stream.IntStream.range(0, rows.size())
                .filter(row -> row % 2 != fold)
                .toArray();
        Objective objective = task.objective();
        int classes = labels(task).size();
        FittedFeatures features = FittedFeatures.fit(
                FeaturePlan.of(frame),
                frame.select(outside),
                target(rows, outside, classes),
                objective,
                classes,
                algorithm.encoding(),
                1);
        TrainingSet train = new TrainingSet(
                features.apply(frame.select(outside)), target(rows, outside, classes), null, objective, classes);
        TrainingSet judged = new TrainingSet(
                features.apply(frame.select(inside)), target(rows, inside, classes), null, objective, classes);
        Parameters parameters = learner.equals("linear") ? Parameters.empty() : Parameters.of(Map.of("rounds", 8L));
        Model model = algorithm.fit(new FitRequest(train, judged, parameters, 5, StopSignal.never()));
        return new Member(learner, weight, features, model);
    }

    private static double[] target(List<List<@Nullable Object>> rows, int[] selected, int classes) {
        double[] target = new double[selected.length];
        for (int i = 0; i < selected.length; i++) {
            List<@Nullable Object> row = rows.get(selected[i]);
            double score =
                    (row.get(1) instanceof Double pay ? pay : 50) + (row.get(4) == null ? 30 : 0) + selected[i] % 9;
            target[i] = classes == 0 ? score : Math.floorMod((int) (score / 30), classes);
        }
        return target;
    }

    /** Rows of {@link #SCHEMA}, with nulls. */
    static List<List<@Nullable Object>> rows(int count, long seed) {
        Random random = new Random(seed);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            StringBuilder note = new StringBuilder();
            for (int word = 0; word < 5; word++) {
                note.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
            }
            List<@Nullable Object> values = Arrays.asList(
                    18L + random.nextInt(60),
                    Math.round(random.nextGaussian() * 5_000) / 100.0,
                    BigDecimal.valueOf(random.nextInt(10_000), 2),
                    random.nextBoolean(),
                    CITIES[random.nextInt(CITIES.length)],
                    note.append(row).toString(),
                    LocalDate.ofEpochDay(random.nextInt(20_000)),
                    Instant.ofEpochSecond(random.nextInt()));
            values.set(random.nextInt(values.size()), null);
            rows.add(values);
        }
        return rows;
    }

    /** The row as a map of column to value. */
    static Map<String, @Nullable Object> map(List<@Nullable Object> row) {
        Map<String, @Nullable Object> map = new java.util.LinkedHashMap<>();
        for (int column = 0; column < SCHEMA.size(); column++) {
            map.put(SCHEMA.field(column).name(), row.get(column));
        }
        return map;
    }

    /** What {@code pipeline} gives for rows of {@code schema}. */
    static Scored score(FittedPipeline pipeline, Schema schema, List<List<@Nullable Object>> rows) {
        try (BufferAllocator allocator = new RootAllocator();
                Batch batch = batch(schema, rows, allocator)) {
            return pipeline.score(batch);
        }
    }

    static Batch batch(Schema schema, List<List<@Nullable Object>> rows, BufferAllocator allocator) {
        List<Cells> columns = new ArrayList<>();
        for (int column = 0; column < schema.size(); column++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (List<@Nullable Object> row : rows) {
                values.add(row.get(column));
            }
            columns.add(CellValues.of(schema.field(column).type(), values, allocator));
        }
        return Batch.of(schema, columns, rows.size(), null);
    }
}
