package io.millrace.dataflow;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.schema.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Row-wise preparation as a value: one row in, one row out. Saved in a model and replayed where it scores, so training
 * and serving cannot differ. It has no {@code filter}: a score always has an answer. Immutable.
 */
public final class Recipe implements RowSteps<Recipe> {
    private static final Recipe EMPTY = new Recipe(List.of());

    private final List<Step> steps;

    private Recipe(List<Step> steps) {
        this.steps = steps;
    }

    /** A recipe that changes nothing. */
    public static Recipe empty() {
        return EMPTY;
    }

    /** The steps in order. */
    public List<Step> steps() {
        return steps;
    }

    @Override
    public Recipe withColumn(String name, Expr value) {
        return then(new Step.WithColumn(name, value));
    }

    @Override
    public Recipe cast(String column, DataType to) {
        return then(new Step.Cast(column, to));
    }

    @Override
    public Recipe rename(String from, String to) {
        return then(new Step.Rename(from, to));
    }

    @Override
    public Recipe select(String... columns) {
        return then(new Step.Select(Arrays.asList(columns)));
    }

    @Override
    public Recipe drop(String... columns) {
        return then(new Step.Drop(Arrays.asList(columns)));
    }

    @Override
    public Recipe fillNull(String column, Object value) {
        return then(new Step.FillNull(column, value));
    }

    private Recipe then(Step step) {
        List<Step> extended = new ArrayList<>(steps);
        extended.add(step);
        return new Recipe(List.copyOf(extended));
    }
}
