package io.millrace.dataflow.csv;

import io.millrace.dataflow.format.FileScan;
import io.millrace.dataflow.format.JudgedReader;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.format.SplitReader;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What to read of some CSV files: their columns by name, whatever else they hold and in whatever order. Knows no open
 * stream. Immutable.
 *
 * <p>A cell that does not fit its column's type is an error value with its original text. An unquoted empty cell is
 * null; a quoted one is empty text in a text column and null in any other.
 */
public final class CsvScan implements FileScan {
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
        TextDialect.require(options);
        options.schema().ifPresent(declared -> CsvHeader.requireKnown(options, declared.names()));
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

    /** Reads one of some files whose columns are to be judged. */
    static JudgedReader judged(List<SourceFile> files, int ordinal, CsvOptions options, Reading reading) {
        SourceFile file = files.get(ordinal);
        return RecordBlocks.open(
                reading.access().read(file, 0, file.length(), reading.cancellation()),
                file.display(),
                options,
                reading.cancellation(),
                names -> new BlockDecoder(
                        RecordColumns.of(names, Schema.of(), options, file.display()),
                        List.of(file.display()),
                        0,
                        "infer"));
    }

    @Override
    public Schema schema() {
        return schema;
    }

    /** A split for every file. */
    @Override
    public List<Split> splits(Reading reading, long targetBytes) {
        List<Split> splits = new ArrayList<>(files.size());
        for (int i = 0; i < files.size(); i++) {
            splits.add(new Split(i, 0, files.get(i).length(), Split.StartState.OF_FILE));
        }
        return splits;
    }

    /**
     * Starts to read a split. Reads the header, checks it and maps columns by name before it returns.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code EMPTY_SOURCE}; {@code MISSING_COLUMN}; what reading
     *     the source throws
     */
    @Override
    public SplitReader open(Split split, Reading reading) {
        SourceFile file = files.get(split.ordinal());
        if (split.offset() != 0 || split.length() != file.length()) {
            throw new IllegalArgumentException("not a split of this scan: " + split);
        }
        AddedColumns added = AddedColumns.of(schema, options);
        return added.addedTo(RecordBlocks.open(
                reading.access().read(file, split.offset(), split.length(), reading.cancellation()),
                file.display(),
                options,
                reading.cancellation(),
                names -> new BlockDecoder(
                        RecordColumns.of(names, added.ofFile(), options, file.display()),
                        displayNames,
                        split.ordinal(),
                        step)));
    }
}
