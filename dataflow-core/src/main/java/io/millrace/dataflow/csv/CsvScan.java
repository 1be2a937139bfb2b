package io.millrace.dataflow.csv;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.source.SourceFile;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.ReadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * What to read of some CSV files: their columns by name, whatever else they hold and in whatever order. Knows no open
 * stream. Immutable.
 *
 * <p>A cell that does not fit its column's type is an error value with its original text. An unquoted empty cell is
 * null; a quoted one is empty text in a text column and null in any other.
 */
public final class CsvScan {
    private final List<SourceFile> files;
    private final List<String> displayNames;
    private final CsvOptions options;
    private final Schema schema;
    private final String step;

    private CsvScan(List<SourceFile> files, CsvOptions options, Schema schema, String step) {
        this.files = List.copyOf(files);
        this.displayNames = files.stream().map(SourceFile::display).toList();
        this.options = Objects.requireNonNull(options, "options");
        this.schema = Objects.requireNonNull(schema, "schema");
        this.step = Objects.requireNonNull(step, "step");
    }

    /**
     * A scan of files in that order.
     *
     * @param schema the columns to read, by name; without a header the columns are named {@code Column1} and so on, or
     *     as the schema of the options names them in order
     * @param step the text of the step, which error values repeat
     */
    public static CsvScan of(List<SourceFile> files, CsvOptions options, Schema schema, String step) {
        return new CsvScan(files, options, schema, step);
    }

    /** The columns of every batch. */
    public Schema schema() {
        return schema;
    }

    /** The parts that may be read apart from each other. In this order, their rows are the rows of the scan. */
    public List<CsvSplit> splits() {
        List<CsvSplit> splits = new ArrayList<>(files.size());
        for (int i = 0; i < files.size(); i++) {
            splits.add(new CsvSplit(i, 0, files.get(i).length(), CsvSplit.StartState.OF_FILE));
        }
        return splits;
    }

    /**
     * Starts to read a split, record by record. Its blocks can be decoded on other threads.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code EMPTY_SOURCE}; {@code MISSING_COLUMN}; what reading
     *     the source throws
     */
    public RecordBlocks blocks(CsvSplit split, SourceAccess access, Cancellation cancellation) {
        SourceFile file = files.get(split.ordinal());
        if (split.offset() != 0 || split.length() != file.length()) {
            throw new IllegalArgumentException("not a split of this scan: " + split);
        }
        return RecordBlocks.open(
                access.read(file, split.offset(), split.length(), cancellation),
                file.display(),
                options,
                cancellation,
                names -> new BlockDecoder(
                        schema,
                        CsvHeader.positions(names, schema, file.display()),
                        displayNames,
                        split.ordinal(),
                        step));
    }

    /**
     * The rows of a split. Reads the header, checks it and maps columns by name before it returns.
     *
     * @throws io.millrace.dataflow.error.DataflowException as {@link #blocks}
     */
    public CsvReader open(CsvSplit split, SourceAccess access, BufferAllocator allocator, Cancellation cancellation) {
        return new SplitReader(schema, blocks(split, access, cancellation), allocator);
    }

    private record SplitReader(Schema schema, RecordBlocks blocks, BufferAllocator allocator) implements CsvReader {
        @Override
        public @Nullable Batch next() {
            RecordBlock block = blocks.next();
            return block == null ? null : block.decode(allocator);
        }

        @Override
        public ReadReport report() {
            return blocks.report();
        }

        @Override
        public void close() {
            blocks.close();
        }
    }
}
