package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.expr.Expr;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A column of {@code int64} for each label of a column, 1 where the column has the label and else 0. A label that was not
 * learnt, and null, is 0 in all of them; an error value is that error in all. The column itself stays. Immutable.
 */
public final class OneHot implements Learnt {
    private final Dataflow dataflow;
    private final String column;
    private final List<Label> labels;

    OneHot(Dataflow dataflow, String column, List<Label> labels) {
        this.dataflow = dataflow;
        this.column = column;
        this.labels = List.copyOf(labels);
    }

    /** A value, and the name of the column that says where it is. */
    public record Label(Object value, String name) {
        public Label {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(name, "name");
        }
    }

    /** The labels, in the order of their columns. */
    public List<Label> labels() {
        return labels;
    }

    /**
     * The same with these labels, to leave some out, to add some, or to give them other names. A column of the dataflow
     * that has the name of a label is replaced.
     *
     * @throws IllegalArgumentException for no labels, a value or a name that comes twice, or the name of the column itself
     */
    public OneHot withLabels(Collection<Label> changed) {
        Set<String> names = new HashSet<>();
        for (Label label : changed) {
            if (label.name().equals(column)) {
                throw new IllegalArgumentException("a label cannot have the name of its column, '" + column + "'");
            }
            if (!names.add(label.name())) {
                throw new IllegalArgumentException("two labels have the name '" + label.name() + "'");
            }
        }
        List<Object> values = Labels.checked(changed.stream().map(Label::value).toList());
        List<Label> named = changed.stream().toList();
        return new OneHot(
                dataflow,
                column,
                IntStream.range(0, named.size())
                        .mapToObj(i -> new Label(values.get(i), named.get(i).name()))
                        .toList());
    }

    @Override
    public Dataflow dataflow() {
        return dataflow;
    }

    @Override
    public Recipe toRecipe() {
        Recipe recipe = Recipe.empty();
        for (Label label : labels) {
            recipe = recipe.withColumn(
                    label.name(),
                    Expr.when(col(column).eq(label.value())).then(1).otherwise(0));
        }
        return recipe;
    }

    /** The labels and the names of their columns. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("one-hot ").append(column).append(": ");
        text.append(labels.size()).append(labels.size() == 1 ? " label" : " labels");
        for (Label label : labels) {
            text.append("\n  ").append(Expr.lit(label.value())).append(" -> ").append(Expr.col(label.name()));
        }
        return text.toString();
    }
}
