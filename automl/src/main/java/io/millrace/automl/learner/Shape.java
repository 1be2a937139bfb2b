package io.millrace.automl.learner;

/**
 * What can be said about a fit before it is made: the size of the data and the memory declared for it.
 *
 * @param rows the number of training rows
 * @param features the number of features after encoding
 * @param classes the number of classes; 0 for regression
 * @param objective what is predicted
 * @param memoryLimit the memory that one fit may take, in bytes
 */
public record Shape(int rows, int features, int classes, Objective objective, long memoryLimit) {}
