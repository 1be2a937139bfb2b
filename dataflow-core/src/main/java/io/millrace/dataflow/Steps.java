package io.millrace.dataflow;

import io.millrace.dataflow.plan.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Adds steps to whatever carries them, for the interfaces that describe what can be added. */
final class Steps {
    private Steps() {}

    /** What carries the steps, as the type that its steps give. */
    @SuppressWarnings("unchecked") // T is what extends RowSteps<T>: Dataflow or Recipe, each of itself
    static <T extends RowSteps<T>> T carrier(ValueSteps<T> steps) {
        return (T) steps;
    }

    @SuppressWarnings("unchecked") // as above
    static <T extends RowSteps<T>> T add(Object on, Step step) {
        return (T) (on instanceof Dataflow dataflow ? dataflow.then(step) : ((Recipe) on).then(step));
    }

    /** The result of a step over several dataflows. */
    static Dataflow combine(CombiningSteps first, Step step, Dataflow second, Dataflow... others) {
        List<Dataflow> after = new ArrayList<>(List.of(second));
        after.addAll(Arrays.asList(others));
        return ((Dataflow) first).then(step, after);
    }
}
