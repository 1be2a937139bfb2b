package io.millrace.dataflow.csv;

import io.millrace.dataflow.csv.scan.CellOrigin;
import io.millrace.dataflow.csv.scan.ScanDialect;
import io.millrace.dataflow.csv.scan.ScanReader;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.FileScan;
import io.millrace.dataflow.format.JudgedReader;
import io.millrace.dataflow.format.JudgingScan;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.format.SplitReader;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.SourceFile;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

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
        CsvScan scan = of(files, options, Schema.of(), "infer");
        return scan.reader(ordinal, Schema.of(), reading);
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
        return open(split, reading, reader -> reader);
    }

    @Override
    public Optional<JudgingScan> judging() {
        return ScanDialect.of(options).map(dialect -> new JudgingCsvScan(this, files, options));
    }

    /** As {@link #open(Split, Reading)}, with something done to the reader of the file. */
    SplitReader open(Split split, Reading reading, UnaryOperator<JudgedReader> with) {
        SourceFile file = files.get(split.ordinal());
        if (split.offset() != 0 || split.length() != file.length()) {
            throw new IllegalArgumentException("not a split of this scan: " + split);
        }
        AddedColumns added = AddedColumns.of(schema, options);
        return added.addedTo(with.apply(reader(split.ordinal(), added.ofFile(), reading)));
    }

    private JudgedReader reader(int ordinal, Schema ofFile, Reading reading) {
        SourceFile file = files.get(ordinal);
        InputStream stored = reading.access().read(file, 0, file.length(), reading.cancellation());
        Optional<ScanDialect> dialect = ScanDialect.of(options);
        return dialect.isPresent()
                ? scanner(stored, ordinal, ofFile, dialect.get(), reading.cancellation())
                : tolerantReader(stored, ordinal, ofFile, reading.cancellation());
    }

    private ScanReader scanner(
            InputStream stored, int ordinal, Schema ofFile, ScanDialect dialect, Cancellation cancellation) {
        String file = displayNames.get(ordinal);
        FileHead head = FileHead.read(stored, file, options, dialect);
        try {
            RecordColumns columns = RecordColumns.of(head.names(), ofFile, options, file);
            return new ScanReader(
                    head.records(cancellation),
                    head.text(),
                    head.shape(),
                    new ScanReader.Columns(
                            head.names(),
                            ofFile,
                            IntStream.range(0, ofFile.size())
                                    .mapToObj(columns::position)
                                    .toList(),
                            new CellOrigin(displayNames, ordinal, step)));
        } catch (RuntimeException | Error failure) {
            head.close();
            throw failure;
        }
    }

    private JudgedReader tolerantReader(InputStream stored, int ordinal, Schema ofFile, Cancellation cancellation) {
        String file = displayNames.get(ordinal);
        return RecordBlocks.open(
                stored,
                file,
                options,
                cancellation,
                names -> new BlockDecoder(RecordColumns.of(names, ofFile, options, file), displayNames, ordinal, step));
    }
}
