package io.millrace.dataflow.local;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.table.Batch;

/** Gives all rows, and fails when there are none. */
final class RequireRowsOperator extends SingleInput {
    private final Plan.Stage stage;
    private boolean satisfied;

    RequireRowsOperator(Plan.Stage stage) {
        this.stage = stage;
    }

    @Override
    public boolean comesFirst() {
        return true;
    }

    @Override
    public int wants() {
        int wants = super.wants();
        if (wants == DONE && !satisfied) {
            throw noRows(stage);
        }
        return wants;
    }

    @Override
    public Batch next() {
        Batch batch = take();
        satisfied |= batch.rowCount() > 0;
        return batch;
    }

    private static DataflowException noRows(Plan.Stage stage) {
        return DataflowException.of(
                ErrorCode.EMPTY_SOURCE, "Cannot go on after " + stage.text() + ": there are no rows", stage.where());
    }
}
