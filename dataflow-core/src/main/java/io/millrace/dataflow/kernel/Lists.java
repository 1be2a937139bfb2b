package io.millrace.dataflow.kernel;

import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;

/** Functions of lists that compare, pick and place elements, which go by {@link CellOrder}. */
final class Lists {
    private Lists() {}

    /** Where the elements of one list stand in the vector of all. */
    private record Elements(FieldVector vector, int first, int end) {
        static Elements of(Arguments arguments, int argument, int row) {
            ListVector list = (ListVector) arguments.vector(argument);
            int i = arguments.row(argument, row);
            return new Elements(list.getDataVector(), list.getElementStartIndex(i), list.getElementEndIndex(i));
        }

        int size() {
            return end - first;
        }

        IntStream positions() {
            return IntStream.range(first, end);
        }
    }

    static Kernel list(TypedExpr.Call call) {
        int size = call.arguments().size();
        return (arguments, target) -> {
            ListVector list = (ListVector) target;
            var errors = arguments.errors();
            for (int row = 0; row < arguments.rows(); row++) {
                if (errors.has(row)) {
                    continue;
                }
                int start = list.startNewValue(row);
                for (int i = 0; i < size; i++) {
                    NestedCells.copy(arguments.vector(i), arguments.row(i, row), list.getDataVector(), start + i);
                }
                list.endValue(row, size);
            }
            return errors;
        };
    }

    static Kernel element() {
        return RowByRow.of("element", (arguments, row, target) -> {
            Elements list = Elements.of(arguments, 0, row);
            long wanted = ((BigIntVector) arguments.vector(1)).get(arguments.row(1, row));
            long at = wanted < 0 ? list.size() + wanted : wanted;
            if (at >= 0 && at < list.size()) {
                NestedCells.copy(list.vector(), list.first() + (int) at, target, row);
            }
            return null;
        });
    }

    static Kernel length() {
        return RowByRow.of("list_length", (arguments, row, target) -> {
            ((BigIntVector) target).setSafe(row, Elements.of(arguments, 0, row).size());
            return null;
        });
    }

    static Kernel contains(TypedExpr.Call call) {
        CellOrder order = elementOrder(call);
        return RowByRow.of("list_contains", (arguments, row, target) -> {
            ((BitVector) target).setSafe(row, find(order, arguments, row) < 0 ? 0 : 1);
            return null;
        });
    }

    static Kernel position(TypedExpr.Call call) {
        CellOrder order = elementOrder(call);
        return RowByRow.of("list_position", (arguments, row, target) -> {
            int position = find(order, arguments, row);
            if (position >= 0) {
                ((BigIntVector) target).setSafe(row, position);
            }
            return null;
        });
    }

    private static int find(CellOrder order, Arguments arguments, int row) {
        Elements list = Elements.of(arguments, 0, row);
        for (int i = list.first(); i < list.end(); i++) {
            if (!list.vector().isNull(i)
                    && order.compare(list.vector(), i, arguments.vector(1), arguments.row(1, row)) == 0) {
                return i - list.first();
            }
        }
        return -1;
    }

    static Kernel slice() {
        return RowByRow.of("list_slice", (arguments, row, target) -> {
            Elements list = Elements.of(arguments, 0, row);
            long from = ((BigIntVector) arguments.vector(1)).get(arguments.row(1, row));
            long count = ((BigIntVector) arguments.vector(2)).get(arguments.row(2, row));
            long start = from < 0 ? Math.max(0, list.size() + from) : Math.min(list.size(), from);
            long end = start + Math.max(0, Math.min(count, list.size() - start));
            write(list.vector(), IntStream.range(list.first() + (int) start, list.first() + (int) end), target, row);
            return null;
        });
    }

    static Kernel concat() {
        return RowByRow.of("list_concat", (arguments, row, target) -> {
            ListVector result = (ListVector) target;
            int start = result.startNewValue(row);
            int at = start;
            for (int argument = 0; argument < arguments.size(); argument++) {
                Elements list = Elements.of(arguments, argument, row);
                for (int i = list.first(); i < list.end(); i++) {
                    NestedCells.copy(list.vector(), i, result.getDataVector(), at++);
                }
            }
            result.endValue(row, at - start);
            return null;
        });
    }

    static Kernel distinct(TypedExpr.Call call) {
        CellOrder order = elementOrder(call);
        return RowByRow.of("list_distinct", (arguments, row, target) -> {
            Elements list = Elements.of(arguments, 0, row);
            TreeSet<Integer> seen = new TreeSet<>(byValue(order, list.vector()));
            write(list.vector(), list.positions().filter(seen::add), target, row);
            return null;
        });
    }

    static Kernel sort(TypedExpr.Call call) {
        CellOrder order = elementOrder(call);
        return RowByRow.of("list_sort", (arguments, row, target) -> {
            Elements list = Elements.of(arguments, 0, row);
            List<Integer> sorted = new ArrayList<>(list.positions().boxed().toList());
            sorted.sort(byValue(order, list.vector()));
            write(list.vector(), sorted.stream().mapToInt(Integer::intValue), target, row);
            return null;
        });
    }

    /** The first of the least elements when {@code sign} is -1, of the greatest when it is 1. */
    static Kernel extreme(TypedExpr.Call call, int sign) {
        CellOrder order = elementOrder(call);
        return RowByRow.of("list_extreme", (arguments, row, target) -> {
            Elements list = Elements.of(arguments, 0, row);
            int best = -1;
            for (int i = list.first(); i < list.end(); i++) {
                boolean better = !list.vector().isNull(i)
                        && (best < 0 || sign * order.compare(list.vector(), i, list.vector(), best) > 0);
                best = better ? i : best;
            }
            if (best >= 0) {
                NestedCells.copy(list.vector(), best, target, row);
            }
            return null;
        });
    }

    private static void write(FieldVector elements, IntStream positions, FieldVector target, int row) {
        ListVector result = (ListVector) target;
        int start = result.startNewValue(row);
        int[] chosen = positions.toArray();
        for (int i = 0; i < chosen.length; i++) {
            NestedCells.copy(elements, chosen[i], result.getDataVector(), start + i);
        }
        result.endValue(row, chosen.length);
    }

    private static CellOrder elementOrder(TypedExpr.Call call) {
        return CellOrder.of(((DataType.ListOf) call.arguments().get(0).type()).element());
    }

    /** Positions in order of what stands there, nulls first. */
    private static Comparator<Integer> byValue(CellOrder order, FieldVector vector) {
        return (left, right) -> {
            boolean leftNull = vector.isNull(left);
            boolean rightNull = vector.isNull(right);
            return leftNull || rightNull
                    ? Boolean.compare(rightNull, leftNull)
                    : order.compare(vector, left, vector, right);
        };
    }
}
