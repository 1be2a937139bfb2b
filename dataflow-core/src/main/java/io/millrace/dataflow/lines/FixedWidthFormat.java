package io.millrace.dataflow.lines;

import io.millrace.dataflow.csv.CsvHeader;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.FileFormat;
import io.millrace.dataflow.format.FileScan;
import io.millrace.dataflow.format.LineReader;
import io.millrace.dataflow.format.Lines;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.RowWriter;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.format.TextEvidence;
import io.millrace.dataflow.format.WriteOptions;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.FixedWidthOptions;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceFile;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text files whose columns begin at fixed places. */
public final class FixedWidthFormat implements FileFormat {
    /** For the service loader. */
    public FixedWidthFormat() {}

    @Override
    public String name() {
        return "fixed_width";
    }

    /** None: where columns begin cannot be told from a name. */
    @Override
    public List<String> extensions() {
        return List.of();
    }

    @Override
    public Schema infer(Source source, ReadOptions options, Reading reading) {
        FixedWidthOptions fixed = (FixedWidthOptions) options;
        if (fixed.schema().isPresent()) {
            return fixed.schema().get();
        }
        List<SourceFile> files = reading.access().list(source, reading.cancellation());
        List<String> names = names(files.get(0), fixed, reading);
        TextEvidence[] evidence = new TextEvidence[names.size()];
        for (int i = 0; i < evidence.length; i++) {
            evidence[i] = new TextEvidence();
        }
        long left = fixed.inferFrom().orElse(Long.MAX_VALUE);
        for (SourceFile file : files) {
            requireSame(names, names(file, fixed, reading), file);
            left = observe(file, fixed, evidence, reading, left);
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < evidence.length; i++) {
            fields.add(Field.optional(names.get(i), evidence[i].type()));
        }
        return Schema.of(fields);
    }

    private static long observe(
            SourceFile file, FixedWidthOptions options, TextEvidence[] evidence, Reading reading, long most) {
        long left = most;
        try (LineReader reader = LineReader.open(file, whole(file), reading, options.encoding())) {
            for (Lines lines = reader.next(); lines != null && left > 0; lines = reader.next()) {
                LineText texts = new LineText(lines.charset());
                for (int line = 0; line < lines.count() && left > 0; line++) {
                    boolean header = options.hasHeader() && lines.first() + line == 1;
                    String text = header || lines.isBlank(line) ? null : texts.of(lines, line);
                    if (text != null) {
                        observe(FixedWidthCells.cut(text, options), evidence);
                        left--;
                    }
                }
            }
        }
        return left;
    }

    private static void observe(List<@Nullable String> cells, TextEvidence[] evidence) {
        for (int i = 0; i < evidence.length; i++) {
            String cell = cells.get(i);
            if (cell != null) {
                evidence[i].observe(cell);
            }
        }
    }

    /** The names of the columns of a file, unique and in order. */
    static List<String> names(SourceFile file, FixedWidthOptions options, Reading reading) {
        int count = options.offsets().size() + 1;
        int declared = options.schema().map(Schema::size).orElse(count);
        if (!options.hasHeader() && declared != count) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot read " + file.display() + ": " + options.offsets().size() + " offsets make " + count
                            + " columns, and the schema has " + declared);
        }
        if (!options.hasHeader()) {
            return options.schema().map(Schema::names).orElseGet(() -> CsvHeader.numbered(count));
        }
        try (LineReader reader = LineReader.open(file, whole(file), reading, options.encoding())) {
            Lines lines = reader.next();
            if (lines == null) {
                throw DataflowException.of(
                        ErrorCode.EMPTY_SOURCE,
                        "Cannot read " + file.display() + ": it is empty",
                        "A fixed-width file has at least a line with the names of its columns");
            }
            String header = new LineText(lines.charset()).of(lines, 0);
            if (header == null) {
                throw DataflowException.of(
                        ErrorCode.INVALID_ENCODING,
                        "Cannot read the header of " + file.display() + ": it holds bytes that are no text",
                        "Set the encoding of the file, for example windows-1252");
            }
            return CsvHeader.unique(FixedWidthCells.cut(header, options).toArray(new String[0]));
        }
    }

    private static void requireSame(List<String> names, List<String> there, SourceFile file) {
        if (!names.equals(there)) {
            throw DataflowException.of(
                    ErrorCode.MISSING_COLUMN,
                    "Cannot read " + file.display() + ": its columns are not those of the first file",
                    "Columns there: " + String.join(", ", there),
                    "Columns of the first file: " + String.join(", ", names));
        }
    }

    private static Split whole(SourceFile file) {
        return new Split(0, 0, file.length(), Split.StartState.OF_FILE);
    }

    @Override
    public FileScan scan(List<SourceFile> files, ReadOptions options, Schema schema, String step) {
        return new FixedWidthScan(files, (FixedWidthOptions) options, schema, step);
    }

    @Override
    public RowWriter writer(OutputStream stream, Schema schema, WriteOptions options) {
        throw LinesFormat.readOnly("fixed-width files");
    }
}
