package io.millrace.dataflow.spark;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Batches of the rows that {@link RowFormat} wrote. A batch has positions or none of its rows has. */
final class RowStream implements BatchStream {
    /** The most rows of a batch. */
    static final int BATCH_ROWS = 16_384;

    private final Schema schema;
    private final List<String> files;
    private final Iterator<byte[]> elements;
    private final BufferAllocator allocator;
    private final List<CellFormat> formats = new ArrayList<>();
    private RowBuffer.@Nullable Reader element;
    private long rowsLeft;
    private long wanted = Long.MAX_VALUE;

    /**
     * A stream over elements in order.
     *
     * @param files the names of the files that positions index
     */
    RowStream(Schema schema, List<String> files, Iterator<byte[]> elements, BufferAllocator allocator) {
        this.schema = schema;
        this.files = files;
        this.elements = elements;
        this.allocator = allocator;
        schema.fields().forEach(field -> formats.add(CellFormat.of(field.type())));
    }

    /** This stream, ended after {@code rows} rows. */
    RowStream first(long rows) {
        wanted = rows;
        return this;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable Batch next() {
        RowBuffer.Reader in = nextRow();
        if (in == null) {
            return null;
        }
        boolean positioned = isPositioned(in);
        try (Building building = new Building((int) Math.min(BATCH_ROWS, Math.max(rowsLeft, 64)))) {
            while (in != null && building.rows < BATCH_ROWS && isPositioned(in) == positioned) {
                building.add(in);
                rowsLeft--;
                wanted--;
                in = nextRow();
            }
            return building.batch(positioned);
        }
    }

    @Override
    public void close() {
        element = null;
    }

    /** The element in which the next row stands, or null after the last row. */
    private RowBuffer.@Nullable Reader nextRow() {
        if (wanted == 0) {
            return null;
        }
        while (rowsLeft == 0) {
            if (!elements.hasNext()) {
                element = null;
                return null;
            }
            element = new RowBuffer.Reader(elements.next());
            rowsLeft = element.readVarint();
        }
        return element;
    }

    private static boolean isPositioned(RowBuffer.Reader in) {
        return in.bytes()[in.at()] != 0;
    }

    /** A batch that grows. Closing it frees what no batch took over. */
    private final class Building implements AutoCloseable {
        private final List<FieldVector> vectors = new ArrayList<>();
        private final List<CellErrors.Builder> errors = new ArrayList<>();
        private int[] ordinals = new int[64];
        private long[] records = new long[64];
        private int rows;

        Building(int capacity) {
            schema.fields().forEach(field -> {
                FieldVector vector = ArrowTypes.vector(field.name(), field.type(), allocator);
                vectors.add(vector);
                errors.add(CellErrors.builder());
                vector.setInitialCapacity(capacity);
                vector.allocateNew();
            });
        }

        void add(RowBuffer.Reader in) {
            int ordinal = (int) in.readVarint() - 1;
            if (ordinal >= 0) {
                if (rows == ordinals.length) {
                    ordinals = Arrays.copyOf(ordinals, 2 * rows);
                    records = Arrays.copyOf(records, 2 * rows);
                }
                ordinals[rows] = ordinal;
                records[rows] = in.readVarint();
            }
            for (int column = 0; column < vectors.size(); column++) {
                int kind = in.readByte();
                if (kind == RowFormat.VALUE) {
                    formats.get(column).read(in, vectors.get(column), rows);
                } else if (kind == RowFormat.ERROR) {
                    errors.get(column).add(rows, RowFormat.readError(in));
                }
            }
            rows++;
        }

        Batch batch(boolean positioned) {
            List<Cells> cells = new ArrayList<>();
            for (int column = 0; column < vectors.size(); column++) {
                vectors.get(column).setValueCount(rows);
                cells.add(Cells.of(
                        schema.field(column).type(),
                        vectors.get(column),
                        errors.get(column).build()));
            }
            Positions positions = positioned
                    ? Positions.of(files, Arrays.copyOf(ordinals, rows), Arrays.copyOf(records, rows))
                    : null;
            vectors.clear();
            return Batch.of(schema, cells, rows, positions);
        }

        @Override
        public void close() {
            vectors.forEach(FieldVector::close);
        }
    }
}
