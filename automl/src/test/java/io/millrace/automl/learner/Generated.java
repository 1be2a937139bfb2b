package io.millrace.automl.learner;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Training sets made from a seed, whose target depends on numbers, an interaction, a category and missing values. */
final class Generated {
    private static final int CATEGORIES = 7;

    private Generated() {}

    /** Rows in the encoding, with a target of that objective. */
    static TrainingSet rows(Encoding encoding, Objective objective, int classes, int rows, long seed) {
        Random random = new Random(seed);
        double[] first = new double[rows];
        double[] second = new double[rows];
        double[] holes = new double[rows];
        double[] noise = new double[rows];
        double[] group = new double[rows];
        double[] target = new double[rows];
        for (int row = 0; row < rows; row++) {
            first[row] = random.nextGaussian();
            second[row] = random.nextInt(40) / 10.0 - 2;
            holes[row] = random.nextGaussian();
            noise[row] = random.nextGaussian();
            group[row] = random.nextInt(CATEGORIES);
            double score = 1.5 * first[row]
                    + (first[row] > 0 ? second[row] : 0)
                    + (group[row] % 3 == 0 ? 1.2 : -0.6)
                    + 0.3 * random.nextGaussian();
            if (random.nextInt(5) == 0) {
                holes[row] = Double.NaN;
                score += 0.8;
            }
            if (random.nextInt(20) == 0) {
                group[row] = Double.NaN;
            }
            target[row] = target(objective, classes, score);
        }
        List<Matrix.Feature> features = new ArrayList<>();
        List<double[]> columns = new ArrayList<>();
        add(features, columns, Matrix.Feature.numeric("first"), first);
        add(features, columns, Matrix.Feature.numeric("second"), second);
        add(features, columns, Matrix.Feature.numeric("noise"), noise);
        if (encoding == Encoding.CODES) {
            add(features, columns, Matrix.Feature.numeric("holes"), holes);
            add(features, columns, Matrix.Feature.categorical("group", CATEGORIES), group);
        } else {
            add(
                    features,
                    columns,
                    Matrix.Feature.numeric("holes"),
                    encoding == Encoding.ORDINAL ? holes : filled(holes));
            for (int category = 0; category < CATEGORIES; category++) {
                double[] indicator = new double[rows];
                for (int row = 0; row < rows; row++) {
                    indicator[row] = group[row] == category ? 1 : 0;
                }
                add(features, columns, Matrix.Feature.numeric("group=" + category), indicator);
            }
        }
        Matrix matrix = Matrix.of(features, columns.toArray(new double[0][]), rows);
        return new TrainingSet(matrix, target, null, objective, objective == Objective.REGRESSION ? 0 : classes);
    }

    /** The same rows with another target. */
    static TrainingSet withTarget(TrainingSet set, double[] target) {
        return new TrainingSet(set.matrix(), target, set.weights(), set.objective(), set.classes());
    }

    /** The same rows with every value of one feature replaced. */
    static TrainingSet withColumn(TrainingSet set, int feature, double value) {
        double[][] columns = new double[set.matrix().features().size()][];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = set.matrix().column(i);
        }
        columns[feature] = new double[set.rows()];
        java.util.Arrays.fill(columns[feature], value);
        Matrix matrix = Matrix.of(set.matrix().features(), columns, set.rows());
        return new TrainingSet(matrix, set.target(), set.weights(), set.objective(), set.classes());
    }

    /** The first rows, or those after them. */
    static TrainingSet slice(TrainingSet set, int from, int to) {
        return set.rows(java.util.stream.IntStream.range(from, to).toArray());
    }

    private static double target(Objective objective, int classes, double score) {
        return switch (objective) {
            case REGRESSION -> 1000 + 10 * score;
            case BINARY -> score > 0.4 ? 1 : 0;
            case MULTICLASS -> Math.min(classes - 1, Math.max(0, Math.floor((score + 3) * classes / 6)));
        };
    }

    private static double[] filled(double[] values) {
        double[] filled = values.clone();
        for (int row = 0; row < filled.length; row++) {
            filled[row] = Double.isNaN(filled[row]) ? 0 : filled[row];
        }
        return filled;
    }

    private static void add(
            List<Matrix.Feature> features, List<double[]> columns, Matrix.Feature feature, double[] column) {
        features.add(feature);
        columns.add(column);
    }
}
