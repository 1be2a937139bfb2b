package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.expr.CaseBuilder;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.schema.DataTypes;
import java.util.List;

/**
 * The number of the bin that a value lies in, from 0, in a new column of {@code int64}. A bin holds its lower edge and not
 * its upper one; what lies before the first bin is in it, and what lies behind the last in that. Nulls and NaN are null,
 * errors stay. Immutable.
 */
public final class Bins implements Learnt {
    private final Dataflow dataflow;
    private final String column;
    private final String newColumn;
    private final List<Double> edges;

    Bins(Dataflow dataflow, String column, String newColumn, List<Double> edges) {
        this.dataflow = dataflow;
        this.column = column;
        this.newColumn = newColumn;
        this.edges = List.copyOf(edges);
    }

    /** The edges, one more than there are bins, rising; both are the same where all values are. */
    public List<Double> edges() {
        return edges;
    }

    /**
     * The same with other edges.
     *
     * @throws IllegalArgumentException for fewer than two edges, or when they do not rise
     */
    public Bins withEdges(List<Double> changed) {
        boolean rising = changed.size() > 1;
        for (int i = 1; i < changed.size(); i++) {
            rising &= changed.get(i - 1) < changed.get(i);
        }
        if (!rising) {
            throw new IllegalArgumentException("edges must be at least two, and rise: " + changed);
        }
        return new Bins(dataflow, column, newColumn, changed);
    }

    @Override
    public Dataflow dataflow() {
        return dataflow;
    }

    @Override
    public Recipe toRecipe() {
        Expr value = col(column).cast(DataTypes.FLOAT64);
        CaseBuilder.Branches choice =
                Expr.when(value.isNull().or(value.math().isNan())).then(null);
        for (int bin = edges.size() - 2; bin > 0; bin--) {
            choice = choice.when(value.ge(edges.get(bin))).then(bin);
        }
        return Recipe.empty().withColumn(newColumn, choice.otherwise(0));
    }

    /** Each bin with its edges. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("bins of ").append(column).append(" as ").append(newColumn);
        for (int bin = 0; bin < edges.size() - 1; bin++) {
            boolean last = bin == edges.size() - 2;
            text.append("\n  ").append(bin).append(": [").append(edges.get(bin)).append(", ");
            text.append(edges.get(bin + 1)).append(last ? ']' : ')');
        }
        return text.toString();
    }
}
