package io.millrace.automl;

import io.millrace.automl.fit.Seeds;
import io.millrace.automl.fit.TrainingData;
import io.millrace.automl.learner.Objective;
import io.millrace.automl.trial.Validation;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Decides the fold of every row, by the seed and the place of the row alone. */
final class FoldDealer {
    private FoldDealer() {}

    /** The fold of each row; labels, or the range of the target, are spread evenly. */
    static int[] deal(Validation validation, Objective objective, int classes, double[] target, long seed) {
        if (validation instanceof Validation.Folds folds) {
            if (folds.count() > target.length) {
                throw DataflowException.of(
                        ErrorCode.INVALID_ARGUMENT,
                        "Cannot deal " + target.length + " rows into " + folds.count() + " folds");
            }
            return objective == Objective.REGRESSION
                    ? dealByValue(target, folds.count(), seed)
                    : dealByClass(target, classes, folds.count(), seed);
        }
        return holdOut(target, objective, classes, ((Validation.Holdout) validation).fraction(), seed);
    }

    private static int[] dealByClass(double[] target, int classes, int folds, long seed) {
        int[] dealt = new int[target.length];
        int next = 0;
        for (int[] members : members(target, classes, seed)) {
            for (int row : members) {
                dealt[row] = next++ % folds;
            }
        }
        return dealt;
    }

    /** Neighbours in the order of the target go to different folds, which of them to which by chance. */
    private static int[] dealByValue(double[] target, int folds, long seed) {
        int[] ordered = IntStream.range(0, target.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(row -> target[row]).thenComparingInt(row -> row))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] dealt = new int[target.length];
        for (int start = 0; start < ordered.length; start += folds) {
            int[] block = Arrays.copyOfRange(ordered, start, Math.min(ordered.length, start + folds));
            int[] shuffled = byChance(IntStream.of(block), seed);
            for (int i = 0; i < shuffled.length; i++) {
                dealt[shuffled[i]] = i;
            }
        }
        return dealt;
    }

    private static int[] holdOut(double[] target, Objective objective, int classes, double fraction, long seed) {
        int[] dealt = new int[target.length];
        Arrays.fill(dealt, TrainingData.ALWAYS_TRAINING);
        List<int[]> groups = objective == Objective.REGRESSION
                ? List.of(byChance(IntStream.range(0, target.length), seed))
                : members(target, classes, seed);
        double due = 0;
        int held = 0;
        for (int[] group : groups) {
            due += group.length * fraction;
            for (int i = 0; i < group.length && held < Math.round(due); i++) {
                dealt[group[i]] = 0;
                held++;
            }
        }
        if (held == 0 || held == target.length) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot hold out a fraction of " + fraction + " of " + target.length + " rows: that is " + held);
        }
        return dealt;
    }

    private static List<int[]> members(double[] target, int classes, long seed) {
        List<int[]> members = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            int wanted = label;
            members.add(byChance(IntStream.range(0, target.length).filter(row -> (int) target[row] == wanted), seed));
        }
        return members;
    }

    private static int[] byChance(IntStream rows, long seed) {
        return rows.boxed()
                .sorted(Comparator.<Integer>comparingLong(row -> Seeds.of(seed, row))
                        .thenComparingInt(row -> row))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
