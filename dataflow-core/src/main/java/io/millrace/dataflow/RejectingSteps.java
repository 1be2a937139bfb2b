package io.millrace.dataflow;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.plan.RowStep;
import java.util.Arrays;
import java.util.Optional;

/** Steps that leave out rows for their error values, or end the run. */
public sealed interface RejectingSteps permits Dataflow {
    /**
     * Fails the run when a row has an error value in one of {@code columns}; in any when none are named. Rows that a
     * {@code limit} after it makes superfluous need not be looked at. Engines: local, Spark.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}; {@code TOO_MANY_ERRORS} when run
     */
    default Dataflow failOnErrors(String... columns) {
        return Steps.add(this, new RowStep.RejectErrors(Arrays.asList(columns), 0, Optional.empty()));
    }

    /** Leaves out the rows with an error value in one of {@code columns}; in any when none are named. Engines: local, Spark. */
    default Dataflow dropErrors(String... columns) {
        return Steps.add(
                this,
                new RowStep.RejectErrors(Arrays.asList(columns), RowStep.RejectErrors.ANY_NUMBER, Optional.empty()));
    }

    /** As {@link #dropErrors}, and fails the run when more than {@code rows} rows are left out. Engines: local, Spark. */
    default Dataflow dropErrorsAtMost(long rows, String... columns) {
        return Steps.add(this, new RowStep.RejectErrors(Arrays.asList(columns), rows, Optional.empty()));
    }

    /**
     * Leaves out the rows with an error value in one of {@code columns}, in any when none are named, and writes their
     * errors to a CSV file with the columns file, record, column, code and text, a line for each
     * error in the order of the rows. The file appears when all rows have been seen, in place of one that was there; a run
     * that ends before leaves none. On Spark the driver writes it. Engines: local, Spark.
     *
     * @param path a local file
     * @throws DataflowException {@code UNKNOWN_COLUMN}; {@code IO_FAILED} when run
     */
    default Dataflow quarantine(String path, String... columns) {
        return Steps.add(
                this,
                new RowStep.RejectErrors(Arrays.asList(columns), RowStep.RejectErrors.ANY_NUMBER, Optional.of(path)));
    }
}
