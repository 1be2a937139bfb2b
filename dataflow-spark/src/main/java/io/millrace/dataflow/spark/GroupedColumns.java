package io.millrace.dataflow.spark;

import io.millrace.dataflow.plan.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The columns that a group-by looks at.
 *
 * @param chosen their positions, ascending
 * @param group the same group-by over these columns alone
 */
record GroupedColumns(List<Integer> chosen, Operator.GroupBy group) {
    static GroupedColumns of(Operator.GroupBy group) {
        TreeSet<Integer> looked = new TreeSet<>(group.keys());
        group.measures().forEach(measure -> looked.addAll(measure.inputs()));
        List<Integer> chosen = List.copyOf(looked);
        List<Operator.GroupBy.Measure> measures = new ArrayList<>();
        for (Operator.GroupBy.Measure measure : group.measures()) {
            measures.add(new Operator.GroupBy.Measure(
                    measure.kind(), moved(measure.inputs(), chosen), measure.parameter(), measure.type()));
        }
        return new GroupedColumns(chosen, new Operator.GroupBy(moved(group.keys(), chosen), measures));
    }

    private static List<Integer> moved(List<Integer> positions, List<Integer> chosen) {
        return positions.stream().map(chosen::indexOf).toList();
    }
}
