package io.millrace.dataflow.local;

import io.millrace.dataflow.table.Cells;
import java.util.List;

/** Rows that stand partition after partition and each in its order, known by their places there, which are ranks. */
interface RankedRows {
    /** Some columns of the rows. */
    RankedColumns columns(List<Integer> columns);

    /** Where in its batch the row of a rank stands. */
    int place(int rank);

    /** Whether the row of a rank is equal in every key to the one before it. */
    boolean isPeerOfPrevious(int rank);

    /** Stops when that is asked for; looks now and then, by a counter that goes up. */
    void check(int counter);

    /** Columns of ranked rows. */
    @FunctionalInterface
    interface RankedColumns {
        /** The cells of the batch that holds the row of a rank; good until a row far from it is asked for. */
        List<Cells> at(int rank);
    }
}
