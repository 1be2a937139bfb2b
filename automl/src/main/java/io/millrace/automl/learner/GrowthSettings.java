package io.millrace.automl.learner;

/**
 * How a tree is grown.
 *
 * @param leaves leaves at most
 * @param maximalDepth depth at most
 * @param leastRows rows that each side of a split must have
 * @param leastHessian sum of hessians that each side of a split must have
 * @param l2 added to the sum of hessians of a leaf, which draws its value to zero
 * @param categoryL2 added to that for splits by sets of categories
 * @param categorySmoothing added to the sum of hessians of a category when categories are put in order; one that has
 *     fewer rows is left out of sets
 * @param leastRowsOfGroup rows by which sets of categories grow at least
 * @param randomThresholds whether one threshold is drawn for every feature, and not the best one sought
 * @param featureFractionOfNode share of the tree's features that is looked at for a node
 */
record GrowthSettings(
        int leaves,
        int maximalDepth,
        int leastRows,
        double leastHessian,
        double l2,
        double categoryL2,
        double categorySmoothing,
        int leastRowsOfGroup,
        boolean randomThresholds,
        double featureFractionOfNode) {}
