package io.millrace.automl.learner;

/**
 * Decides when a boosted model has stopped improving on the validation rows.
 *
 * <p>The number of rounds without improvement that is tolerated grows with the round of the best loss and shrinks with
 * the number of training rows: {@code max(least, round(0.3 * best + 20))}, where {@code least} is 300 for up to 10,000
 * rows and then falls in proportion, to 20. These are AutoGluon's figures.
 */
final class EarlyStopping {
    private final int leastPatience;
    private int bestRound;
    private double bestLoss = Double.POSITIVE_INFINITY;

    EarlyStopping(int trainingRows) {
        leastPatience = trainingRows <= 10_000 ? 300 : (int) Math.max(20, 300 * 10_000L / trainingRows);
    }

    /** Notes the loss after a round, counted from 1, and says whether to stop. */
    boolean stopsAfter(int round, double loss) {
        if (bestRound == 0 || loss < bestLoss) {
            bestRound = round;
            bestLoss = loss;
        }
        return round - bestRound >= Math.max(leastPatience, Math.round(0.3 * bestRound + 20));
    }

    /** The round of the least loss, counted from 1; 0 before the first. */
    int bestRound() {
        return bestRound;
    }
}
