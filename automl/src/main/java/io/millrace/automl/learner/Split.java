package io.millrace.automl.learner;

/** The best split found for a leaf: which bins of a feature go left. */
final class Split {
    double gain = Double.NEGATIVE_INFINITY;
    int feature = -1;
    boolean categorical;
    /** For a number: the last bin that goes left. */
    int bin;

    boolean missingLeft;
    /** For categories: the bins that go left. */
    boolean[] chosen = new boolean[0];

    boolean exists() {
        return feature >= 0;
    }

    /** For each bin whether it goes left. */
    boolean[] table(FeatureBins bins) {
        boolean[] left = new boolean[256];
        if (categorical) {
            System.arraycopy(chosen, 0, left, 0, chosen.length);
        } else {
            for (int present = 0; present <= bin; present++) {
                left[present] = true;
            }
        }
        left[bins.missingBin()] = missingLeft;
        return left;
    }
}
