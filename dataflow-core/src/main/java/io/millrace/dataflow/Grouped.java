package io.millrace.dataflow;

import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Window;
import io.millrace.dataflow.expr.WindowColumn;
import io.millrace.dataflow.plan.TableStep;
import java.util.ArrayList;
import java.util.List;

/** Rows of a dataflow by the values of key columns, waiting for what is to be computed of each group. Immutable. */
public final class Grouped {
    private final Dataflow dataflow;
    private final List<String> keys;

    Grouped(Dataflow dataflow, List<String> keys) {
        this.dataflow = dataflow;
        this.keys = keys;
    }

    /**
     * One row per combination of key values: the keys, then the aggregates. A null key is a group of its own. The groups
     * come in the order of their first rows. Engines: local, Spark.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code UNKNOWN_COLUMN}, {@code TYPE_MISMATCH} or
     *     {@code DUPLICATE_COLUMN}
     */
    public Dataflow aggregate(Aggregate first, Aggregate... rest) {
        List<Aggregate> aggregates = new ArrayList<>(List.of(first));
        aggregates.addAll(List.of(rest));
        return dataflow.then(new TableStep.GroupBy(keys, aggregates));
    }

    /**
     * Every row in its place, and after its columns the aggregates of its group. Holds all rows in memory. Engines:
     * local, Spark.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code UNKNOWN_COLUMN}, {@code TYPE_MISMATCH} or
     *     {@code DUPLICATE_COLUMN}
     */
    public Dataflow appendAggregates(Aggregate first, Aggregate... rest) {
        List<WindowColumn> aggregates = new ArrayList<>(List.of(first));
        aggregates.addAll(List.of(rest));
        return dataflow.then(new TableStep.Window(new Window(keys, List.of()), aggregates));
    }
}
