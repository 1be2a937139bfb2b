package io.millrace.automl.learner;

/** The mean loss of predictions: log loss for classes, squared error for numbers. */
final class Losses {
    private Losses() {}

    static double of(TrainingSet set, double[][] predicted) {
        double sum = 0;
        for (int row = 0; row < set.rows(); row++) {
            double target = set.target()[row];
            sum += switch (set.objective()) {
                case REGRESSION -> (predicted[0][row] - target) * (predicted[0][row] - target);
                case BINARY -> -Math.log(target == 1 ? predicted[0][row] : 1 - predicted[0][row]);
                case MULTICLASS -> -Math.log(predicted[(int) target][row]);
            };
        }
        return sum / set.rows();
    }

    /** The loss of always predicting the mean, or the share of every class. */
    static double ofTrivial(TrainingSet train, TrainingSet test) {
        return of(test, Targets.constantModel(train).predict(test.matrix()));
    }
}
