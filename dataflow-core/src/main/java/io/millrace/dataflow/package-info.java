/**
 * The front door of dataflows: {@code Dataflow}, {@code Recipe} and {@code Engine}.
 *
 * <p>A dataflow is lazy and immutable: every method returns another dataflow, and nothing is read until an engine runs it.
 */
@NullMarked
package io.millrace.dataflow;

import org.jspecify.annotations.NullMarked;
