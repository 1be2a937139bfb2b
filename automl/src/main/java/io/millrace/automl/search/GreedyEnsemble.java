package io.millrace.automl.search;

import io.millrace.automl.trial.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chooses weights for models by their predictions of rows that they have not seen: again and again the model whose
 * addition to the mean helps most is added, the same one more than once if it does. The best mean on the way is kept.
 * This is Caruana's ensemble selection, with AutoGluon's number of steps.
 */
public final class GreedyEnsemble {
    /** How often a model is added. */
    public static final int STEPS = 25;

    /** More rows than this hardly change a choice; of more, every n-th is looked at. */
    public static final int MOST_ROWS = 100_000;

    private GreedyEnsemble() {}

    /**
     * What was chosen.
     *
     * @param weights the share of each model, in their order; they sum to 1
     * @param score the metric of the weighted mean, over the rows that were looked at
     */
    public record Choice(List<Double> weights, double score) {
        /** Copies the list. */
        public Choice {
            weights = List.copyOf(weights);
        }
    }

    /**
     * Chooses weights. The same for the same arguments; of models that help equally, one already chosen is preferred,
     * then the earlier.
     *
     * @param target for each row the number of its class, or its value
     * @param predictions of each model, as {@code [output][row]}
     * @throws IllegalArgumentException if there is no model
     */
    public static Choice choose(Metric metric, double[] target, List<double[][]> predictions) {
        return choose(metric, target, predictions, STEPS, MOST_ROWS);
    }

    /** As {@link #choose(Metric, double[], List)}, adding a model {@code steps} times and looking at fewer rows. */
    public static Choice choose(Metric metric, double[] target, List<double[][]> predictions, int steps, int mostRows) {
        if (predictions.isEmpty()) {
            throw new IllegalArgumentException("Cannot choose among no models");
        }
        int models = predictions.size();
        if (models == 1) {
            return new Choice(List.of(1.0), metric.of(target, predictions.get(0)));
        }
        Judge judge = Judge.of(metric, target, predictions, mostRows);
        int[] counts = new int[models];
        int[] best = new int[models];
        double bestScore = Double.NaN;
        double[][] sum = judge.zeros();
        for (int step = 1; step <= steps; step++) {
            int added = judge.bestAddition(sum, step, counts);
            counts[added]++;
            judge.add(sum, added);
            double score = judge.scoreOfMean(sum, step);
            if (step == 1 || metric.isBetter(score, bestScore)) {
                bestScore = score;
                best = counts.clone();
            }
        }
        int total = Arrays.stream(best).sum();
        List<Double> weights = new ArrayList<>(Collections.nCopies(models, 0.0));
        for (int model = 0; model < models; model++) {
            weights.set(model, best[model] / (double) total);
        }
        return new Choice(weights, bestScore);
    }

    /** Predictions in the form in which they are judged fastest. */
    private static final class Judge {
        private final Metric metric;
        private final double[] target;
        private final List<double[][]> predictions;

        private Judge(Metric metric, double[] target, List<double[][]> predictions) {
            this.metric = metric;
            this.target = target;
            this.predictions = predictions;
        }

        static Judge of(Metric metric, double[] target, List<double[][]> predictions, int mostRows) {
            int stride = Math.max(1, (target.length + mostRows - 1) / mostRows);
            int[] rows = IntStream.iterate(0, row -> row < target.length, row -> row + stride)
                    .toArray();
            double[] picked = pick(target, rows);
            List<double[][]> pickedPredictions = new ArrayList<>();
            boolean trueLabelIsAll = metric == Metric.LOG_LOSS && predictions.get(0).length > 1;
            for (double[][] model : predictions) {
                pickedPredictions.add(
                        trueLabelIsAll
                                ? new double[][] {ofTrueLabel(picked, model, rows)}
                                : Arrays.stream(model)
                                        .map(output -> pick(output, rows))
                                        .toArray(double[][]::new));
            }
            if (trueLabelIsAll) {
                Arrays.fill(picked, 1);
            }
            return new Judge(metric, picked, pickedPredictions);
        }

        double[][] zeros() {
            return new double[predictions.get(0).length][target.length];
        }

        void add(double[][] sum, int model) {
            double[][] added = predictions.get(model);
            for (int output = 0; output < sum.length; output++) {
                for (int row = 0; row < target.length; row++) {
                    sum[output][row] += added[output][row];
                }
            }
        }

        int bestAddition(double[][] sum, int step, int[] counts) {
            double[] scores = IntStream.range(0, predictions.size())
                    .parallel()
                    .mapToDouble(model -> scoreWith(sum, model, step))
                    .toArray();
            int best = 0;
            for (int model = 1; model < scores.length; model++) {
                int order = metric.compare(scores[model], scores[best]);
                if (order < 0 || (order == 0 && counts[best] == 0 && counts[model] > 0)) {
                    best = model;
                }
            }
            return best;
        }

        double scoreOfMean(double[][] sum, int step) {
            double[][] mean = new double[sum.length][target.length];
            for (int output = 0; output < sum.length; output++) {
                for (int row = 0; row < target.length; row++) {
                    mean[output][row] = sum[output][row] / step;
                }
            }
            return metric.of(target, mean);
        }

        private double scoreWith(double[][] sum, int model, int step) {
            double[][] added = predictions.get(model);
            double[][] mean = new double[sum.length][target.length];
            for (int output = 0; output < sum.length; output++) {
                for (int row = 0; row < target.length; row++) {
                    mean[output][row] = (sum[output][row] + added[output][row]) / step;
                }
            }
            return metric.of(target, mean);
        }

        /** The log loss looks at the probability of the true label alone. */
        private static double[] ofTrueLabel(double[] target, double[][] model, int[] rows) {
            double[] picked = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                picked[i] = model[(int) target[i]][rows[i]];
            }
            return picked;
        }

        private static double[] pick(double[] values, int[] rows) {
            double[] picked = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                picked[i] = values[rows[i]];
            }
            return picked;
        }
    }
}
