package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.expr.SortKey.Direction;
import io.millrace.dataflow.expr.SortKey.Nulls;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.table.CellError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Operators that order rows or leave some out by looking at others. */
final class Tablewise {
    private Tablewise() {}

    static List<Row> sort(Operator.Sort sort, List<Row> input) {
        List<Row> rows = new ArrayList<>(input);
        rows.sort(comparator(sort.keys()));
        return rows;
    }

    static Comparator<Row> comparator(List<Operator.Sort.Key> keys) {
        return (left, right) -> {
            for (Operator.Sort.Key key : keys) {
                int compared = compare(left.cell(key.index()), right.cell(key.index()), key);
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
    }

    private static int compare(@Nullable Object left, @Nullable Object right, Operator.Sort.Key key) {
        if (isAbsent(left) || isAbsent(right)) {
            int nullsLast = Boolean.compare(isAbsent(left), isAbsent(right));
            return key.nulls() == Nulls.LAST ? nullsLast : -nullsLast;
        }
        int compared = Order.compare(Objects.requireNonNull(left), Objects.requireNonNull(right));
        return key.direction() == Direction.ASCENDING ? compared : -compared;
    }

    private static boolean isAbsent(@Nullable Object cell) {
        return cell == null || cell instanceof CellError;
    }

    static List<Row> distinct(Operator.Distinct distinct, List<Row> input) {
        Map<List<Object>, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < input.size(); i++) {
            List<Object> key = Order.key(input.get(i).cells(distinct.columns()));
            places.computeIfAbsent(key, unseen -> new ArrayList<>()).add(i);
        }
        List<Integer> kept = new ArrayList<>();
        for (List<Integer> of : places.values()) {
            if (distinct.keep() == RowStep.Distinct.Keep.FIRST) {
                kept.add(of.get(0));
            } else if (distinct.keep() == RowStep.Distinct.Keep.LAST) {
                kept.add(of.get(of.size() - 1));
            } else if (of.size() > 1) {
                kept.addAll(of);
            }
        }
        return kept.stream().sorted().map(input::get).toList();
    }
}
