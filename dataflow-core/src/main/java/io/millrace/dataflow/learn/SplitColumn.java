package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.ColumnSelector.columns;
import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.learn.example.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The parts of a column of text as columns of text, right of it. Null gives null in all of them, and an error that error. A
 * text that the layout does not fit is null in all of them, or, if asked for, a {@code NO_MATCH} error with the text.
 * Immutable.
 */
public final class SplitColumn implements Learnt {
    private final Dataflow dataflow;
    private final String column;
    private final List<String> names;
    private final Layout layout;
    private final Counts counts;
    private final boolean hasErrors;

    SplitColumn(Dataflow dataflow, String column, List<String> names, Layout layout, Counts counts) {
        this(dataflow, column, names, layout, counts, false);
    }

    private SplitColumn(
            Dataflow dataflow, String column, List<String> names, Layout layout, Counts counts, boolean hasErrors) {
        this.dataflow = dataflow;
        this.column = column;
        this.names = List.copyOf(names);
        this.layout = layout;
        this.counts = counts;
        this.hasErrors = hasErrors;
    }

    /**
     * How many texts the layout fits.
     *
     * @param values the cells that hold a text
     * @param fitting those of them that it parts
     * @param misfits up to 3 texts that it does not part, in the order of the rows
     */
    public record Counts(long values, long fitting, List<String> misfits) {
        public Counts {
            misfits = List.copyOf(misfits);
        }
    }

    /** How the texts fall into parts. */
    public Layout layout() {
        return layout;
    }

    /** The names of the new columns. */
    public List<String> names() {
        return names;
    }

    /** How many texts the layout fits. */
    public Counts counts() {
        return counts;
    }

    /** The same, but that a text that the layout does not fit is a {@code NO_MATCH} error in each part; null unless said. */
    public SplitColumn misfitsAsErrors() {
        return new SplitColumn(dataflow, column, names, layout, counts, true);
    }

    @Override
    public Dataflow dataflow() {
        return dataflow;
    }

    @Override
    public Recipe toRecipe() {
        Recipe recipe = Recipe.empty();
        List<String> others = new ArrayList<>();
        for (String name : names) {
            if (!name.equals(column)) {
                recipe = recipe.withColumn(name, part(name));
                others.add(name);
            }
        }
        if (!others.isEmpty()) {
            recipe = recipe.moveAfter(column, columns(others.toArray(String[]::new)));
        }
        // The column itself comes last, since the other parts are made of it.
        return names.contains(column) ? recipe.withColumn(column, part(column)) : recipe;
    }

    private Expr part(String name) {
        Expr text = col(column);
        Expr part = layout.part(text, names.indexOf(name) + 1);
        if (!hasErrors) {
            return part;
        }
        Expr unfit = text.isNotNull().and(part.isNull());
        return Expr.when(unfit).then(Expr.error("NO_MATCH", text)).otherwise(part);
    }

    /** The columns, the layout in words and as a pattern, and how many texts it fits. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("split ")
                .append(col(column))
                .append(" into ")
                .append(names.stream().map(name -> col(name).toString()).collect(Collectors.joining(", ")))
                .append(": ")
                .append(layout.words())
                .append("\n  ")
                .append(layout.pattern())
                .append("\n  fits ")
                .append(counts.fitting())
                .append(" of ")
                .append(TypeProposal.values(counts.values()));
        if (!counts.misfits().isEmpty()) {
            text.append(", not ")
                    .append(counts.misfits().stream()
                            .map(misfit -> Expr.lit(misfit).toString())
                            .collect(Collectors.joining(", ")));
        }
        return text.toString();
    }
}
