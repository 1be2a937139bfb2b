package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.schema.DataTypes;

/**
 * The values of a column less a mean, by a deviation, in place as {@code float64}. A constant column has the deviation 1,
 * so that its values become 0. Nulls and errors stay; NaN and infinities stay what they are. Immutable.
 */
public final class StandardScale implements Learnt {
    private final Dataflow dataflow;
    private final String column;
    private final double mean;
    private final double deviation;

    StandardScale(Dataflow dataflow, String column, double mean, double deviation) {
        if (!Double.isFinite(mean) || !Double.isFinite(deviation) || deviation <= 0) {
            throw new IllegalArgumentException("no mean and deviation to scale by: " + mean + ", " + deviation);
        }
        this.dataflow = dataflow;
        this.column = column;
        this.mean = mean;
        this.deviation = deviation;
    }

    /** What becomes 0. */
    public double mean() {
        return mean;
    }

    /** What becomes 1, counted from the mean. */
    public double deviation() {
        return deviation;
    }

    /**
     * The same with another mean.
     *
     * @throws IllegalArgumentException unless it is finite
     */
    public StandardScale withMean(double changed) {
        return new StandardScale(dataflow, column, changed, deviation);
    }

    /**
     * The same with another deviation.
     *
     * @throws IllegalArgumentException unless it is finite and above 0
     */
    public StandardScale withDeviation(double changed) {
        return new StandardScale(dataflow, column, mean, changed);
    }

    @Override
    public Dataflow dataflow() {
        return dataflow;
    }

    @Override
    public Recipe toRecipe() {
        return Recipe.empty()
                .withColumn(
                        column, col(column).cast(DataTypes.FLOAT64).minus(mean).dividedBy(deviation));
    }

    @Override
    public String toString() {
        return "standard scale " + column + ": mean " + mean + ", deviation " + deviation;
    }
}
