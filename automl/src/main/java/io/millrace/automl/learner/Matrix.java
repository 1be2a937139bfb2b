package io.millrace.automl.learner;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Feature values of some rows, column by column, as doubles; NaN is a missing value.
 *
 * <p>A categorical column holds the codes 0 to cardinality - 1, or NaN. The arrays are neither copied nor changed:
 * whoever makes a matrix must not change them afterwards.
 */
public final class Matrix {
    /**
     * What a column of a matrix means.
     *
     * @param name a name for people; unique within the matrix
     * @param cardinality 0 for a number, otherwise the number of categories
     */
    public record Feature(String name, int cardinality) {
        /** Checks the arguments. */
        public Feature {
            requireNonNull(name, "name");
            if (cardinality < 0) {
                throw new IllegalArgumentException("Cannot have a negative cardinality: " + cardinality);
            }
        }

        /** A feature that is a number. */
        public static Feature numeric(String name) {
            return new Feature(name, 0);
        }

        /** A feature that is one of {@code cardinality} categories. */
        public static Feature categorical(String name, int cardinality) {
            return new Feature(name, cardinality);
        }

        /** Whether the values are codes of categories. */
        public boolean isCategorical() {
            return cardinality > 0;
        }
    }

    private final List<Feature> features;
    private final double[][] columns;
    private final int rows;

    private Matrix(List<Feature> features, double[][] columns, int rows) {
        this.features = features;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * A matrix of {@code columns[feature][row]}. The arrays are not copied.
     *
     * @throws IllegalArgumentException if the lengths disagree
     */
    public static Matrix of(List<Feature> features, double[][] columns, int rows) {
        if (features.size() != columns.length) {
            throw new IllegalArgumentException(
                    "Cannot make a matrix of " + features.size() + " features from " + columns.length + " columns");
        }
        for (int feature = 0; feature < columns.length; feature++) {
            if (columns[feature].length != rows) {
                throw new IllegalArgumentException("Cannot make a matrix of " + rows + " rows: feature '"
                        + features.get(feature).name() + "' has " + columns[feature].length);
            }
        }
        return new Matrix(List.copyOf(features), columns, rows);
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The features, in the order of the columns. */
    public List<Feature> features() {
        return features;
    }

    /** The values of one feature, one a row. The array is the matrix's own and must not be changed. */
    public double[] column(int feature) {
        return columns[feature];
    }

    /** The rows of those numbers, in that order; a row may appear more than once. */
    public Matrix rows(int[] selected) {
        double[][] picked = new double[columns.length][selected.length];
        for (int feature = 0; feature < columns.length; feature++) {
            double[] from = columns[feature];
            double[] to = picked[feature];
            for (int row = 0; row < selected.length; row++) {
                to[row] = from[selected[row]];
            }
        }
        return new Matrix(features, picked, selected.length);
    }
}
