package io.millrace.dataflow.parquet;

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
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** What to read of some Parquet files: the pages of the columns asked for and no others. A file is one split. */
record ParquetScan(List<SourceFile> files, Schema schema, String step) implements FileScan {
    private static final int BATCH_ROWS = 16_384;

    ParquetScan {
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
        return new Groups(split.ordinal(), reading);
    }

    /** The row groups of a file. */
    private final class Groups implements SplitReader {
        private final int ordinal;
        private final Reading reading;
        private final OpenParquet file;
        private final MessageType columns;
        private @Nullable RecordReader<@Nullable Object[]> rows;
        private long left;
        private long read;

        Groups(int ordinal, Reading reading) {
            this.ordinal = ordinal;
            this.reading = reading;
            SourceFile source = files.get(ordinal);
            this.file = OpenParquet.of(source, reading);
            try {
                int[] positions = TypedColumns.positions(schema, file.schema(), source.display());
                List<Type> types = new ArrayList<>();
                for (int position : positions) {
                    types.add(file.message().getType(position));
                }
                this.columns = new MessageType(file.message().getName(), types);
                if (!types.isEmpty()) {
                    file.select(columns);
                }
            } catch (RuntimeException | Error failure) {
                file.close();
                throw failure;
            }
        }

        @Override
        public @Nullable Block next() {
            reading.cancellation().check();
            while (left == 0) {
                PageReadStore pages = file.next();
                if (pages == null) {
                    return null;
                }
                left = pages.getRowCount();
                if (schema.size() > 0) {
                    MessageColumnIO io = new ColumnIOFactory().getColumnIO(columns, columns);
                    rows = io.getRecordReader(pages, new RowValues(columns, file.calendar()));
                }
            }
            List<String> names = files.stream().map(SourceFile::display).toList();
            ValueBlock block = new ValueBlock(schema, names, ordinal, step, read + 1);
            RecordReader<@Nullable Object[]> records = rows;
            int count = (int) Math.min(BATCH_ROWS, left);
            for (int i = 0; i < count; i++) {
                block.add(
                        records == null
                                ? new Object[0]
                                : OpenParquet.attempt(files.get(ordinal).display(), records::read));
            }
            left -= count;
            read += count;
            return block;
        }

        @Override
        public ReadReport report() {
            return new ReadReport(read, read, 0, List.of());
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
