package io.millrace.automl;

import io.millrace.automl.feature.Frame;
import io.millrace.automl.learner.Objective;
import io.millrace.automl.trial.Task;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.schema.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The target of every row as learners take it: the number of its class, or its value; NaN where it is not known. */
final class TargetColumn {
    private static final int MOST_LABELS = 1_000;
    private static final int FEWEST_ROWS = 5;
    private static final int MOST_WHOLE_LABELS = 10;
    private static final Comparator<String> BY_CODE_POINT =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

    private final Task task;
    private final List<String> labels;
    private final double[] values;

    private TargetColumn(Task task, List<String> labels, double[] values) {
        this.task = task;
        this.labels = List.copyOf(labels);
        this.values = values;
    }

    /** The task, inferred or as it was asked for. */
    Task task() {
        return task;
    }

    /** The labels by number of class; empty for regression. */
    List<String> labels() {
        return labels;
    }

    /** For each row the number of its class, or its value; NaN where it is not known. */
    double[] values() {
        return values;
    }

    /**
     * Reads the target.
     *
     * @param type the type of the column in the plan
     * @param asked the task, or empty to infer it
     * @param spelling gives labels, written as their values are, the names that they are to have, in the same order
     * @throws DataflowException {@code UNUSABLE_TARGET}, or {@code INVALID_ARGUMENT} for an unknown positive label
     */
    static TargetColumn of(
            Frame.Column column, DataType type, Optional<Task> asked, UnaryOperator<List<String>> spelling) {
        String name = column.name();
        if (column instanceof Frame.Times) {
            throw unusable(name, "its type is " + type, "Cast it to text for labels, or derive a number from it");
        }
        int known = 0;
        for (int row = 0; row < column.size(); row++) {
            known += isKnown(column, row) ? 1 : 0;
        }
        if (known == 0) {
            throw unusable(name, "it is null in all " + rows(column.size()));
        }
        if (known < FEWEST_ROWS) {
            throw unusable(
                    name,
                    "it is known in only " + rows(known) + " of " + column.size(),
                    "At least " + FEWEST_ROWS + " are needed");
        }
        if (asked.isPresent() && asked.get().objective() == Objective.REGRESSION) {
            return regression(column, type, asked.get());
        }
        if (column instanceof Frame.Numbers numbers && asked.isEmpty() && !holdsLabels(numbers, type)) {
            return regression(column, type, Task.regression(name));
        }
        return labelled(column, type, asked, spelling);
    }

    private static TargetColumn regression(Frame.Column column, DataType type, Task task) {
        if (!(column instanceof Frame.Numbers numbers) || type instanceof DataType.Bool) {
            throw unusable(column.name() + "' as a number", "its type is " + type, "Use a binary or multiclass task");
        }
        double[] values = new double[column.size()];
        double first = Double.NaN;
        boolean varies = false;
        for (int row = 0; row < column.size(); row++) {
            double value = isKnown(column, row) ? numbers.value(row) : Double.NaN;
            values[row] = value;
            if (Double.isNaN(first)) {
                first = value;
            } else if (!Double.isNaN(value) && value != first) {
                varies = true;
            }
        }
        if (!varies) {
            throw unusable(column.name(), "every known value is " + label(first, type));
        }
        return new TargetColumn(task, List.of(), values);
    }

    private static TargetColumn labelled(
            Frame.Column column, DataType type, Optional<Task> asked, UnaryOperator<List<String>> spelling) {
        String name = column.name();
        List<String> written =
                column instanceof Frame.Texts texts ? labelsOf(texts) : labelsOf((Frame.Numbers) column, type);
        if (written.size() == 1) {
            throw unusable(name, "every known value is '" + written.get(0) + "'", "A model needs at least two labels");
        }
        if (written.size() > MOST_LABELS) {
            throw unusable(
                    name,
                    String.format(java.util.Locale.ROOT, "it has %,d different labels", written.size()),
                    String.format(java.util.Locale.ROOT, "At most %,d are supported", MOST_LABELS));
        }
        List<String> labels = spelling.apply(written);
        Task task = asked.orElseGet(() -> labels.size() == 2 ? Task.binary(name) : Task.multiclass(name));
        List<String> ordered = labels;
        if (task instanceof Task.Binary binary) {
            ordered = binaryLabels(binary, labels);
        }
        Map<String, Double> numbers = new HashMap<>();
        for (int label = 0; label < written.size(); label++) {
            numbers.put(written.get(label), (double) ordered.indexOf(labels.get(label)));
        }
        double[] values = new double[column.size()];
        for (int row = 0; row < column.size(); row++) {
            values[row] =
                    isKnown(column, row) ? numbers.getOrDefault(label(column, type, row), Double.NaN) : Double.NaN;
        }
        return new TargetColumn(task, ordered, values);
    }

    private static List<String> binaryLabels(Task.Binary task, List<String> labels) {
        if (labels.size() != 2) {
            throw unusable(
                    task.target() + "' as binary",
                    "it has " + labels.size() + " labels",
                    "Labels: " + String.join(", ", labels.subList(0, Math.min(10, labels.size())))
                            + (labels.size() > 10 ? ", and " + (labels.size() - 10) + " more" : ""),
                    "Use a multiclass task");
        }
        if (task.positive().isEmpty()) {
            return labels;
        }
        String positive = task.positive().get();
        if (!labels.contains(positive)) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot find the positive label '" + positive + "' in column '" + task.target() + "'",
                    Suggestion.lines(positive, "Labels", labels));
        }
        return labels.get(0).equals(positive) ? List.of(labels.get(1), positive) : labels;
    }

    private static boolean holdsLabels(Frame.Numbers numbers, DataType type) {
        if (type instanceof DataType.Bool) {
            return true;
        }
        TreeSet<Double> distinct = new TreeSet<>();
        for (int row = 0; row < numbers.size() && distinct.size() <= MOST_WHOLE_LABELS; row++) {
            if (isKnown(numbers, row)) {
                distinct.add(numbers.value(row));
            }
        }
        if (type instanceof DataType.Int64) {
            return distinct.size() <= MOST_WHOLE_LABELS;
        }
        return distinct.size() == 2 && distinct.stream().allMatch(value -> value == Math.rint(value));
    }

    private static List<String> labelsOf(Frame.Texts texts) {
        boolean[] used = new boolean[texts.distinct()];
        for (int row = 0; row < texts.size(); row++) {
            if (!texts.isMissing(row)) {
                used[texts.code(row)] = true;
            }
        }
        TreeSet<String> labels = new TreeSet<>(BY_CODE_POINT);
        for (int code = 0; code < used.length; code++) {
            if (used[code]) {
                labels.add(texts.text(code));
            }
        }
        return List.copyOf(labels);
    }

    private static List<String> labelsOf(Frame.Numbers numbers, DataType type) {
        TreeSet<Double> distinct = new TreeSet<>();
        for (int row = 0; row < numbers.size(); row++) {
            if (isKnown(numbers, row)) {
                distinct.add(numbers.value(row));
            }
        }
        return distinct.stream().map(value -> label(value, type)).toList();
    }

    private static String label(Frame.Column column, DataType type, int row) {
        return column instanceof Frame.Texts texts
                ? texts.text(texts.code(row))
                : label(((Frame.Numbers) column).value(row), type);
    }

    /** A value as it is written in output: as the kernels format it. */
    private static String label(double value, DataType type) {
        if (type instanceof DataType.Bool) {
            return value == 0 ? "false" : "true";
        }
        if (type instanceof DataType.Int64) {
            return String.valueOf((long) value);
        }
        if (type instanceof DataType.Decimal decimal) {
            return BigDecimal.valueOf(value)
                    .setScale(decimal.scale(), RoundingMode.HALF_EVEN)
                    .toPlainString();
        }
        return String.valueOf(value);
    }

    /** Whether there is a value that can be learnt: infinities cannot. */
    private static boolean isKnown(Frame.Column column, int row) {
        return !column.isMissing(row)
                && !(column instanceof Frame.Numbers numbers && Double.isInfinite(numbers.value(row)));
    }

    private static String rows(int count) {
        return count == 1 ? "1 row" : String.format(java.util.Locale.ROOT, "%,d rows", count);
    }

    private static DataflowException unusable(String name, String reason, String... details) {
        String quoted = name.contains("' as ") ? "'" + name : "'" + name + "'";
        return DataflowException.of(ErrorCode.UNUSABLE_TARGET, "Cannot predict " + quoted + ": " + reason, details);
    }
}
