package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites plans so that they do less work, before an engine runs them. The columns, the rows, their order and every error
 * value stay as they are, and a run fails when it failed before. Immutable and thread-safe; takes time linear in the
 * stages.
 */
public final class Optimiser {
    private final List<Rule> rules;

    private Optimiser(List<Rule> rules) {
        this.rules = rules;
    }

    /** The optimiser of all rules, which computes constants by {@code evaluation}. */
    public static Optimiser of(Evaluation evaluation) {
        return new Optimiser(List.of(
                new FoldConstants(evaluation),
                new ShareStages(),
                new PushFilters(),
                new MergeFilters(),
                new DropDeadSteps(),
                new PushLimits(),
                new PruneColumns(),
                new MergeProjections()));
    }

    /** The optimiser that leaves plans as they are. */
    public static Optimiser none() {
        return new Optimiser(List.of());
    }

    /** What the rules are called, in the order they are applied. */
    public List<String> rules() {
        return rules.stream().map(Rule::name).toList();
    }

    /** The plan after all rules. */
    public Plan apply(Plan plan) {
        Plan current = plan;
        for (Rule rule : rules) {
            current = rule.apply(current);
        }
        return current;
    }

    /** The rules that change {@code plan}, in the order they are applied, each with the plan that it leaves. */
    @SuppressWarnings("ReferenceEquality") // a rule without anything to do gives the plan itself
    public List<Applied> trace(Plan plan) {
        List<Applied> applied = new ArrayList<>();
        Plan current = plan;
        for (Rule rule : rules) {
            Plan next = rule.apply(current);
            if (next != current) {
                applied.add(new Applied(rule.name(), next));
            }
            current = next;
        }
        return applied;
    }

    /** The operators of {@code plan}, and after each rule that changes it, by name, those that it leaves. */
    public String explain(Plan plan) {
        StringBuilder text = new StringBuilder("as bound\n").append(OperatorText.of(plan));
        for (Applied each : trace(plan)) {
            text.append('\n').append(each.rule()).append('\n').append(OperatorText.of(each.plan()));
        }
        return text.toString();
    }

    /** A rule that changed a plan, and the plan that it left. */
    public record Applied(String rule, Plan plan) {}
}
