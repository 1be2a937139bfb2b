package io.millrace.automl.learner;

/** What a model predicts. */
public enum Objective {
    /** One of two classes, 0 and 1; the prediction is the probability of class 1. */
    BINARY,
    /** One of three or more classes, 0 to n-1; the prediction is one probability a class. */
    MULTICLASS,
    /** A number; the prediction is its mean given the features. */
    REGRESSION;

    /** The number of values predicted for a row of data with that many classes. */
    public int outputs(int classes) {
        return this == MULTICLASS ? classes : 1;
    }
}
