package io.millrace.automl.pipeline;

import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Follows the target through row-wise steps, and what is computed from it. */
final class TargetTrace {
    private TargetTrace() {}

    /** The columns after all {@code steps}, other than the target, that are computed from the target. */
    static Set<String> derived(List<Step> steps, String target) {
        @Nullable String[] targetBefore = targetBefore(steps, target);
        Set<String> derived = new HashSet<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String before = targetBefore[i];
            String after = targetBefore[i + 1];
            Optional<StepColumns> columns = StepColumns.of(step);
            if (columns.isPresent() && !columns.get().written().equals(after)) {
                boolean reads = columns.get().read().stream()
                        .anyMatch(column -> column.equals(before) || derived.contains(column));
                if (step instanceof ColumnStep.Rename rename) {
                    derived.remove(rename.from());
                }
                if (reads) {
                    derived.add(columns.get().written());
                } else {
                    derived.remove(columns.get().written());
                }
            } else if (step instanceof ColumnStep.Select select) {
                derived.retainAll(select.names());
            } else if (step instanceof ColumnStep.Drop drop) {
                drop.names().forEach(derived::remove);
            }
        }
        return new TreeSet<>(derived);
    }

    /** The name of the target before each step and, last, after all; null where it is not made yet. */
    private static @Nullable String[] targetBefore(List<Step> steps, String target) {
        @Nullable String[] names = new String[steps.size() + 1];
        names[steps.size()] = target;
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            String after = names[i + 1];
            if (step instanceof ColumnStep.Rename rename && rename.to().equals(after)) {
                names[i] = rename.from();
            } else if (step instanceof ColumnStep.WithColumn with && with.name().equals(after)) {
                names[i] = StepColumns.of(step)
                        .filter(columns -> columns.read().contains(with.name()))
                        .map(columns -> with.name())
                        .orElse(null);
            } else {
                names[i] = after;
            }
        }
        return names;
    }
}
