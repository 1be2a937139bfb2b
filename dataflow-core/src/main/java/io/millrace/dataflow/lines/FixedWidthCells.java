package io.millrace.dataflow.lines;

import io.millrace.dataflow.format.Lines;
import io.millrace.dataflow.format.RowBuilder;
import io.millrace.dataflow.kernel.CellText;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.FixedWidthOptions;
import io.millrace.dataflow.table.CellError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts lines at fixed places. A blank line is no record, and neither is the header. */
final class FixedWidthCells extends TextRows {
    private final FixedWidthOptions options;
    private final int[] positions;
    private final List<CellText.Parser> parsers = new ArrayList<>();
    private final int headers;

    /**
     * A decoder for one file.
     *
     * @param positions for each column of the scan, its position in the file
     */
    FixedWidthCells(FixedWidthScan scan, int ordinal, int[] positions) {
        super(new Parts(scan.files(), ordinal, scan.schema(), scan.options().errors(), scan.step()));
        this.options = scan.options();
        this.positions = positions.clone();
        this.headers = options.hasHeader() ? 1 : 0;
        for (Schema.Field field : scan.schema().fields()) {
            parsers.add(CellText.parser(field.type()));
        }
    }

    @Override
    long record(Lines lines, int line) {
        return lines.isBlank(line) ? 0 : lines.first() + line - headers;
    }

    @Override
    void write(String text, long record, RowBuilder rows) {
        List<@Nullable String> cells = cut(text, options);
        for (int column = 0; column < positions.length; column++) {
            String cell = positions[column] < cells.size() ? cells.get(positions[column]) : null;
            if (cell != null && !parsers.get(column).parse(cell, rows.vector(column), rows.rows())) {
                rows.error(column, error(CellError.Code.CAST, cell, record));
            }
        }
    }

    /** The cells of a line, as many as there are columns: trimmed of spaces, null where blank. */
    static List<@Nullable String> cut(String line, FixedWidthOptions options) {
        List<@Nullable String> cells = new ArrayList<>();
        int start = 0;
        int point = 0;
        for (int offset : options.offsets()) {
            int end = start;
            while (point < offset && end < line.length()) {
                end += Character.charCount(line.codePointAt(end));
                point++;
            }
            cells.add(cell(line, start, end));
            start = end;
        }
        cells.add(cell(line, start, line.length()));
        return cells;
    }

    private static @Nullable String cell(String line, int start, int end) {
        String cell = line.substring(start, end).strip();
        return cell.isEmpty() ? null : cell;
    }
}
