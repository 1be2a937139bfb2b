package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.Plan;

/** One way to rewrite a plan: the new one gives the same columns, rows, order and errors for less work. */
interface Rule {
    /** What it does, as {@code explain} says it: "merge filters". */
    String name();

    /** The plan rewritten; the plan itself where there is nothing to do. Takes time linear in the stages. */
    Plan apply(Plan plan);
}
