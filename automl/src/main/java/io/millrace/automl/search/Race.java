package io.millrace.automl.search;

import io.millrace.automl.trial.Metric;

/** Judges after some folds whether the others are worth their time. */
public final class Race {
    private static final double[] SHARES = {0.05, 0.15, 0.3, 0.5, 1};

    private Race() {}

    /**
     * Whether a candidate improves the leader on these rows, alone or mixed in with a share of 5, 15, 30 or 50 per
     * cent. One that does not is not expected to have a weight in the ensemble.
     *
     * @param target for each row the number of its class, or its value
     * @param leader the predictions of the best mean of models so far, as {@code [output][row]}
     * @param candidate the predictions of the candidate for the same rows
     */
    public static boolean isWorthwhile(Metric metric, double[] target, double[][] leader, double[][] candidate) {
        double toBeat = metric.of(target, leader);
        if (Double.isNaN(toBeat)) {
            return true;
        }
        double[][] mixed = new double[leader.length][target.length];
        for (double share : SHARES) {
            for (int output = 0; output < leader.length; output++) {
                for (int row = 0; row < target.length; row++) {
                    mixed[output][row] = (1 - share) * leader[output][row] + share * candidate[output][row];
                }
            }
            if (metric.isBetter(metric.of(target, mixed), toBeat)) {
                return true;
            }
        }
        return false;
    }
}
