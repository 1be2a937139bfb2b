package io.millrace.dataflow.testing;

import io.millrace.dataflow.plan.Step;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The classes of all steps of the language. */
public final class StepTypes {
    private StepTypes() {}

    /** Every record that is a step, kind by kind. */
    public static Set<Class<?>> all() {
        return Arrays.stream(Step.class.getPermittedSubclasses())
                .flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
