package io.millrace.dataflow;

import io.millrace.dataflow.plan.Step;
import java.util.ArrayList;
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

    Recipe then(Step step) {
        List<Step> extended = new ArrayList<>(steps);
        extended.add(step);
        return new Recipe(List.copyOf(extended));
    }
}
