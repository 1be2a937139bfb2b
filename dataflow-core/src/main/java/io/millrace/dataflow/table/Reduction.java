package io.millrace.dataflow.table;

import io.millrace.dataflow.schema.Schema;

/**
 * One value made of all rows of a plan in a single pass, without keeping the rows: a profile, a count, a written file's
 * summary. Engines add batches to several shares at once, on threads or in other processes, and join the shares.
 *
 * <p>The value must not depend on how the rows were dealt to shares, but for estimates, which say that they are.
 * Implementations are immutable.
 *
 * @param <S> what is known of some of the rows
 * @param <R> the value
 */
public interface Reduction<S extends Reduction.Share<S>, R> {
    /** The word by which another process finds this kind of reduction. */
    String name();

    /** What makes an equal reduction of this kind in another process. */
    String settings();

    /** A share of no rows. */
    S share(Schema schema);

    /** The share that {@link Share#toBytes} wrote. */
    S share(Schema schema, byte[] bytes);

    /** The value of all rows. */
    R value(S whole, ReadReport report);

    /** What is known of some of the rows. Used by one thread at a time. */
    interface Share<S extends Share<S>> {
        /** Adds the rows of a batch, which stays the caller's. */
        void add(Batch batch);

        /** Adds what another share knows. The other is not used afterwards. */
        void join(S other);

        /** What is known, in bytes of our own. */
        byte[] toBytes();
    }
}
