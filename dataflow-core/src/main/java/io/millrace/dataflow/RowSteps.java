package io.millrace.dataflow;

/**
 * Steps that turn one row into one row, looking at nothing else: those about columns, and those about their values.
 *
 * @param <T> what carries the steps
 */
public sealed interface RowSteps<T extends RowSteps<T>> extends ColumnSteps<T>, ValueSteps<T>, ErrorSteps<T>
        permits Dataflow, Recipe {}
