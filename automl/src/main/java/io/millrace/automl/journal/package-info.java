/**
 * The journal of an experiment: an append-only file of what was decided, started and finished, with every result.
 *
 * <p>Whatever the instant at which the process dies, the journal can be read up to its last whole record, and the
 * experiment goes on from there. It holds clocks and durations, which models and leaderboards do not, and no secret.
 */
@NullMarked
package io.millrace.automl.journal;

import org.jspecify.annotations.NullMarked;
