package io.millrace.automl.learner;

class RandomForestTest implements LearnerContract {
    @Override
    public Learner learner() {
        return ForestLearner.randomForest();
    }

    @Override
    public Parameters quick() {
        return Parameters.empty().with("rounds", 30);
    }
}
