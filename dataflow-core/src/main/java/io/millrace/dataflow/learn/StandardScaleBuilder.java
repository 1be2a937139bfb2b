package io.millrace.dataflow.learn;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Aggregate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Learns the mean and the standard deviation of the finite values of a column. Immutable. */
public final class StandardScaleBuilder {
    private final Dataflow dataflow;
    private final String column;

    StandardScaleBuilder(Dataflow dataflow, String column) {
        this.dataflow = dataflow;
        this.column = Objects.requireNonNull(column, "column");
    }

    /**
     * Runs the dataflow. The deviation is that of a sample, by n - 1; for a constant column, and of a single value, 1.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}; {@code TYPE_MISMATCH} for what is no number; {@code
     *     NOTHING_TO_LEARN} when the column has no finite value
     */
    public StandardScale learn(Engine engine) {
        Query.number(dataflow.schema(engine), column, "scale");
        Dataflow query = Query.finite(dataflow, column)
                .groupBy()
                .aggregate(
                        Aggregate.mean("x").as("mean"),
                        Aggregate.standardDeviation("x").as("deviation"));
        List<@Nullable Object> row = Query.rows(query, engine).get(0);
        if (!(row.get(0) instanceof Double mean)) {
            throw Query.nothing("the mean", column);
        }
        boolean varies = row.get(1) instanceof Double deviation && deviation > 0 && Double.isFinite(deviation);
        return new StandardScale(dataflow, column, mean, varies ? (Double) Objects.requireNonNull(row.get(1)) : 1.0);
    }
}
