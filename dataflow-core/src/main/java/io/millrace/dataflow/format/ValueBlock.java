package io.millrace.dataflow.format;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Consecutive rows of one file as values, for formats whose libraries give them so. */
public final class ValueBlock implements Block {
    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private final Schema schema;
    private final List<String> files;
    private final int ordinal;
    private final String step;
    private final long first;

    /** A value that its type does not have, as it is shown in its error. */
    public record Misfit(String text) {}

    /**
     * No rows yet.
     *
     * @param files the names of the files of the scan
     * @param ordinal which of them the rows come from
     * @param step the text of the step, for errors
     * @param first the number of the first record
     */
    public ValueBlock(Schema schema, List<String> files, int ordinal, String step, long first) {
        this.schema = schema;
        this.files = files;
        this.ordinal = ordinal;
        this.step = step;
        this.first = first;
    }

    /** Adds a row: values as {@code Literals} normalises them, nulls and {@link Misfit}s, in the order of the columns. */
    public void add(@Nullable Object[] row) {
        rows.add(row);
    }

    @Override
    public Batch decode(BufferAllocator allocator) {
        try (RowBuilder builder = new RowBuilder(schema, files, ordinal, allocator)) {
            long record = first;
            for (@Nullable Object[] row : rows) {
                for (int column = 0; column < row.length; column++) {
                    if (row[column] instanceof Misfit misfit) {
                        builder.error(
                                column,
                                new CellError(CellError.Code.CAST, misfit.text(), files.get(ordinal), record, step));
                    } else {
                        builder.value(column, row[column]);
                    }
                }
                builder.end(record);
                record++;
            }
            return builder.build();
        }
    }
}
