package io.millrace.automl;

import io.millrace.automl.fit.TrainingData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Predictions of the rows that judge models, put together from the fits of the folds. A judged row is known by its place
 * among the judged rows.
 */
final class OutOfFold {
    private final TrainingData data;
    private final int[] rows;
    private final double[] target;
    private final List<int[]> placesOfFold;

    OutOfFold(TrainingData data) {
        this.data = data;
        List<int[]> places = new ArrayList<>();
        int[] placeOfRow = new int[data.rows()];
        int judged = 0;
        int[] all = new int[data.rows()];
        for (int row = 0; row < data.rows(); row++) {
            if (data.fold(row) != TrainingData.ALWAYS_TRAINING) {
                all[judged] = row;
                placeOfRow[row] = judged++;
            }
        }
        this.rows = Arrays.copyOf(all, judged);
        this.target = targetOf(rows);
        for (int fold = 0; fold < data.foldCount(); fold++) {
            places.add(
                    Arrays.stream(data.rowsOf(fold)).map(row -> placeOfRow[row]).toArray());
        }
        this.placesOfFold = List.copyOf(places);
    }

    /** The judged rows, ascending. */
    int[] rows() {
        return rows;
    }

    /** The target of the judged rows. */
    double[] target() {
        return target;
    }

    /** The places of the rows of a fold, in the order in which a fit predicts them. */
    int[] placesOf(int fold) {
        return placesOfFold.get(fold);
    }

    /** Predictions of no row: NaN everywhere. */
    double[][] unknown() {
        double[][] unknown = new double[data.outputs()][rows.length];
        for (double[] output : unknown) {
            Arrays.fill(output, Double.NaN);
        }
        return unknown;
    }

    /**
     * Puts the predictions of a fit to their places.
     *
     * @throws IllegalArgumentException if they are not of the rows of that fold
     */
    void put(double[][] into, int fold, double[][] predictions) {
        int[] places = placesOf(fold);
        if (predictions.length != into.length || predictions[0].length != places.length) {
            throw new IllegalArgumentException("fold " + fold + " has " + places.length + " rows");
        }
        for (int output = 0; output < into.length; output++) {
            for (int i = 0; i < places.length; i++) {
                into[output][places[i]] = predictions[output][i];
            }
        }
    }

    /** The predictions of those places. */
    static double[][] pick(double[][] predictions, int[] places) {
        double[][] picked = new double[predictions.length][places.length];
        for (int output = 0; output < predictions.length; output++) {
            for (int i = 0; i < places.length; i++) {
                picked[output][i] = predictions[output][places[i]];
            }
        }
        return picked;
    }

    /** The targets of those places. */
    double[] targetAt(int[] places) {
        double[] picked = new double[places.length];
        for (int i = 0; i < places.length; i++) {
            picked[i] = target[places[i]];
        }
        return picked;
    }

    /** The places of the rows of these folds, ascending. */
    int[] placesOf(List<Integer> folds) {
        return folds.stream()
                .flatMapToInt(fold -> Arrays.stream(placesOf(fold)))
                .sorted()
                .toArray();
    }

    /** The weighted mean of predictions, added up in their order. */
    static double[][] mean(List<double[][]> predictions, List<Double> weights) {
        double[][] mean = new double[predictions.get(0).length][predictions.get(0)[0].length];
        for (int model = 0; model < predictions.size(); model++) {
            double weight = weights.get(model);
            if (weight == 0) {
                continue;
            }
            double[][] added = predictions.get(model);
            for (int output = 0; output < mean.length; output++) {
                for (int row = 0; row < mean[output].length; row++) {
                    mean[output][row] += weight * added[output][row];
                }
            }
        }
        return mean;
    }

    private double[] targetOf(int[] selected) {
        double[] picked = new double[selected.length];
        for (int i = 0; i < selected.length; i++) {
            picked[i] = data.target()[selected[i]];
        }
        return picked;
    }
}
