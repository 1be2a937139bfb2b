package io.millrace.automl.learner;

import java.util.List;
import java.util.stream.IntStream;

/** Rows whose feature values are numbers of bins, one byte each, column by column. */
final class BinnedMatrix {
    private final FeatureBins[] bins;
    private final byte[][] columns;
    private final int rows;

    private BinnedMatrix(FeatureBins[] bins, byte[][] columns, int rows) {
        this.bins = bins;
        this.columns = columns;
        this.rows = rows;
    }

    /** Rows in bins that are fitted to them. */
    static BinnedMatrix fit(Matrix matrix, int mostBins) {
        List<Matrix.Feature> features = matrix.features();
        FeatureBins[] bins = new FeatureBins[features.size()];
        byte[][] columns = new byte[bins.length][];
        for (int feature = 0; feature < bins.length; feature++) {
            bins[feature] = FeatureBins.of(features.get(feature), matrix.column(feature), mostBins);
            columns[feature] = bins[feature].apply(matrix.column(feature));
        }
        return new BinnedMatrix(bins, columns, matrix.rows());
    }

    /** Other rows in the same bins. */
    BinnedMatrix apply(Matrix matrix) {
        byte[][] others = new byte[bins.length][];
        for (int feature = 0; feature < bins.length; feature++) {
            others[feature] = bins[feature].apply(matrix.column(feature));
        }
        return new BinnedMatrix(bins, others, matrix.rows());
    }

    int rows() {
        return rows;
    }

    int features() {
        return bins.length;
    }

    FeatureBins bins(int feature) {
        return bins[feature];
    }

    byte[] column(int feature) {
        return columns[feature];
    }

    /** The features that do not have the same bin in every row. */
    int[] varyingFeatures() {
        return IntStream.range(0, bins.length).filter(this::varies).toArray();
    }

    private boolean varies(int feature) {
        byte[] column = columns[feature];
        for (byte bin : column) {
            if (bin != column[0]) {
                return true;
            }
        }
        return false;
    }
}
