package io.millrace.dataflow.kernel;

import io.millrace.dataflow.table.CellErrors;
import org.apache.arrow.vector.FieldVector;

/** One function over columns. Stateless and thread-safe. */
@FunctionalInterface
interface Kernel {
    /**
     * Writes the result of every row into {@code target}, an empty vector with room for the rows, all null. A row with
     * an error is left null.
     *
     * @return the errors of the result, those of the arguments among them
     */
    CellErrors fill(Arguments arguments, FieldVector target);
}
