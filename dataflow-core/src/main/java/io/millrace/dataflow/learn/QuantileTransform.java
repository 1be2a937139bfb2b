package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.schema.DataTypes;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A new column of {@code float64} with the share of the values that lie below each value or, for a normal distribution, its
 * quantile there: straight lines between the points that were learnt. Never falls where the column rises; beyond the points
 * it is that of the nearest one; a constant column gives the middle, 0.5 or 0. Nulls, errors and NaN stay. Immutable.
 */
public final class QuantileTransform implements Learnt {
    private final Dataflow dataflow;
    private final String column;
    private final String newColumn;
    private final SortedMap<Double, Double> points;

    QuantileTransform(Dataflow dataflow, String column, String newColumn, SortedMap<Double, Double> points) {
        this.dataflow = dataflow;
        this.column = column;
        this.newColumn = newColumn;
        this.points = Collections.unmodifiableSortedMap(new TreeMap<>(points));
    }

    /** What each value that was learnt becomes. */
    public SortedMap<Double, Double> points() {
        return points;
    }

    /**
     * The same with other points.
     *
     * @throws IllegalArgumentException for no points, or one that is not finite
     */
    public QuantileTransform withPoints(SortedMap<Double, Double> changed) {
        changed.forEach((value, height) -> {
            if (!Double.isFinite(value) || !Double.isFinite(height)) {
                throw new IllegalArgumentException("no point: " + value + " -> " + height);
            }
        });
        if (changed.isEmpty()) {
            throw new IllegalArgumentException("a transform needs at least one point");
        }
        return new QuantileTransform(dataflow, column, newColumn, changed);
    }

    @Override
    public Dataflow dataflow() {
        return dataflow;
    }

    @Override
    public Recipe toRecipe() {
        return Recipe.empty()
                .withColumn(
                        newColumn, col(column).cast(DataTypes.FLOAT64).math().interpolate(points));
    }

    /** The ends of what was learnt, and between how many values. */
    @Override
    public String toString() {
        double first = points.firstKey();
        double last = points.lastKey();
        return "quantile transform " + column + " as " + newColumn + ": " + points.size()
                + (points.size() == 1 ? " value, " : " values, ") + first + " -> " + points.get(first)
                + (points.size() == 1 ? "" : " to " + last + " -> " + points.get(last));
    }
}
