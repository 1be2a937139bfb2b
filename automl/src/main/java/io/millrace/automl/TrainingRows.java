package io.millrace.automl;

import io.millrace.automl.feature.Frame;
import io.millrace.automl.pipeline.RecipeLift;
import io.millrace.automl.trial.Task;
import io.millrace.automl.trial.TrialListener;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows of an experiment whose target is known, in an order that is the same on every engine. */
final class TrainingRows {
    private static final int GOLDEN_ROWS = 20;

    private final Dataflow original;
    private final RecipeLift lift;
    private final List<List<@Nullable Object>> firstOfBase;
    private final Schema schema;
    private final Frame frame;
    private final TargetColumn targetColumn;
    private final int[] known;
    private final double[] target;

    private TrainingRows(
            Dataflow original,
            RecipeLift lift,
            List<List<@Nullable Object>> firstOfBase,
            Schema schema,
            Frame frame,
            TargetColumn targetColumn,
            int[] known) {
        this.original = original;
        this.lift = lift;
        this.firstOfBase = firstOfBase;
        this.schema = schema;
        this.targetColumn = targetColumn;
        this.known = known;
        Set<String> unusable = new HashSet<>(lift.derivedFromTarget());
        unusable.add(targetColumn.task().target());
        Frame features = frame.drop(unusable);
        boolean all = known.length == frame.rows();
        this.frame = all ? features : features.select(known);
        this.target = all
                ? targetColumn.values()
                : IntStream.of(known)
                        .mapToDouble(row -> targetColumn.values()[row])
                        .toArray();
    }

    /**
     * Reads the rows. Their ignored columns are left out, and what is wrong with them is told to {@code listener}.
     *
     * @throws DataflowException as {@link Experiment#run}
     */
    static TrainingRows read(
            Dataflow training,
            ExperimentSettings settings,
            Engine engine,
            TrialListener listener,
            Cancellation cancellation) {
        Dataflow frozen = training.freeze(engine, cancellation);
        Schema whole = frozen.plan(engine, cancellation).schema();
        whole.position(settings.target(), "the target");
        for (String name : settings.ignored()) {
            whole.position(name, "ignore(" + name + ")");
            if (name.equals(settings.target())) {
                throw DataflowException.of(
                        ErrorCode.INVALID_ARGUMENT, "Cannot ignore '" + name + "': it is the target");
            }
        }
        Dataflow used = settings.ignored().isEmpty()
                ? frozen
                : frozen.drop(settings.ignored().toArray(String[]::new));
        Plan plan = used.plan(engine, cancellation);
        Frame frame;
        try (Table table = engine.execute(plan, cancellation)) {
            if (table.rowCount() == 0) {
                throw DataflowException.of(
                        ErrorCode.EMPTY_SOURCE, "Cannot predict '" + settings.target() + "': there are no rows");
            }
            note(table, listener);
            frame = Frame.of(table.schema(), table.batches());
        }
        Schema schema = plan.schema();
        if (!frame.has(settings.target())) {
            throw DataflowException.of(
                    ErrorCode.UNUSABLE_TARGET,
                    "Cannot predict '" + settings.target() + "': its type is "
                            + schema.field(settings.target(), "the target").type());
        }
        if (RowOrder.isShuffled(used.node())) {
            frame = RowOrder.sorted(frame);
        }
        DataType type = schema.field(settings.target(), "the target").type();
        TargetColumn column = TargetColumn.of(
                frame.column(settings.target()),
                type,
                settings.task(),
                labels -> type instanceof DataType.Text
                        ? labels
                        : new LabelSpelling(used, settings.target(), type).of(labels, engine, cancellation));
        double[] values = column.values();
        int[] known = IntStream.range(0, values.length)
                .filter(row -> !Double.isNaN(values[row]))
                .toArray();
        RecipeLift lift = RecipeLift.of(used.node(), settings.target());
        lift.derivedFromTarget().stream()
                .filter(name -> !name.equals(settings.target()))
                .sorted()
                .forEach(name -> listener.noted(
                        "column '" + name + "' is not learnt from: it is computed from '" + settings.target() + "'"));
        return new TrainingRows(frozen, lift, firstOfBase(lift, engine, cancellation), schema, frame, column, known);
    }

    /** The same rows on every engine: the first, in order of all columns where the order is the engine's. */
    private static List<List<@Nullable Object>> firstOfBase(RecipeLift lift, Engine engine, Cancellation cancellation) {
        Dataflow base = Dataflow.of(lift.base());
        if (RowOrder.isShuffled(lift.base())) {
            base = base.sort(lift.baseSchema().names().toArray(String[]::new));
        }
        Plan plan = base.limit(GOLDEN_ROWS).plan(engine, cancellation);
        try (Table table = engine.execute(plan, cancellation)) {
            return table.rows();
        }
    }

    private static void note(Table table, TrialListener listener) {
        if (table.report().rejected() > 0) {
            listener.noted(String.format(
                    Locale.ROOT,
                    "%,d of %,d records were rejected and are not learnt from",
                    table.report().rejected(),
                    table.report().read()));
        }
        long errors = table.batches().stream()
                .flatMap(batch -> batch.columns().stream())
                .mapToLong(cells -> cells.errors().size())
                .sum();
        if (errors > 0) {
            listener.noted(String.format(Locale.ROOT, "%,d cells are error values and count as missing", errors));
        }
    }

    /** The dataflow as it was given, with every schema known. */
    Dataflow original() {
        return original;
    }

    /** What of the dataflow a model replays. */
    RecipeLift lift() {
        return lift;
    }

    /** Some rows as they are before what a model replays. */
    List<List<@Nullable Object>> firstOfBase() {
        return firstOfBase;
    }

    /** The columns that were read, with the target. */
    Schema schema() {
        return schema;
    }

    /** The rows, without the target. */
    Frame frame() {
        return frame;
    }

    /** The task, inferred or as it was asked for. */
    Task task() {
        return targetColumn.task();
    }

    /** The labels by number of class; empty for regression. */
    List<String> labels() {
        return targetColumn.labels();
    }

    /** For each row the number of its class, or its value. */
    double[] target() {
        return target;
    }

    /** The place of each row among all that were read, from 0. */
    int[] places() {
        return known;
    }

    /** The number of rows that were left out because their target is not known. */
    long leftOut() {
        return targetColumn.values().length - (long) known.length;
    }

    /** The number of rows of the rarest label, or 0 for regression. */
    int rarest() {
        int[] counts = new int[Math.max(1, labels().size())];
        if (!labels().isEmpty()) {
            for (double label : target) {
                counts[(int) label]++;
            }
        }
        return IntStream.of(counts).min().orElse(0);
    }

    /** SHA-256 of everything that fits read, in hexadecimal: the same for the same rows in the same order. */
    String fingerprint() {
        try {
            Digest digest = new Digest(MessageDigest.getInstance("SHA-256"));
            for (Frame.Column column : frame.columns()) {
                digest.add(column.name());
                for (int row = 0; row < column.size(); row++) {
                    digest.add(column, row);
                }
            }
            for (double value : target) {
                digest.add(Double.doubleToLongBits(value));
            }
            return digest.hexadecimal();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Feeds values to a digest in pieces. */
    private static final class Digest {
        private final MessageDigest sha;
        private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13);

        Digest(MessageDigest sha) {
            this.sha = sha;
        }

        void add(Frame.Column column, int row) {
            if (column.isMissing(row)) {
                add(Long.MIN_VALUE);
            } else if (column instanceof Frame.Texts texts) {
                add(texts.text(texts.code(row)));
            } else if (column instanceof Frame.Times times) {
                add(times.micros(row));
            } else {
                add(Double.doubleToLongBits(((Frame.Numbers) column).value(row)));
            }
        }

        void add(long value) {
            if (buffer.remaining() < Long.BYTES) {
                drain();
            }
            buffer.putLong(value);
        }

        void add(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            add(bytes.length);
            drain();
            sha.update(bytes);
        }

        String hexadecimal() {
            drain();
            return HexFormat.of().formatHex(sha.digest());
        }

        private void drain() {
            sha.update(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
    }
}
