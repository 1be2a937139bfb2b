package io.millrace.automl.trial;

import java.util.Arrays;

/** The arithmetic of the metrics. Every function is given at least one row. */
final class Scores {
    private static final double LEAST_PROBABILITY = 1e-15;

    private Scores() {}

    /** The share of pairs of a positive and a negative row that are ranked rightly, ties counting half. */
    static double rocAuc(double[] target, double[] probability) {
        int positives = 0;
        for (double label : target) {
            positives += label == 1 ? 1 : 0;
        }
        int negatives = target.length - positives;
        if (positives == 0 || negatives == 0) {
            return Double.NaN;
        }
        double[] positive = new double[positives];
        double[] negative = new double[negatives];
        int p = 0;
        int n = 0;
        for (int row = 0; row < target.length; row++) {
            double value = probability[row];
            if (Double.isNaN(value)) {
                return Double.NaN;
            }
            if (target[row] == 1) {
                positive[p++] = value;
            } else {
                negative[n++] = value;
            }
        }
        Arrays.sort(positive);
        Arrays.sort(negative);
        long twiceWon = 0;
        int below = 0;
        int notAbove = 0;
        for (double value : positive) {
            while (below < negatives && negative[below] < value) {
                below++;
            }
            notAbove = Math.max(notAbove, below);
            while (notAbove < negatives && negative[notAbove] <= value) {
                notAbove++;
            }
            twiceWon += (long) below + notAbove;
        }
        return twiceWon / (2.0 * positives * negatives);
    }

    static double logLoss(double[] target, double[][] predictions) {
        double sum = 0;
        for (int row = 0; row < target.length; row++) {
            double probability = predictions.length == 1
                    ? (target[row] == 1 ? predictions[0][row] : 1 - predictions[0][row])
                    : predictions[(int) target[row]][row];
            sum -= Math.log(Math.min(1, Math.max(probability, LEAST_PROBABILITY)));
        }
        return sum / target.length;
    }

    static double accuracy(double[] target, double[][] predictions) {
        int right = 0;
        for (int row = 0; row < target.length; row++) {
            right += predictedClass(predictions, row) == (int) target[row] ? 1 : 0;
        }
        return right / (double) target.length;
    }

    static double balancedAccuracy(double[] target, double[][] predictions) {
        int[][] confusion = confusion(target, predictions);
        double sum = 0;
        int present = 0;
        for (int label = 0; label < confusion.length; label++) {
            int rows = Arrays.stream(confusion[label]).sum();
            if (rows > 0) {
                sum += confusion[label][label] / (double) rows;
                present++;
            }
        }
        return sum / present;
    }

    static double f1(double[] target, double[][] predictions) {
        int[][] confusion = confusion(target, predictions);
        if (predictions.length == 1) {
            return f1(confusion, 1);
        }
        double sum = 0;
        for (int label = 0; label < confusion.length; label++) {
            sum += f1(confusion, label);
        }
        return sum / confusion.length;
    }

    static double rootMeanSquaredError(double[] target, double[] predicted) {
        return Math.sqrt(squaredError(target, predicted) / target.length);
    }

    static double meanAbsoluteError(double[] target, double[] predicted) {
        double sum = 0;
        for (int row = 0; row < target.length; row++) {
            sum += Math.abs(target[row] - predicted[row]);
        }
        return sum / target.length;
    }

    static double determination(double[] target, double[] predicted) {
        double mean = Arrays.stream(target).sum() / target.length;
        double total = 0;
        for (double value : target) {
            total += (value - mean) * (value - mean);
        }
        return total == 0 ? Double.NaN : 1 - squaredError(target, predicted) / total;
    }

    /** The number of the most probable class of a row; the first of equals. */
    static int predictedClass(double[][] predictions, int row) {
        if (predictions.length == 1) {
            return predictions[0][row] > 0.5 ? 1 : 0;
        }
        int best = 0;
        for (int label = 1; label < predictions.length; label++) {
            if (predictions[label][row] > predictions[best][row]) {
                best = label;
            }
        }
        return best;
    }

    private static double squaredError(double[] target, double[] predicted) {
        double sum = 0;
        for (int row = 0; row < target.length; row++) {
            double error = target[row] - predicted[row];
            sum += error * error;
        }
        return sum;
    }

    private static int[][] confusion(double[] target, double[][] predictions) {
        int classes = Math.max(2, predictions.length);
        int[][] confusion = new int[classes][classes];
        for (int row = 0; row < target.length; row++) {
            confusion[(int) target[row]][predictedClass(predictions, row)]++;
        }
        return confusion;
    }

    private static double f1(int[][] confusion, int label) {
        int predicted = 0;
        for (int[] row : confusion) {
            predicted += row[label];
        }
        int actual = Arrays.stream(confusion[label]).sum();
        return predicted + actual == 0 ? 0 : 2.0 * confusion[label][label] / (predicted + actual);
    }
}
