package io.millrace.automl.learner;

class GradientBoostingLearnerTest implements LearnerContract {
    @Override
    public Learner learner() {
        return new GradientBoostingLearner();
    }

    @Override
    public Parameters quick() {
        return Parameters.empty().with("rounds", 60).with("learning_rate", 0.1);
    }
}
