package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.schema.DataTypes;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of a column, stretched in place from the range of the data to another one, as {@code float64}. A value beyond
 * the range of the data gets the nearer end; all values of a constant column get the lower one. Nulls, errors and NaN stay.
 * Immutable.
 */
public final class MinMaxScale implements Learnt {
    private final Dataflow dataflow;
    private final String column;
    private final Range data;
    private final Range range;

    MinMaxScale(Dataflow dataflow, String column, Range data, Range range) {
        this.dataflow = dataflow;
        this.column = column;
        this.data = data;
        this.range = range;
    }

    /** Finite numbers from {@code low} to {@code high}, which may be equal. */
    public record Range(double low, double high) {
        public Range {
            if (!Double.isFinite(low) || !Double.isFinite(high) || low > high) {
                throw new IllegalArgumentException("no range: " + low + " to " + high);
            }
        }

        @Override
        public String toString() {
            return low + " to " + high;
        }
    }

    static void checkRange(double low, double high) {
        if (new Range(low, high).low() == high) {
            throw new IllegalArgumentException("the range must have a width: " + low + " to " + high);
        }
    }

    /** The range of the data. */
    public Range data() {
        return data;
    }

    /** The range that the values get. */
    public Range range() {
        return range;
    }

    /** The same with another range of the data. */
    public MinMaxScale withData(double low, double high) {
        return new MinMaxScale(dataflow, column, new Range(low, high), range);
    }

    /** The same with another range to stretch to. */
    public MinMaxScale withRange(double low, double high) {
        checkRange(low, high);
        return new MinMaxScale(dataflow, column, data, new Range(low, high));
    }

    @Override
    public Dataflow dataflow() {
        return dataflow;
    }

    @Override
    public Recipe toRecipe() {
        SortedMap<Double, Double> points = new TreeMap<>();
        points.put(data.high() + 0.0, range.high());
        points.put(data.low() + 0.0, range.low());
        return Recipe.empty()
                .withColumn(column, col(column).cast(DataTypes.FLOAT64).math().interpolate(points));
    }

    @Override
    public String toString() {
        return "min-max scale " + column + ": " + data + " becomes " + range;
    }
}
