package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.TypedExpr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that look at one row at a time. */
final class Rowwise {
    private Rowwise() {}

    static List<Row> values(Operator.Values values) {
        List<Row> rows = new ArrayList<>();
        for (List<@Nullable Object> cells : values.rows()) {
            List<@Nullable Object> typed = new ArrayList<>();
            for (int i = 0; i < cells.size(); i++) {
                typed.add(
                        Evaluation.typed(cells.get(i), values.schema().field(i).type()));
            }
            rows.add(new Row(typed, rows.size() + 1));
        }
        return rows;
    }

    static List<Row> expand(List<List<TypedExpr>> lists, List<Row> input, String step) {
        List<Row> rows = new ArrayList<>();
        for (Row row : input) {
            Evaluation evaluation = new Evaluation(row, step);
            for (List<TypedExpr> list : lists) {
                List<@Nullable Object> cells = new ArrayList<>();
                list.forEach(expression -> cells.add(evaluation.of(expression)));
                rows.add(new Row(cells, row.record()));
            }
        }
        return rows;
    }

    static List<Row> numbered(List<Row> input) {
        List<Row> rows = new ArrayList<>();
        for (Row row : input) {
            List<@Nullable Object> cells = new ArrayList<>(row.cells());
            cells.add(rows.size() + 1L);
            rows.add(new Row(cells, row.record()));
        }
        return rows;
    }

    static List<Row> filter(Operator.Filter filter, List<Row> input, String step) {
        List<Row> rows = new ArrayList<>();
        for (Row row : input) {
            if (Boolean.TRUE.equals(new Evaluation(row, step).of(filter.predicate()))) {
                rows.add(row);
            }
        }
        return rows;
    }
}
