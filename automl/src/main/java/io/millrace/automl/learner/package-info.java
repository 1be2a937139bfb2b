/**
 * Turns a matrix of numbers into a model.
 *
 * <p>A learner is a pure function of the training rows, its parameters and a seed, and declares the space of its parameters. It knows nothing of
 * dataflows.
 */
@NullMarked
package io.millrace.automl.learner;

import org.jspecify.annotations.NullMarked;
