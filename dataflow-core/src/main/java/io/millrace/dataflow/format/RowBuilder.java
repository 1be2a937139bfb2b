package io.millrace.dataflow.format;

import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** A batch that grows row by row, of one file. Closing it frees what no batch took over. */
public final class RowBuilder implements AutoCloseable {
    private final Schema schema;
    private final List<String> files;
    private final int ordinal;
    private final List<FieldVector> vectors = new ArrayList<>();
    private final List<CellErrors.Builder> errors = new ArrayList<>();
    private long[] records = new long[64];
    private int rows;

    /**
     * No rows yet.
     *
     * @param files the names of the files of the scan
     * @param ordinal which of them the rows come from
     */
    public RowBuilder(Schema schema, List<String> files, int ordinal, BufferAllocator allocator) {
        this.schema = schema;
        this.files = files;
        this.ordinal = ordinal;
        for (Schema.Field field : schema.fields()) {
            FieldVector vector = ArrowTypes.vector(field.name(), field.type(), allocator);
            vectors.add(vector);
            errors.add(CellErrors.builder());
            vector.setInitialCapacity(64);
            vector.allocateNew();
        }
    }

    /** The vector of a column, whose row {@link #rows} may be written. */
    public FieldVector vector(int column) {
        return vectors.get(column);
    }

    /** The number of rows so far. */
    public int rows() {
        return rows;
    }

    /** Writes a value of the next row. */
    public void value(int column, @Nullable Object value) {
        if (value != null) {
            CellValues.write(schema.field(column).type(), vectors.get(column), rows, value);
        }
    }

    /** Makes the cell of the next row an error value. */
    public void error(int column, CellError error) {
        errors.get(column).add(rows, error);
    }

    /** Ends the next row, which is the record of that number. Cells that were not written are null. */
    public void end(long record) {
        if (rows == records.length) {
            records = Arrays.copyOf(records, 2 * rows);
        }
        records[rows] = record;
        rows++;
    }

    /** The rows. */
    public Batch build() {
        List<Cells> cells = new ArrayList<>();
        for (int column = 0; column < vectors.size(); column++) {
            FieldVector vector = vectors.get(column);
            vector.setValueCount(rows);
            cells.add(Cells.of(
                    schema.field(column).type(), vector, errors.get(column).build()));
        }
        vectors.clear();
        int[] ordinals = new int[rows];
        Arrays.fill(ordinals, ordinal);
        return Batch.of(schema, cells, rows, Positions.of(files, ordinals, Arrays.copyOf(records, rows)));
    }

    @Override
    public void close() {
        vectors.forEach(FieldVector::close);
    }
}
