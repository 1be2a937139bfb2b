package io.millrace.dataflow.csv;

import io.millrace.dataflow.csv.scan.CellOrigin;
import io.millrace.dataflow.csv.scan.ChunkReader;
import io.millrace.dataflow.csv.scan.ScanDialect;
import io.millrace.dataflow.csv.scan.ScanReader;
import io.millrace.dataflow.csv.scan.StateMap;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.FileScan;
import io.millrace.dataflow.format.JudgedReader;
import io.millrace.dataflow.format.JudgingScan;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.format.Split.StartState;
import io.millrace.dataflow.format.SplitReader;
import io.millrace.dataflow.format.SplitSummary;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
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
        Split whole = new Split(ordinal, 0, files.get(ordinal).length(), StartState.OF_FILE);
        return scan.reader(whole, Schema.of(), reading);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    /**
     * A file that is UTF-8 and not packed is divided where it is larger than a split should be, unless a limit on the
     * records that may be left out holds for the whole of it.
     */
    @Override
    public List<Split> splits(Reading reading, long targetBytes) {
        List<Split> splits = new ArrayList<>(files.size());
        for (int i = 0; i < files.size(); i++) {
            addSplits(i, targetBytes, reading, splits);
        }
        return splits;
    }

    private void addSplits(int ordinal, long targetBytes, Reading reading, List<Split> splits) {
        long length = files.get(ordinal).length();
        Optional<ScanDialect> dialect = ScanDialect.of(options);
        long parts = dialect.isEmpty() || options.errors() instanceof ErrorPolicy.Drop ? 1 : length / targetBytes;
        if (parts < 2) {
            splits.add(new Split(ordinal, 0, length, StartState.OF_FILE));
            return;
        }
        try (FileHead head = head(ordinal, dialect.get(), reading)) {
            long from = 0;
            for (long part = 1; part <= parts && head.isDivisible(); part++) {
                long to = length / parts * part;
                if (part < parts && to > head.end()) {
                    splits.add(
                            new Split(ordinal, from, to - from, from == 0 ? StartState.OF_FILE : StartState.UNKNOWN));
                    from = to;
                }
            }
            splits.add(new Split(ordinal, from, length - from, from == 0 ? StartState.OF_FILE : StartState.UNKNOWN));
        }
    }

    @Override
    public SplitSummary summary(Split split, Reading reading) {
        SourceFile file = files.get(split.ordinal());
        ScanDialect dialect = ScanDialect.of(options).orElseThrow();
        try (FileHead head = head(split.ordinal(), dialect, reading)) {
            long from = Math.max(split.offset(), head.end());
            InputStream stream =
                    reading.access().read(file, from, split.offset() + split.length() - from, reading.cancellation());
            SplitSummary summary = StateMap.summary(stream, file.display(), head.dialect(), reading.cancellation());
            return split.offset() > 0
                    ? summary
                    : SplitSummary.ofHead(head.linesBefore()).then(summary);
        }
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
        AddedColumns added = AddedColumns.of(schema, options);
        return added.addedTo(with.apply(reader(split, added.ofFile(), reading)));
    }

    private JudgedReader reader(Split split, Schema ofFile, Reading reading) {
        Optional<ScanDialect> dialect = ScanDialect.of(options);
        boolean whole = split.offset() == 0
                && split.length() == files.get(split.ordinal()).length();
        if (!whole && (dialect.isEmpty() || split.start().firstRecord() == 0)) {
            throw new IllegalArgumentException("not a split of this scan: " + split);
        }
        return dialect.isPresent()
                ? scanner(split, ofFile, dialect.get(), reading)
                : tolerantReader(stored(split.ordinal(), reading), split.ordinal(), ofFile, reading.cancellation());
    }

    private InputStream stored(int ordinal, Reading reading) {
        SourceFile file = files.get(ordinal);
        return reading.access().read(file, 0, file.length(), reading.cancellation());
    }

    private FileHead head(int ordinal, ScanDialect dialect, Reading reading) {
        return FileHead.read(stored(ordinal, reading), displayNames.get(ordinal), options, dialect);
    }

    private ScanReader scanner(Split split, Schema ofFile, ScanDialect dialect, Reading reading) {
        SourceFile file = files.get(split.ordinal());
        FileHead head = head(split.ordinal(), dialect, reading);
        try {
            RecordColumns columns = RecordColumns.of(head.names(), ofFile, options, file.display());
            long end = split.offset() + split.length();
            return new ScanReader(
                    records(split, head, end == file.length() ? Long.MAX_VALUE : end, reading),
                    head.text(),
                    head.shape(),
                    new ScanReader.Columns(
                            head.names(),
                            ofFile,
                            IntStream.range(0, ofFile.size())
                                    .mapToObj(columns::position)
                                    .toList(),
                            new CellOrigin(displayNames, split.ordinal(), step)));
        } catch (RuntimeException | Error failure) {
            head.close();
            throw failure;
        }
    }

    private ChunkReader records(Split split, FileHead head, long end, Reading reading) {
        if (split.offset() == 0) {
            return head.records(reading.cancellation(), end);
        }
        head.close();
        SourceFile file = files.get(split.ordinal());
        InputStream stream =
                reading.access().read(file, split.offset(), file.length() - split.offset(), reading.cancellation());
        return ChunkReader.ofSplit(stream, file.display(), head.dialect(), reading.cancellation(), split, end);
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
