package io.millrace.dataflow.testing.random;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.table.Table;
import io.millrace.dataflow.testing.reference.Approximate;
import io.millrace.dataflow.testing.reference.Reference;
import io.millrace.dataflow.testing.reference.Row;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What became of a plan: its rows, in which an error value stands in its cell, or the code of its failure.
 *
 * @param rows the rows in order; empty when the plan failed
 * @param failure the code of the failure; empty when there are rows
 */
public record Outcome(List<List<@Nullable Object>> rows, String failure) {
    /** What an engine makes of a plan. */
    public static Outcome of(Engine engine, Dataflow dataflow) {
        return caught(() -> {
            try (Table table = dataflow.collect(engine)) {
                List<List<@Nullable Object>> rows = new ArrayList<>();
                table.rows().forEach(row -> rows.add(new ArrayList<>(row)));
                for (Table.LocatedError error : table.errors()) {
                    int column = table.schema().position(error.column(), "a comparison");
                    rows.get((int) error.row()).set(column, error.error());
                }
                return rows;
            }
        });
    }

    /** What the reference makes of a plan. */
    public static Outcome ofReference(Plan plan) {
        return caught(() -> {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (Row row : Reference.run(plan)) {
                rows.add(row.cells());
            }
            return rows;
        });
    }

    private static Outcome caught(Supplier<List<List<@Nullable Object>>> run) {
        try {
            return new Outcome(run.get(), "");
        } catch (DataflowException failed) {
            return new Outcome(List.of(), failed.code().toString());
        }
    }

    /** The first difference from another outcome, or empty; of a failure too. NaN is NaN, and -0.0 is not 0.0. */
    public Optional<String> differenceFrom(Outcome expected) {
        if (!expected.failure.isEmpty()) {
            // Which of two failures comes first is open, but not whether there is one.
            return failure.isEmpty()
                    ? Optional.of("gave " + rows.size() + " rows and did not fail with " + expected.failure)
                    : Optional.empty();
        }
        if (!failure.isEmpty()) {
            return Optional.of("failed with " + failure);
        }
        if (rows.size() != expected.rows.size()) {
            return Optional.of(rows.size() + " rows and not " + expected.rows.size());
        }
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                if (expected.rows.get(row).get(column) instanceof Approximate number
                        && number.accepts(rows.get(row).get(column))) {
                    continue;
                }
                String actual = word(rows.get(row).get(column));
                String wanted = word(expected.rows.get(row).get(column));
                if (!actual.equals(wanted)) {
                    return Optional.of(String.format(
                            Locale.ROOT, "row %d, column %d is %s and not %s", row, column, actual, wanted));
                }
            }
        }
        return Optional.empty();
    }

    /** A cell with its class, so that equal texts are equal cells. */
    private static String word(@Nullable Object cell) {
        if (cell == null) {
            return "null";
        }
        if (cell instanceof byte[] bytes) {
            return "bytes " + HexFormat.of().formatHex(bytes);
        }
        if (cell instanceof List<?> list) {
            List<String> words = new ArrayList<>();
            list.forEach(element -> words.add(word(element)));
            return words.toString();
        }
        if (cell instanceof Map<?, ?> struct) {
            List<String> words = new ArrayList<>();
            struct.forEach((name, value) -> words.add(name + "=" + word(value)));
            return words.toString();
        }
        return cell.getClass().getSimpleName() + " " + cell;
    }
}
