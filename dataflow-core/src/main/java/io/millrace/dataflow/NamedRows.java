package io.millrace.dataflow;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows by the names of their columns, as rows in the order of a schema. */
final class NamedRows {
    private NamedRows() {}

    /**
     * The rows in the order of {@code schema}.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}
     */
    static List<List<@Nullable Object>> inOrder(
            Schema schema, List<? extends Map<String, ? extends @Nullable Object>> rows) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (Map<String, ? extends @Nullable Object> row : rows) {
            for (String name : row.keySet()) {
                schema.position(name, "row " + (all.size() + 1));
            }
            List<@Nullable Object> values = new ArrayList<>();
            schema.names().forEach(name -> values.add(row.get(name)));
            all.add(values);
        }
        return all;
    }
}
