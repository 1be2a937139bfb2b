package io.millrace.automl.learner;

class ExtraTreesTest implements LearnerContract {
    @Override
    public Learner learner() {
        return ForestLearner.extraTrees();
    }

    @Override
    public Parameters quick() {
        return Parameters.empty().with("rounds", 30).with("feature_fraction_bynode", 0.8);
    }
}
