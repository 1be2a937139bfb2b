package io.millrace.dataflow.learn.example;

import io.millrace.dataflow.schema.DataType;
import java.util.List;
import java.util.Objects;

/**
 * A source column with its value in each example.
 *
 * @param values values of the type, as {@code Literals} normalises them; none is null
 */
public record SourceCells(String column, DataType type, List<Object> values) {
    public SourceCells {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(type, "type");
        values = List.copyOf(values);
    }
}
