package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.plan.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups, in the order of their first rows. */
final class Groups {
    private Groups() {}

    static List<Row> groupBy(Operator.GroupBy groupBy, List<Row> input, String step) {
        Map<List<Object>, List<Row>> groups = new LinkedHashMap<>();
        if (groupBy.keys().isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        for (Row row : input) {
            List<Object> key = Order.key(row.cells(groupBy.keys()));
            groups.computeIfAbsent(key, unseen -> new ArrayList<>()).add(row);
        }
        List<Row> rows = new ArrayList<>();
        for (List<Row> group : groups.values()) {
            List<@Nullable Object> cells = new ArrayList<>();
            if (!groupBy.keys().isEmpty()) {
                cells.addAll(group.get(0).cells(groupBy.keys()));
            }
            groupBy.measures().forEach(measure -> cells.add(new Measures(measure, step, true).of(group)));
            rows.add(new Row(cells, 0));
        }
        return rows;
    }
}
