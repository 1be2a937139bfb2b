/**
 * The values of an experiment: its task, metric, validation, budget, trials and leaderboard.
 *
 * <p>They are plain immutable values, without clocks or threads.
 */
@NullMarked
package io.millrace.automl.trial;

import org.jspecify.annotations.NullMarked;
