package io.millrace.dataflow.table;

import io.millrace.dataflow.schema.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Some consecutive rows, column by column. Owns one hold of each of its cells until it is closed. */
public final class Batch implements AutoCloseable {
    private final Schema schema;
    private final List<Cells> columns;
    private final int rowCount;
    private final @Nullable Positions positions;

    private Batch(Schema schema, List<Cells> columns, int rowCount, @Nullable Positions positions) {
        this.schema = schema;
        this.columns = List.copyOf(columns);
        this.rowCount = rowCount;
        this.positions = positions;
    }

    /** Rows whose cells this batch takes over; {@code positions} is null when it is not known where they came from. */
    public static Batch of(Schema schema, List<Cells> columns, int rowCount, @Nullable Positions positions) {
        if (columns.size() != schema.size()) {
            throw new IllegalArgumentException(columns.size() + " columns for a schema of " + schema.size());
        }
        return new Batch(schema, columns, rowCount, positions);
    }

    /** The names and types of the columns. */
    public Schema schema() {
        return schema;
    }

    /** The number of rows. */
    public int rowCount() {
        return rowCount;
    }

    /** The cells of a column, still held by this batch. */
    public Cells cells(int column) {
        return columns.get(column);
    }

    /** The cells of every column, still held by this batch. */
    public List<Cells> columns() {
        return columns;
    }

    /** Where the rows came from; empty after a step that mixes rows. */
    public Optional<Positions> positions() {
        return Optional.ofNullable(positions);
    }

    @Override
    public void close() {
        columns.forEach(Cells::close);
    }
}
