package io.millrace.automl.learner;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Rows whose target is known. The arrays are neither copied nor changed: they must not change afterwards. */
public final class TrainingSet {
    private final Matrix matrix;
    private final double[] target;
    private final double @Nullable [] weights;
    private final Objective objective;
    private final int classes;

    /**
     * Joins the parts.
     *
     * @param matrix the features
     * @param target for each row the number of its class, from 0 on, or its value; never NaN
     * @param weights for each row a weight of at least 0, or null if all rows weigh 1
     * @param objective what is to be predicted
     * @param classes the number of classes; 2 for {@link Objective#BINARY}, 0 for {@link Objective#REGRESSION}
     * @throws IllegalArgumentException if the lengths disagree
     */
    public TrainingSet(Matrix matrix, double[] target, double @Nullable [] weights, Objective objective, int classes) {
        if (target.length != matrix.rows() || (weights != null && weights.length != matrix.rows())) {
            throw new IllegalArgumentException("Cannot join a matrix of " + matrix.rows() + " rows with "
                    + target.length + " targets and "
                    + (weights == null ? "no" : String.valueOf(weights.length)) + " weights");
        }
        if (objective == Objective.MULTICLASS && classes < 2) {
            throw new IllegalArgumentException("Cannot tell apart " + classes + " classes");
        }
        this.matrix = requireNonNull(matrix, "matrix");
        this.target = target;
        this.weights = weights;
        this.objective = requireNonNull(objective, "objective");
        this.classes = classes;
    }

    /** The features. */
    public Matrix matrix() {
        return matrix;
    }

    /** For each row the number of its class, or its value. */
    public double[] target() {
        return target;
    }

    /** For each row its weight, or null if all rows weigh 1. */
    public double @Nullable [] weights() {
        return weights;
    }

    /** What is to be predicted. */
    public Objective objective() {
        return objective;
    }

    /** The number of classes; 0 for regression. */
    public int classes() {
        return classes;
    }

    /** The number of rows. */
    public int rows() {
        return matrix.rows();
    }

    /** The weight of a row. */
    public double weight(int row) {
        return weights == null ? 1.0 : weights[row];
    }

    /** The rows of those numbers, in that order. */
    public TrainingSet rows(int[] selected) {
        double[] pickedTarget = new double[selected.length];
        double @Nullable [] pickedWeights = weights == null ? null : new double[selected.length];
        for (int row = 0; row < selected.length; row++) {
            pickedTarget[row] = target[selected[row]];
            if (pickedWeights != null) {
                pickedWeights[row] = weight(selected[row]);
            }
        }
        return new TrainingSet(matrix.rows(selected), pickedTarget, pickedWeights, objective, classes);
    }
}
