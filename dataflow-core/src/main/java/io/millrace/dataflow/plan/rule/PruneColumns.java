package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.Plan;

/**
 * Leaves out the columns that nothing above reads, so that a scan neither reads nor converts them and no operator
 * carries them. Gives the plan itself when every column is read. The number of stages stays the same, but for a
 * projection under a union whose inputs are also read by others.
 */
record PruneColumns() implements Rule {
    @Override
    public String name() {
        return "leave out columns that nothing reads";
    }

    @Override
    public Plan apply(Plan plan) {
        return PrunedColumns.of(plan);
    }
}
