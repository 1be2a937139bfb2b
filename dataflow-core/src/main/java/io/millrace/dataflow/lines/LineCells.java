package io.millrace.dataflow.lines;

import io.millrace.dataflow.format.Lines;
import io.millrace.dataflow.format.RowBuilder;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.LinesOptions;
import io.millrace.dataflow.source.SourceFile;
import java.util.List;

/** Every line is a row, an empty one of empty text. */
final class LineCells extends TextRows {
    private final int columns;

    LineCells(List<SourceFile> files, int ordinal, Schema schema, LinesOptions options, String step) {
        super(new Parts(files, ordinal, schema, options.errors(), step));
        this.columns = schema.size();
    }

    @Override
    long record(Lines lines, int line) {
        return lines.first() + line;
    }

    @Override
    void write(String text, long record, RowBuilder rows) {
        for (int column = 0; column < columns; column++) {
            rows.value(column, text);
        }
    }
}
