package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups, in the order of their first rows, and what is computed of them. */
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
            groupBy.measures().forEach(measure -> cells.add(value(measure, group, step)));
            rows.add(new Row(cells, 0));
        }
        return rows;
    }

    private static @Nullable Object value(Operator.GroupBy.Measure measure, List<Row> group, String step) {
        if (measure.kind() == Aggregate.Kind.COUNT_ROWS) {
            return (long) group.size();
        }
        List<Object> values = new ArrayList<>();
        for (Row row : group) {
            Object cell = row.cell(measure.input());
            if (cell instanceof CellError) {
                return cell;
            }
            if (cell != null) {
                values.add(cell);
            }
        }
        return switch (measure.kind()) {
            case COUNT -> (long) values.size();
            case COUNT_DISTINCT ->
                values.stream()
                        .map(value -> Order.key(List.of(value)))
                        .distinct()
                        .count();
            case MIN -> extreme(values, -1);
            case MAX -> extreme(values, 1);
            case SUM -> values.isEmpty() ? null : sum(values, measure.type(), step);
            case MEAN -> values.isEmpty() ? null : total(values) / values.size();
            default -> throw new NotInReference(measure.kind().toString());
        };
    }

    private static @Nullable Object extreme(List<Object> values, int sign) {
        Object best = null;
        for (Object value : values) {
            if (best == null || Order.compare(value, best) * sign > 0) {
                best = value;
            }
        }
        return best;
    }

    private static Object sum(List<Object> values, DataType type, String step) {
        if (type instanceof DataType.Float64) {
            return total(values);
        }
        BigDecimal sum = exact(values);
        boolean fits = type instanceof DataType.Decimal decimal
                ? sum.precision() <= decimal.precision()
                : sum.toBigInteger().bitLength() < Long.SIZE;
        if (!fits) {
            return new CellError(CellError.Code.OVERFLOW, sum.toPlainString(), "", 0, step);
        }
        return type instanceof DataType.Decimal ? sum : (Object) sum.longValueExact();
    }

    private static BigDecimal exact(List<Object> values) {
        BigDecimal sum = null;
        for (Object value : values) {
            BigDecimal exact = value instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) value;
            sum = sum == null ? exact : sum.add(exact);
        }
        return sum == null ? BigDecimal.ZERO : sum;
    }

    /** Of float64 a sum with compensation (Neumaier), where that is a number; of others the nearest to the exact one. */
    private static double total(List<Object> values) {
        if (!(values.get(0) instanceof Double)) {
            return exact(values).doubleValue();
        }
        double sum = 0;
        double lost = 0;
        for (Object value : values) {
            double term = (Double) value;
            double next = sum + term;
            lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }
        return Double.isNaN(sum + lost) ? sum : sum + lost;
    }
}
