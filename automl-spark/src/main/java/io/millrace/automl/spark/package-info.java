/**
 * Runs the trials of an experiment as tasks of Spark, and trains the learners that are distributed there.
 *
 * <p>A trial is an ordinary task over broadcast data: any executor may die.
 */
@NullMarked
package io.millrace.automl.spark;

import org.jspecify.annotations.NullMarked;
