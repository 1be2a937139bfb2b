package io.millrace.dataflow.plan;

import java.util.stream.Collectors;

/** Plans as text: one line per stage, its inputs and what it gives. Shows no secret. */
public final class Explain {
    private Explain() {}

    /** The text of a plan, the first line being the source. */
    public static String of(Plan plan) {
        StringBuilder text = new StringBuilder();
        for (Plan.Stage stage : plan.stages()) {
            text.append(stage.id()).append("  ").append(stage.text());
            if (!stage.inputs().isEmpty()) {
                text.append("  <- ")
                        .append(stage.inputs().stream().map(String::valueOf).collect(Collectors.joining(", ")));
            }
            text.append("\n     ").append(stage.schema()).append('\n');
        }
        return text.toString();
    }
}
