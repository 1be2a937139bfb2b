package io.millrace.automl.pipeline;

import static java.util.Objects.requireNonNull;

import io.millrace.automl.feature.FittedFeatures;
import io.millrace.automl.feature.Frame;
import io.millrace.automl.learner.Model;
import io.millrace.automl.learner.Objective;
import io.millrace.automl.pipeline.RecipeLift.Lifted;
import io.millrace.automl.trial.Task;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.kernel.Replay;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that turns rows into predictions: the steps that the training dataflow ended with, what was learnt about
 * columns, and weighted models. One file when saved. Scores without Spark and native libraries, each row the same bits
 * alone as in any batch. Immutable and thread-safe.
 */
public final class FittedPipeline {
    /** The name of the column of predictions in {@link #outputSchema}. */
    public static final String PREDICTION = "prediction";

    /** What the names of the columns of probabilities in {@link #outputSchema} begin with; then comes the label. */
    public static final String PROBABILITY = "probability_";

    private final Task task;
    private final List<String> labels;
    private final Lifted lifted;
    private final Replay replay;
    private final Ensemble ensemble;
    private final GoldenRows golden;

    private FittedPipeline(Task task, List<String> labels, Lifted lifted, List<Member> members) {
        this.task = task;
        this.labels = labels;
        this.lifted = lifted;
        this.replay = Replay.of(lifted.inputSchema(), lifted.steps());
        this.ensemble = new Ensemble(members);
        this.golden = new GoldenRows(List.of(), new double[0][]);
    }

    private FittedPipeline(FittedPipeline other, GoldenRows golden) {
        this.task = other.task;
        this.labels = other.labels;
        this.lifted = other.lifted;
        this.replay = other.replay;
        this.ensemble = other.ensemble;
        this.golden = golden;
    }

    /**
     * One model, and what it needs.
     *
     * @param learner the name of the algorithm
     * @param weight how much its predictions count, against the sum of all weights; more than 0
     * @param features what was learnt about columns for it
     * @param model what was learnt from the features
     */
    public record Member(String learner, double weight, FittedFeatures features, Model model) {
        /** Checks the arguments. */
        public Member {
            requireNonNull(learner, "learner");
            requireNonNull(model, "model");
            if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a member cannot have the weight " + weight);
            }
            if (model.features() != features.features().size()) {
                throw new IllegalArgumentException("a model of " + model.features() + " features cannot use "
                        + features.features().size());
            }
        }
    }

    /**
     * A pipeline without golden rows.
     *
     * @param labels for classification the labels, each at the number of its class; otherwise empty
     * @param lifted what is done to rows before their features are taken, as {@link RecipeLift} finds it
     * @param members the models, in an order that is part of the saved bytes; their predictions are averaged
     * @throws IllegalArgumentException if the labels do not fit the task or the models
     */
    public static FittedPipeline of(Task task, List<String> labels, Lifted lifted, List<Member> members) {
        FittedPipeline pipeline = new FittedPipeline(task, List.copyOf(labels), lifted, members);
        int outputs = task.objective().outputs(labels.size());
        boolean fits = (task.objective() == Objective.REGRESSION) == labels.isEmpty()
                && (task.objective() != Objective.BINARY || labels.size() == 2)
                && pipeline.ensemble.outputs() == outputs;
        if (!fits) {
            throw new IllegalArgumentException("a " + task.text() + " pipeline cannot have " + labels.size()
                    + " labels and " + pipeline.ensemble.outputs() + " outputs");
        }
        return pipeline;
    }

    /** The columns of {@code members} that their features read, in the order in which they are first read. */
    public static List<String> featureColumns(Collection<Member> members) {
        return members.stream()
                .flatMap(member -> member.features().inputColumns().stream())
                .distinct()
                .toList();
    }

    /**
     * This pipeline with some rows to check itself by whenever it is loaded. They become part of its file.
     *
     * @param schema the columns of {@code rows}, those of {@link #inputSchema} among them with the same types
     * @param rows rows of normalised values; the first twenty are kept, and of them only the columns of the input schema
     */
    public FittedPipeline withGoldenRows(Schema schema, List<List<@Nullable Object>> rows) {
        List<Integer> positions = inputSchema().names().stream()
                .map(column -> schema.position(column, "golden rows"))
                .toList();
        List<List<@Nullable Object>> kept = new ArrayList<>();
        for (List<@Nullable Object> row : rows.subList(0, Math.min(rows.size(), GoldenRows.MOST_ROWS))) {
            List<@Nullable Object> values = new ArrayList<>();
            positions.forEach(position -> values.add(row.get(position)));
            kept.add(Collections.unmodifiableList(values));
        }
        return new FittedPipeline(this, new GoldenRows(kept, outputs(kept)));
    }

    /** The columns that rows to be scored must have. */
    public Schema inputSchema() {
        return lifted.inputSchema();
    }

    /** What is done to rows before their features are taken. */
    public List<Step> recipe() {
        return lifted.steps();
    }

    /** What is predicted. */
    public Task task() {
        return task;
    }

    /** For classification the labels, each at the number of its class; otherwise empty. */
    public List<String> labels() {
        return labels;
    }

    /** The models, in order. */
    public List<Member> members() {
        return ensemble.members();
    }

    /**
     * The columns of predictions, as {@link Scored#row} gives them: {@code prediction}, and for classification
     * {@code probability_<label>} for every label.
     */
    public Schema outputSchema() {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.required(PREDICTION, labels.isEmpty() ? DataTypes.FLOAT64 : DataTypes.TEXT));
        labels.forEach(label -> fields.add(Field.required(PROBABILITY + label, DataTypes.FLOAT64)));
        return Schema.of(fields);
    }

    /**
     * Scores one row. It must have a value, possibly null, for every column of {@link #inputSchema}; others are ignored.
     *
     * @throws DataflowException {@code MISSING_COLUMN}, or {@code INVALID_ARGUMENT} for a value of a class that stands for
     *     no type
     */
    public Prediction score(Map<String, ? extends @Nullable Object> row) {
        InputColumns.requireAll(inputSchema(), row.keySet());
        return replay.run(row, this::scored).prediction(0);
    }

    /**
     * Scores the rows of a batch, in order. The batch stays the caller's. Columns are found by name; a value of another
     * type is converted as a cast does, and what does not fit is counted and scored as missing.
     *
     * @throws DataflowException {@code MISSING_COLUMN}, naming every column of {@link #inputSchema} that is not there
     */
    public Scored score(Batch batch) {
        InputColumns.requireAll(inputSchema(), batch.schema().names());
        Scored scored = replay.run(batch, this::scored);
        return new Scored(
                labels,
                scored.outputs(),
                scored.rows(),
                scored.misfits(),
                ignored(batch.schema().names()));
    }

    /**
     * What {@link #score(Batch)} ignores of these columns: those that the training data did not have either, the target
     * aside.
     */
    public List<String> ignored(Collection<String> columns) {
        Set<String> others = Set.copyOf(lifted.otherColumns());
        return columns.stream()
                .filter(column ->
                        !inputSchema().has(column) && !others.contains(column) && !column.equals(task.target()))
                .toList();
    }

    private Scored scored(Batch converted, Batch result) {
        Map<String, Long> misfits = new LinkedHashMap<>();
        for (int column = 0; column < converted.schema().size(); column++) {
            long count = converted.cells(column).errors().size();
            if (count > 0) {
                misfits.put(converted.schema().field(column).name(), count);
            }
        }
        double[][] outputs = ensemble.predict(Frame.of(result.schema(), List.of(result)));
        return new Scored(labels, outputs, result.rowCount(), Collections.unmodifiableMap(misfits), List.of());
    }

    private double[][] outputs(List<List<@Nullable Object>> rows) {
        return rows.isEmpty() ? new double[0][] : replay.run(rows, this::scored).outputs();
    }

    /** The first golden row that scores differently now, with a text of both; empty if there is none. */
    Optional<String> goldenDifference() {
        double[][] scored = outputs(golden.rows());
        OptionalInt row = golden.firstDifference(scored);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        double[] found = Arrays.stream(scored)
                .mapToDouble(output -> output[row.getAsInt()])
                .toArray();
        return Optional.of("golden row " + (row.getAsInt() + 1) + " scores "
                + Arrays.toString(found) + " instead of "
                + Arrays.toString(golden.expected(row.getAsInt())));
    }

    Lifted lifted() {
        return lifted;
    }

    Ensemble ensemble() {
        return ensemble;
    }

    GoldenRows golden() {
        return golden;
    }

    /** This pipeline, with golden rows as they were read. */
    FittedPipeline with(GoldenRows read) {
        return new FittedPipeline(this, read);
    }

    /** The bytes of the saved pipeline. Equal pipelines have equal bytes, on every machine. */
    public byte[] encoded() {
        return PipelineCodec.write(this);
    }

    /**
     * Writes the file, whole or not at all; a file of that name is replaced.
     *
     * @throws DataflowException {@code IO_FAILED}
     */
    public void save(Path file) {
        PipelineFile.save(encoded(), file);
    }

    /**
     * Reads a saved pipeline, and scores its golden rows again.
     *
     * @throws DataflowException {@code NOT_A_MODEL} if the file is something else, cut off or damaged,
     *     {@code NEWER_MODEL}, {@code SOURCE_NOT_FOUND}, {@code SOURCE_IS_DIRECTORY} or {@code IO_FAILED}
     */
    public static FittedPipeline load(Path file) {
        return PipelineCodec.read(PipelineFile.read(file), file.toString());
    }

    /**
     * Reads the bytes of a saved pipeline, as {@link #load} does.
     *
     * @param name how messages call them
     */
    public static FittedPipeline decode(byte[] bytes, String name) {
        return PipelineCodec.read(bytes, name);
    }
}
