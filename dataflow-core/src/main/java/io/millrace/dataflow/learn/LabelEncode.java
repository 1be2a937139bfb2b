package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.schema.DataTypes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The number of the label that a column has, from 0, in a new column of {@code int64}. A label that was not learnt is null
 * or, if asked for, a {@code CAST} error with the text {@code unknown label X}; null stays null and an error that error.
 * Immutable.
 */
public final class LabelEncode implements Learnt {
    private final Dataflow dataflow;
    private final String column;
    private final String newColumn;
    private final Unknown unknown;
    private final List<Object> labels;

    LabelEncode(Dataflow dataflow, String column, String newColumn, Unknown unknown, List<Object> labels) {
        this.dataflow = dataflow;
        this.column = column;
        this.newColumn = newColumn;
        this.unknown = unknown;
        this.labels = List.copyOf(labels);
    }

    /** What a label that was not learnt becomes. */
    enum Unknown {
        NULL,
        ERROR
    }

    /** The labels; the number of each is its place, from 0. */
    public List<Object> labels() {
        return labels;
    }

    /**
     * The same with these labels, numbered in this order.
     *
     * @throws IllegalArgumentException for no labels, or one that comes twice
     */
    public LabelEncode withLabels(Collection<?> changed) {
        return new LabelEncode(dataflow, column, newColumn, unknown, Labels.checked(changed));
    }

    @Override
    public Dataflow dataflow() {
        return dataflow;
    }

    @Override
    public Recipe toRecipe() {
        Map<Object, Long> numbers = new LinkedHashMap<>();
        for (Object label : labels) {
            numbers.put(label, (long) numbers.size());
        }
        Expr number = col(column).lookUp(numbers);
        if (unknown == Unknown.ERROR) {
            Expr refused = Expr.lit("unknown label ").text().concat(col(column).cast(DataTypes.TEXT));
            number = number.orElse(refused.cast(DataTypes.INT64));
        }
        return Recipe.empty().withColumn(newColumn, number);
    }

    /** The labels and their numbers. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("label-encode ")
                .append(column)
                .append(" as ")
                .append(newColumn)
                .append(": ")
                .append(labels.size())
                .append(labels.size() == 1 ? " label" : " labels")
                .append(unknown == Unknown.NULL ? ", others are null" : ", others are errors");
        for (int i = 0; i < labels.size(); i++) {
            text.append("\n  ").append(Expr.lit(labels.get(i))).append(" -> ").append(i);
        }
        return text.toString();
    }
}
