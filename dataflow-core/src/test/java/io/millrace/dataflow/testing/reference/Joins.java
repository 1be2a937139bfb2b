package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.JoinKind;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Operator.Join.Side;
import io.millrace.dataflow.plan.TableStep;
import io.millrace.dataflow.table.CellError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operators that put the rows of two inputs side by side. */
final class Joins {
    private Joins() {}

    static List<Row> join(Operator.Join join, List<Row> left, List<Row> right) {
        if (join.expected().isLeftUnique()) {
            requireUnique(left, join.leftKeys());
        }
        if (join.expected().isRightUnique()) {
            requireUnique(right, join.rightKeys());
        }
        List<Row> rows = new ArrayList<>();
        Set<Integer> matched = new HashSet<>();
        for (Row each : left) {
            boolean found = false;
            for (int i = 0; i < right.size(); i++) {
                if (agree(each.cells(join.leftKeys()), right.get(i).cells(join.rightKeys()))) {
                    found = true;
                    matched.add(i);
                    if (!join.kind().isFilter()) {
                        rows.add(pair(join, each, right.get(i)));
                    }
                }
            }
            if (join.kind().isFilter() ? found == (join.kind() == JoinKind.SEMI) : !found && keepsLeft(join.kind())) {
                Row kept = pair(join, each, null);
                rows.add(join.kind().isFilter() ? new Row(kept.cells(), each.record()) : kept);
            }
        }
        if (join.kind() == JoinKind.RIGHT || join.kind() == JoinKind.FULL) {
            for (int i = 0; i < right.size(); i++) {
                if (!matched.contains(i)) {
                    rows.add(pair(join, null, right.get(i)));
                }
            }
        }
        return rows;
    }

    private static boolean keepsLeft(JoinKind kind) {
        return kind == JoinKind.LEFT || kind == JoinKind.FULL;
    }

    /** Without keys all agree. */
    private static boolean agree(List<@Nullable Object> left, List<@Nullable Object> right) {
        return isWhole(left) && isWhole(right) && Order.key(left).equals(Order.key(right));
    }

    private static boolean isWhole(List<@Nullable Object> key) {
        return key.stream().allMatch(cell -> cell != null && !(cell instanceof CellError));
    }

    private static void requireUnique(List<Row> rows, List<Integer> keys) {
        Set<List<Object>> seen = new HashSet<>();
        for (Row row : rows) {
            List<@Nullable Object> key = row.cells(keys);
            if (isWhole(key) && !seen.add(Order.key(key))) {
                throw DataflowException.of(ErrorCode.DUPLICATE_KEY, "a key is on two rows");
            }
        }
    }

    private static Row pair(Operator.Join join, @Nullable Row left, @Nullable Row right) {
        List<@Nullable Object> cells = new ArrayList<>();
        for (Operator.Join.Column column : join.columns()) {
            if (column.side() == Side.KEY) {
                cells.add(
                        left != null
                                ? left.cell(join.leftKeys().get(column.index()))
                                : Objects.requireNonNull(right)
                                        .cell(join.rightKeys().get(column.index())));
            } else {
                Row side = column.side() == Side.LEFT ? left : right;
                cells.add(side == null ? null : side.cell(column.index()));
            }
        }
        return new Row(cells, 0);
    }

    static List<Row> append(Operator.Append append, List<Row> left, List<Row> right, String step) {
        if (append.lengths() == TableStep.AppendColumns.Lengths.EQUAL && left.size() != right.size()) {
            throw Operator.Append.unequal(step, left.size(), right.size());
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            List<@Nullable Object> cells = new ArrayList<>();
            add(cells, left, i, append.left());
            add(cells, right, i, append.right());
            rows.add(new Row(cells, 0));
        }
        return rows;
    }

    private static void add(List<@Nullable Object> cells, List<Row> rows, int index, List<Integer> columns) {
        for (int column : columns) {
            cells.add(index < rows.size() ? rows.get(index).cell(column) : null);
        }
    }
}
