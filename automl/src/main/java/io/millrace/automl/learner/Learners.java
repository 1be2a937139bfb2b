package io.millrace.automl.learner;

import java.util.List;
import java.util.Optional;

/** The learners there are. Naming them loads no native library. */
public final class Learners {
    private static final List<Learner> ALL = List.of(
            new LightGbmLearner(),
            new XgBoostLearner(),
            new GradientBoostingLearner(),
            ForestLearner.randomForest(),
            ForestLearner.extraTrees(),
            new LinearLearner());

    private Learners() {}

    /** All learners, in a fixed order, whether or not they can run on this machine. */
    public static List<Learner> all() {
        return ALL;
    }

    /** The learner of that name. */
    public static Optional<Learner> byName(String name) {
        return ALL.stream().filter(learner -> learner.name().equals(name)).findFirst();
    }
}
