package io.millrace.dataflow.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the rows of a dataflow are looked at around each row: rows with the same values in the keys are one partition, and
 * are in an order. Immutable.
 *
 * @param keys the columns whose values tell the partition, nulls being equal to each other; without any, all rows are one
 * @param order the order inside of a partition; equal rows, or all without an order, are in the order of the dataflow
 */
public record Window(List<String> keys, List<SortKey> order) {
    public Window {
        keys = List.copyOf(keys);
        order = List.copyOf(order);
    }

    /** All rows in their order. */
    public static Window all() {
        return new Window(List.of(), List.of());
    }

    /** The same with these columns as the keys of partitions. */
    public Window partitionBy(String... columns) {
        return new Window(Arrays.asList(columns), order);
    }

    /** The same in the order of columns from small to large, nulls first. */
    public Window orderBy(String... columns) {
        List<SortKey> ascending = new ArrayList<>();
        for (String column : columns) {
            ascending.add(SortKey.ascending(column));
        }
        return new Window(keys, ascending);
    }

    /** The same in the order of these keys. */
    public Window orderBy(SortKey... sortKeys) {
        return new Window(keys, Arrays.asList(sortKeys));
    }

    @Override
    public String toString() {
        String partitions = keys.stream()
                .map(ExprText::column)
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        String sorted = order.stream()
                .map(SortKey::toString)
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return "partitionBy(" + partitions + ")" + (order.isEmpty() ? "" : ".orderBy(" + sorted + ")");
    }
}
