package io.millrace.dataflow.table;

import io.millrace.dataflow.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rows of a result, in memory. Owns its batches until it is closed. */
public final class Table implements AutoCloseable {
    private static final int SHOWN_ROWS = 20;
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number = NUMBERS.incrementAndGet();
    private final Schema schema;
    private final List<Batch> batches;
    private final ReadReport report;
    private final Supplier<RowCounts> rowCounts;
    private final Runnable onClose;
    private volatile boolean closed;

    private Table(
            Schema schema, List<Batch> batches, ReadReport report, Supplier<RowCounts> rowCounts, Runnable onClose) {
        this.schema = schema;
        this.batches = List.copyOf(batches);
        this.report = report;
        this.rowCounts = rowCounts;
        this.onClose = onClose;
    }

    /** A table that takes over {@code batches}; {@code onClose} runs after they are closed. */
    public static Table of(Schema schema, List<Batch> batches, ReadReport report, Runnable onClose) {
        return new Table(schema, batches, report, RowCounts::none, onClose);
    }

    /** As {@link #of(Schema, List, ReadReport, Runnable)}, with the rows that each operator of the run gave, asked for when they are. */
    public static Table of(
            Schema schema, List<Batch> batches, ReadReport report, Supplier<RowCounts> rowCounts, Runnable onClose) {
        return new Table(schema, batches, report, rowCounts, onClose);
    }

    /** The names and types of the columns. */
    public Schema schema() {
        return schema;
    }

    /** A number that no other table of this process has. */
    public long number() {
        return number;
    }

    /** The rows in order, in batches still held by this table. */
    public List<Batch> batches() {
        return batches;
    }

    /** The account of the reads behind this table. */
    public ReadReport report() {
        return report;
    }

    /** How many rows each operator of the run gave; none where the engine does not count them. Engines: local. */
    public RowCounts rowCounts() {
        return rowCounts.get();
    }

    /** The number of rows. */
    public long rowCount() {
        return batches.stream().mapToLong(Batch::rowCount).sum();
    }

    /** The values of a row, in the order of the columns; null for a null or an error. Costs a look-up of the batch. */
    public List<@Nullable Object> row(long index) {
        long rest = index;
        for (Batch batch : batches) {
            if (rest < batch.rowCount()) {
                List<@Nullable Object> values = new ArrayList<>();
                for (Cells cells : batch.columns()) {
                    values.add(cells.value((int) rest));
                }
                return values;
            }
            rest -= batch.rowCount();
        }
        throw new IndexOutOfBoundsException("row " + index + " of " + rowCount());
    }

    /** Every row, in order. For small tables: it makes an object of every cell. */
    public List<List<@Nullable Object>> rows() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Batch batch : batches) {
            for (int row = 0; row < batch.rowCount(); row++) {
                List<@Nullable Object> values = new ArrayList<>();
                for (Cells cells : batch.columns()) {
                    values.add(cells.value(row));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    /** Every error value, in the order of rows and then columns. */
    public List<LocatedError> errors() {
        List<LocatedError> found = new ArrayList<>();
        long start = 0;
        for (Batch batch : batches) {
            List<LocatedError> inBatch = new ArrayList<>();
            for (int column = 0; column < schema.size(); column++) {
                CellErrors errors = batch.cells(column).errors();
                for (int i = 0; i < errors.size(); i++) {
                    inBatch.add(new LocatedError(
                            start + errors.row(i), schema.field(column).name(), errors.error(i)));
                }
            }
            inBatch.sort(java.util.Comparator.comparingLong(LocatedError::row));
            found.addAll(inBatch);
            start += batch.rowCount();
        }
        return found;
    }

    /**
     * The first 20 rows in aligned columns for people, types below the names, and how many more there are. A null is
     * {@code null}, an error value its text after an exclamation mark; long cells are cut.
     */
    @Override
    public String toString() {
        if (closed) {
            return "closed table (" + schema + ")";
        }
        RowsText text = new RowsText(schema);
        int left = SHOWN_ROWS;
        for (Batch batch : batches) {
            int shown = Math.min(left, batch.rowCount());
            text.add(batch, shown);
            left -= shown;
        }
        List<String> lines = new ArrayList<>(text.lines(OptionalInt.empty()));
        long more = rowCount() - SHOWN_ROWS;
        if (more > 0) {
            lines.add(String.format(Locale.ROOT, "%,d more row%s", more, more == 1 ? "" : "s"));
        }
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        closed = true;
        batches.forEach(Batch::close);
        onClose.run();
    }

    /** An error value, the row of the table that has it, from 0, and its column. */
    public record LocatedError(long row, String column, CellError error) {
        /** What is wrong and where, for people, as {@code CAST: '12x' in column amount, row 3, orders.csv record 3}. */
        @Override
        public String toString() {
            String text = error.code() + ": '" + error.text() + "' in column " + column + ", row " + (row + 1);
            if (!error.file().isEmpty()) {
                text += ", " + error.file() + " record " + error.record();
            }
            return error.step().isEmpty() ? text : text + ", by " + error.step();
        }
    }
}
