package io.millrace.dataflow.arrow;

import io.millrace.dataflow.format.Block;
import io.millrace.dataflow.format.FileScan;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.format.SplitReader;
import io.millrace.dataflow.format.TypedColumns;
import io.millrace.dataflow.format.ValueBlock;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.SourceFile;
import io.millrace.dataflow.table.ReadReport;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** What to read of some Arrow files. A file is one split. */
record ArrowScan(List<SourceFile> files, Schema schema, String step) implements FileScan {
    /** The most rows of a batch. */
    private static final int BATCH_ROWS = 16_384;

    ArrowScan {
        files = List.copyOf(files);
    }

    @Override
    public List<Split> splits(Reading reading, long targetBytes) {
        List<Split> splits = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            splits.add(new Split(i, 0, files.get(i).length(), Split.StartState.OF_FILE));
        }
        return splits;
    }

    @Override
    public SplitReader open(Split split, Reading reading) {
        return new Batches(split.ordinal(), reading);
    }

    /** The record batches of a file, copied into ours by the one thread that reads them. */
    private final class Batches implements SplitReader {
        private final int ordinal;
        private final BufferAllocator allocator = new RootAllocator();
        private final ArrowFile file;
        private final int[] positions;
        private List<FieldVector> decoded = List.of();
        private int rows;
        private int given;
        private long read;
        private boolean closed;

        Batches(int ordinal, Reading reading) {
            this.ordinal = ordinal;
            SourceFile source = files.get(ordinal);
            try {
                file = ArrowFile.open(source, reading, allocator);
            } catch (RuntimeException | Error failure) {
                allocator.close();
                throw failure;
            }
            try {
                positions = TypedColumns.positions(schema, file.schema(), source.display());
            } catch (RuntimeException | Error failure) {
                file.close();
                allocator.close();
                throw failure;
            }
        }

        @Override
        public @Nullable Block next() {
            while (given == rows) {
                release();
                int loaded = file.next();
                if (loaded < 0) {
                    return null;
                }
                rows = loaded;
                given = 0;
                List<FieldVector> vectors = file.vectors();
                decoded = new ArrayList<>();
                for (int position : positions) {
                    decoded.add(file.decoded(vectors.get(position)));
                }
            }
            int count = Math.min(BATCH_ROWS, rows - given);
            Block block = block(count);
            given += count;
            read += count;
            return block;
        }

        /** The next rows. */
        private Block block(int count) {
            List<String> names = files.stream().map(SourceFile::display).toList();
            ValueBlock block = new ValueBlock(schema, names, ordinal, step, read + 1);
            for (int row = given; row < given + count; row++) {
                @Nullable Object[] cells = new Object[decoded.size()];
                for (int column = 0; column < cells.length; column++) {
                    FieldVector vector = decoded.get(column);
                    Object value = ArrowColumns.value(vector, row);
                    cells[column] = value == ArrowColumns.MISFIT
                            ? new ValueBlock.Misfit(ArrowColumns.text(vector, row))
                            : value;
                }
                block.add(cells);
            }
            return block;
        }

        private void release() {
            List<FieldVector> current = closed ? List.of() : file.vectors();
            for (FieldVector vector : decoded) {
                if (current.stream().noneMatch(own -> own == vector)) {
                    vector.close();
                }
            }
            decoded = List.of();
        }

        @Override
        public ReadReport report() {
            return new ReadReport(read, read, 0, List.of());
        }

        @Override
        public void close() {
            if (!closed) {
                release();
                closed = true;
                file.close();
                allocator.close();
            }
        }
    }
}
