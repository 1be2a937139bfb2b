package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Aggregates of some rows. */
final class Measures {
    private final Operator.GroupBy.Measure measure;
    private final String step;
    private final boolean inTurn;

    /**
     * A measure.
     *
     * @param inTurn whether rows are added up one after the other, which fixes the last digits of sums
     */
    Measures(Operator.GroupBy.Measure measure, String step, boolean inTurn) {
        this.measure = measure;
        this.step = step;
        this.inTurn = inTurn;
    }

    @Nullable
    Object of(List<Row> rows) {
        Aggregate.Kind kind = measure.kind();
        if (kind == Aggregate.Kind.COUNT_ROWS) {
            return (long) rows.size();
        }
        List<Object> values = new ArrayList<>();
        List<Object> seconds = new ArrayList<>();
        for (Row row : rows) {
            List<@Nullable Object> inputs = row.cells(measure.inputs());
            Approximate.refuse(inputs);
            for (Object input : inputs) {
                if (input instanceof CellError) {
                    return input;
                }
            }
            Object first = inputs.get(0);
            Object last = inputs.get(inputs.size() - 1);
            if (first != null && last != null) {
                values.add(first);
                seconds.add(last);
            }
        }
        return of(kind, values, seconds);
    }

    private @Nullable Object of(Aggregate.Kind kind, List<Object> values, List<Object> seconds) {
        int size = values.size();
        return switch (kind) {
            case COUNT_ROWS, COUNT -> (long) size;
            case COUNT_DISTINCT -> (long) different(values).size();
            case LIST -> values;
            case TOP_VALUES -> frequencies(values, -1);
            case BOTTOM_VALUES -> frequencies(values, 1);
            case MODE -> size == 0 ? null : counted(values, -1).get(0).getKey();
            case VARIANCE, STANDARD_DEVIATION, SKEWNESS, KURTOSIS -> Statistics.moment(kind, values);
            case COVARIANCE, CORRELATION -> Statistics.pair(kind, values, seconds);
            default -> size == 0 ? null : ofSome(kind, values, seconds);
        };
    }

    private @Nullable Object ofSome(Aggregate.Kind kind, List<Object> values, List<Object> seconds) {
        return switch (kind) {
            case MIN -> extreme(values, -1);
            case MAX -> extreme(values, 1);
            case FIRST -> values.get(0);
            case LAST -> values.get(values.size() - 1);
            case SUM -> sum(values);
            case SUM_DISTINCT -> sum(different(values));
            case MEAN -> mean(values);
            case MEAN_DISTINCT -> mean(different(values));
            case WEIGHTED_MEAN -> weighted(values, seconds);
            case QUANTILE -> Statistics.quantile(values, measure.parameter().orElseThrow());
            case ANY -> values.contains(true);
            case ALL -> !values.contains(false);
            default -> throw new NotInReference(kind.toString());
        };
    }

    /** The first of each of the values that are equal. */
    private static List<Object> different(List<Object> values) {
        Set<List<Object>> seen = new HashSet<>();
        return values.stream()
                .filter(value -> seen.add(Order.key(List.of(value))))
                .toList();
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

    /** Values with their counts, most frequent first for -1, least frequent for 1; of equal counts the least value. */
    private List<Map.Entry<Object, Long>> counted(List<Object> values, int sign) {
        List<Map.Entry<Object, Long>> counts = new ArrayList<>();
        for (Object value : different(values)) {
            long count =
                    values.stream().filter(other -> Order.equal(value, other)).count();
            counts.add(Map.entry(value instanceof Double number ? number + 0.0 : value, count));
        }
        counts.sort((left, right) -> {
            int byCount = sign * Long.compare(left.getValue(), right.getValue());
            return byCount != 0 ? byCount : Order.compare(left.getKey(), right.getKey());
        });
        return counts;
    }

    private List<Object> frequencies(List<Object> values, int sign) {
        List<Object> structs = new ArrayList<>();
        for (Map.Entry<Object, Long> entry : counted(values, sign)) {
            if (structs.size() < measure.parameter().orElseThrow()) {
                Map<String, Object> struct = new LinkedHashMap<>();
                struct.put("value", entry.getKey());
                struct.put("count", entry.getValue());
                structs.add(struct);
            }
        }
        return structs;
    }

    private Object sum(List<Object> values) {
        DataType type = measure.type();
        if (type instanceof DataType.Float64) {
            return rounded(total(values), values, 1);
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

    private Object mean(List<Object> values) {
        return rounded(total(values) / values.size(), values, values.size());
    }

    /** A quotient of a sum: as it is when added up in turn, else about it. */
    private Object rounded(double result, List<Object> values, double divisor) {
        if (inTurn || !(values.get(0) instanceof Double)) {
            return result;
        }
        double most =
                values.stream().mapToDouble(value -> Math.abs((Double) value)).sum();
        return most < 1e290 ? new Approximate(result, 1e-12 * most / divisor) : Approximate.ANY;
    }

    private Object weighted(List<Object> values, List<Object> weights) {
        List<Object> products = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            products.add((Double) values.get(i) * (Double) weights.get(i));
        }
        double divisor = total(weights);
        if (divisor == 0) {
            if (!inTurn) {
                throw new NotInReference("the text of a sum of weighted values");
            }
            return new CellError(CellError.Code.DIVISION_BY_ZERO, Double.toString(total(products)), "", 0, step);
        }
        double mean = total(products) / divisor;
        return inTurn ? mean : Approximate.ANY;
    }

    static BigDecimal exact(List<Object> values) {
        BigDecimal sum = null;
        for (Object value : values) {
            BigDecimal exact = value instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) value;
            sum = sum == null ? exact : sum.add(exact);
        }
        return sum == null ? BigDecimal.ZERO : sum;
    }

    /** Of float64 a sum with compensation (Neumaier), where that is a number; of others the nearest to the exact one. */
    static double total(List<Object> values) {
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
