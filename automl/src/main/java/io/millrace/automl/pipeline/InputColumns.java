package io.millrace.automl.pipeline;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks the columns of rows that are to be scored. */
final class InputColumns {
    private static final int MOST_NAMED = 10;

    private InputColumns() {}

    /**
     * Checks that all columns of {@code schema} are among {@code found}.
     *
     * @throws DataflowException {@code MISSING_COLUMN}, with every one that is not and what it may be called there
     */
    static void requireAll(Schema schema, Collection<String> found) {
        Set<String> there = Set.copyOf(found);
        List<String> missing =
                schema.names().stream().filter(name -> !there.contains(name)).toList();
        if (missing.isEmpty()) {
            return;
        }
        List<String> free = found.stream().filter(name -> !schema.has(name)).toList();
        List<String> details = new ArrayList<>();
        for (String name : missing) {
            Suggestion.closest(name, free)
                    .ifPresent(match -> details.add(
                            missing.size() == 1
                                    ? "Did you mean '" + match + "'?"
                                    : "For '" + name + "', did you mean '" + match + "'?"));
        }
        details.add("Columns here: " + listed(List.copyOf(found), ""));
        throw DataflowException.of(
                ErrorCode.MISSING_COLUMN,
                "Cannot score rows without " + (missing.size() == 1 ? "column " : "columns ") + listed(missing, "'"),
                details);
    }

    private static String listed(List<String> names, String quote) {
        String listed = names.stream()
                .limit(MOST_NAMED)
                .map(name -> quote + name + quote)
                .collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? listed + ", and " + (names.size() - MOST_NAMED) + " more" : listed;
    }
}
