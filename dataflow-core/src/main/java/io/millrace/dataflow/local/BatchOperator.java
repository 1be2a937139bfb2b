package io.millrace.dataflow.local;

import io.millrace.dataflow.table.Batch;

/**
 * An operator at work. It knows no other operator: a {@link Pipeline} asks what it wants, hands it the batches of its
 * inputs and takes those it gives. Used by one thread at a time.
 */
interface BatchOperator extends AutoCloseable {
    /** What {@link #wants} answers when {@link #next} has a batch to give. */
    int READY = -1;

    /** What {@link #wants} answers when there will be no further batch. */
    int DONE = -2;

    /** The index of the input that it needs a batch of, or {@link #READY}, or {@link #DONE}. */
    int wants();

    /** Takes over a batch of an input that it wanted. */
    void accept(int input, Batch batch);

    /** Hears that an input it wanted has no further batch. */
    void end(int input);

    /** The next batch, which the caller takes over; it may have no rows. Called when {@link #READY}. */
    Batch next();

    /** Whether it is asked for a batch before the result is, whether or not somebody will want it. */
    default boolean comesFirst() {
        return false;
    }

    /** Whether it takes all batches of its inputs, and so sees what is wrong in any, though nobody wants more of its own. */
    default boolean seesAllRows() {
        return false;
    }

    /**
     * The rows that were given by each of the operators of the plan that it does at once, the last being its own; empty
     * when it does one alone, whose rows are counted where they are taken.
     */
    default long[] rowsWithin() {
        return new long[0];
    }

    /** Asks work on other threads to stop soon. The one method that any thread may call at any time. */
    default void interrupt() {}

    /** Frees what it holds and stops what works for it. May be called more than once. */
    @Override
    void close();
}
