/**
 * Learns something about columns from the rows of a training fold and applies it to any row.
 *
 * <p>A fitted feature gives the same numbers for one row as for a batch.
 */
@NullMarked
package io.millrace.automl.feature;

import org.jspecify.annotations.NullMarked;
