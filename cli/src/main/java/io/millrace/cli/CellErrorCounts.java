package io.millrace.cli;

import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellErrors;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts the error values of rows that pass by, column by column. */
final class CellErrorCounts {
    private final Map<String, Long> counts = new TreeMap<>();
    private String example = "";

    /** Counts those of a batch. */
    void add(Batch batch) {
        for (int column = 0; column < batch.schema().size(); column++) {
            CellErrors errors = batch.cells(column).errors();
            if (!errors.isEmpty()) {
                counts.merge(batch.schema().field(column).name(), (long) errors.size(), Long::sum);
                if (example.isEmpty()) {
                    example = errors.error(0).text();
                }
            }
        }
    }

    /** The number of error values. */
    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** "3 cells do not fit their types: age 2, fee 1; the first is 'abc'"; empty if there are none. */
    Optional<String> sentence() {
        if (counts.isEmpty()) {
            return Optional.empty();
        }
        String columns = counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        long total = total();
        return Optional.of((total == 1 ? "1 cell does not fit its type: " : total + " cells do not fit their types: ")
                + columns + "; the first is '" + example + "'");
    }
}
