package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.table.CellError;
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

    static List<Row> explode(Operator.Explode explode, List<Row> input) {
        List<Row> rows = new ArrayList<>();
        for (Row row : input) {
            Object cell = row.cell(explode.column());
            List<@Nullable Object> elements = new ArrayList<>();
            if (cell instanceof List<?> list) {
                elements.addAll(list);
            } else if (cell instanceof CellError) {
                elements.add(cell);
            }
            if (elements.isEmpty() && explode.empty() == RowStep.Explode.Empty.NULL) {
                elements.add(null);
            }
            for (Object element : elements) {
                List<@Nullable Object> cells = new ArrayList<>(row.cells());
                cells.set(explode.column(), element);
                rows.add(new Row(cells, row.record()));
            }
        }
        return rows;
    }

    static List<Row> withoutErrors(Operator.RejectErrors reject, List<Row> input) {
        List<Row> kept = new ArrayList<>();
        for (Row row : input) {
            if (row.cells(reject.columns()).stream().noneMatch(CellError.class::isInstance)) {
                kept.add(row);
            }
        }
        if (input.size() - kept.size() > reject.atMost()) {
            throw DataflowException.of(ErrorCode.TOO_MANY_ERRORS, "too many rows have errors");
        }
        return kept;
    }
}
