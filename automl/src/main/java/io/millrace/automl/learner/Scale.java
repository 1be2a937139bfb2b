package io.millrace.automl.learner;

/**
 * How a learnt number becomes a value of the target: {@code offset + factor * number}. Libraries keep targets as
 * floats, in which a large mean would drown the differences.
 */
record Scale(double offset, double factor) {
    static final Scale NONE = new Scale(0, 1);

    /** The mean and deviation of the target of a regression; no scale for classes. */
    static Scale of(TrainingSet train) {
        if (train.objective() != Objective.REGRESSION) {
            return NONE;
        }
        double mean = Targets.mean(train);
        return new Scale(mean, Targets.deviation(train, mean));
    }

    void apply(double[][] values) {
        if (offset != 0 || factor != 1) {
            for (double[] output : values) {
                for (int row = 0; row < output.length; row++) {
                    output[row] = offset + factor * output[row];
                }
            }
        }
    }
}
