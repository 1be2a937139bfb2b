package io.millrace.dataflow.csv;

import io.millrace.dataflow.format.Block;
import io.millrace.dataflow.format.SplitReader;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/** The columns of rows that say where they are from: their file, and their record in it. Immutable. */
final class AddedColumns {
    private final Schema rows;
    private final Schema ofFile;
    private final Optional<String> path;
    private final Optional<String> record;

    private AddedColumns(Schema rows, CsvOptions options) {
        this.rows = rows;
        this.path = options.pathColumn().filter(name -> rows.has(name));
        this.record = options.recordColumn().filter(name -> rows.has(name));
        this.ofFile = path.isEmpty() && record.isEmpty()
                ? rows
                : Schema.of(rows.fields().stream()
                        .filter(field -> !isAdded(field.name()))
                        .toList());
    }

    /** Those among the columns of rows that the options add. */
    static AddedColumns of(Schema rows, CsvOptions options) {
        return new AddedColumns(rows, options);
    }

    private boolean isAdded(String name) {
        return path.equals(Optional.of(name)) || record.equals(Optional.of(name));
    }

    /** The columns that are read. */
    Schema ofFile() {
        return ofFile;
    }

    /** A reader of all columns over one of those that are read. */
    SplitReader addedTo(SplitReader reader) {
        return ofFile.size() == rows.size() ? reader : new Reader(reader);
    }

    /** The rows of a batch with all columns; takes the batch over. */
    private Batch added(Batch read, BufferAllocator allocator) {
        Positions positions = read.positions().orElseThrow();
        List<Cells> made = new ArrayList<>();
        List<Cells> columns = new ArrayList<>();
        int next = 0;
        try {
            for (Field field : rows.fields()) {
                if (isAdded(field.name())) {
                    Cells cells = column(field, positions, allocator);
                    made.add(cells);
                    columns.add(cells);
                } else {
                    columns.add(read.cells(next++));
                }
            }
            return Batch.of(rows, columns, read.rowCount(), positions);
        } catch (RuntimeException | Error failure) {
            made.forEach(Cells::close);
            read.close();
            throw failure;
        }
    }

    private Cells column(Field field, Positions positions, BufferAllocator allocator) {
        DataType type = field.type();
        FieldVector vector = ArrowTypes.vector(field.name(), type, allocator);
        try {
            vector.setInitialCapacity(positions.size());
            vector.allocateNew();
            if (path.equals(Optional.of(field.name()))) {
                fillPaths((VarCharVector) vector, positions);
            } else {
                BigIntVector numbers = (BigIntVector) vector;
                for (int row = 0; row < positions.size(); row++) {
                    numbers.setSafe(row, positions.record(row));
                }
            }
            vector.setValueCount(positions.size());
            return Cells.of(type, vector, CellErrors.none());
        } catch (RuntimeException | Error failure) {
            vector.close();
            throw failure;
        }
    }

    /** The rows of a block are of one file. */
    private static void fillPaths(VarCharVector paths, Positions positions) {
        if (positions.size() > 0) {
            byte[] path = positions.file(0).getBytes(StandardCharsets.UTF_8);
            for (int row = 0; row < positions.size(); row++) {
                paths.setSafe(row, path);
            }
        }
    }

    private final class Reader implements SplitReader {
        private final SplitReader reader;

        Reader(SplitReader reader) {
            this.reader = reader;
        }

        @Override
        public @Nullable Block next() {
            Block block = reader.next();
            return block == null ? null : new AddedBlock(block);
        }

        @Override
        public ReadReport report() {
            return reader.report();
        }

        @Override
        public void keepRejections() {
            reader.keepRejections();
        }

        @Override
        public List<Rejection> takeRejections() {
            return reader.takeRejections();
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    private final class AddedBlock implements Block {
        private final Block block;

        AddedBlock(Block block) {
            this.block = block;
        }

        @Override
        public Batch decode(BufferAllocator allocator) {
            return added(block.decode(allocator), allocator);
        }

        @Override
        public void account() {
            block.account();
        }
    }
}
