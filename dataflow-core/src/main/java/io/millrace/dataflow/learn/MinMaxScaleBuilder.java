package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Aggregate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Learns the least and the greatest finite value of a column. Immutable. */
public final class MinMaxScaleBuilder {
    private final Dataflow dataflow;
    private final String column;
    private final double low;
    private final double high;

    private MinMaxScaleBuilder(Dataflow dataflow, String column, double low, double high) {
        this.dataflow = dataflow;
        this.column = Objects.requireNonNull(column, "column");
        this.low = low;
        this.high = high;
    }

    static MinMaxScaleBuilder of(Dataflow dataflow, String column) {
        return new MinMaxScaleBuilder(dataflow, column, 0, 1);
    }

    /**
     * The range that the values get; 0 to 1 unless said.
     *
     * @throws IllegalArgumentException unless both are finite and {@code low} is below {@code high}
     */
    public MinMaxScaleBuilder range(double low, double high) {
        MinMaxScale.checkRange(low, high);
        return new MinMaxScaleBuilder(dataflow, column, low, high);
    }

    /**
     * Runs the dataflow.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}; {@code TYPE_MISMATCH} for what is no number; {@code
     *     NOTHING_TO_LEARN} when the column has no finite value
     */
    public MinMaxScale learn(Engine engine) {
        Query.number(dataflow.schema(engine), column, "scale");
        Dataflow query = Query.finite(dataflow, column)
                .groupBy()
                .aggregate(Aggregate.min("x").as("low"), Aggregate.max("x").as("high"))
                .withColumn("low", col("low").plus(0.0))
                .withColumn("high", col("high").plus(0.0));
        List<@Nullable Object> row = Query.rows(query, engine).get(0);
        if (!(row.get(0) instanceof Double min) || !(row.get(1) instanceof Double max)) {
            throw Query.nothing("the range", column);
        }
        return new MinMaxScale(dataflow, column, new MinMaxScale.Range(min, max), new MinMaxScale.Range(low, high));
    }

    /** Takes a range of the data that is known, and runs nothing. */
    public MinMaxScale dataRange(double min, double max) {
        return new MinMaxScale(dataflow, column, new MinMaxScale.Range(min, max), new MinMaxScale.Range(low, high));
    }
}
