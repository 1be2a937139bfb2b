package io.millrace.dataflow.lines;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.LineDecoder;
import io.millrace.dataflow.format.Lines;
import io.millrace.dataflow.format.RowBuilder;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.SourceFile;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Makes a row of every line that is text, by a rule that a format has, and does with the others what the policy says. */
abstract class TextRows implements LineDecoder {
    private static final String NO_TEXT = "it holds bytes that are no text";

    private final List<String> files;
    private final int ordinal;
    private final Schema schema;
    private final ErrorPolicy policy;
    private final String step;

    /** The parts that both formats have. */
    record Parts(List<SourceFile> files, int ordinal, Schema schema, ErrorPolicy policy, String step) {}

    TextRows(Parts parts) {
        this.files = parts.files.stream().map(SourceFile::display).toList();
        this.ordinal = parts.ordinal;
        this.schema = parts.schema;
        this.policy = parts.policy;
        this.step = parts.step;
    }

    /** The number of the record on a line; not above 0 for a line that is none. */
    abstract long record(Lines lines, int line);

    /** Writes the cells of a line. */
    abstract void write(String text, long record, RowBuilder rows);

    @Override
    public Decoded decode(Lines lines, BufferAllocator allocator) {
        LineText texts = new LineText(lines.charset());
        List<Rejection> rejections = new ArrayList<>();
        try (RowBuilder rows = new RowBuilder(schema, files, ordinal, allocator)) {
            for (int line = 0; line < lines.count(); line++) {
                long record = record(lines, line);
                if (record <= 0) {
                    continue;
                }
                String text = texts.of(lines, line);
                if (text != null) {
                    write(text, record, rows);
                    rows.end(record);
                } else if (policy.leavesOut()) {
                    rejections.add(Rejection.of(
                            lines.place(line, files.get(ordinal), record),
                            Rejection.Code.INVALID_ENCODING,
                            NO_TEXT,
                            texts.printable(lines, line)));
                } else {
                    keep(rows, record, lines.first() + line, texts.printable(lines, line));
                }
            }
            return new Decoded(rows.build(), rejections);
        }
    }

    private void keep(RowBuilder rows, long record, long line, @Nullable String printable) {
        if (policy instanceof ErrorPolicy.Fail) {
            throw DataflowException.of(
                    ErrorCode.MALFORMED_ROW,
                    String.format(Locale.ROOT, "Cannot read line %,d of %s: %s", line, files.get(ordinal), NO_TEXT),
                    "Set the encoding of the file, for example windows-1252");
        }
        for (int column = 0; column < schema.size(); column++) {
            rows.error(column, error(CellError.Code.INVALID_ENCODING, String.valueOf(printable), record));
        }
        rows.end(record);
    }

    CellError error(CellError.Code code, String text, long record) {
        return new CellError(code, text, files.get(ordinal), record, step);
    }
}
