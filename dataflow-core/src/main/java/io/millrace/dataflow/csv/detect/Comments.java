package io.millrace.dataflow.csv.detect;

import java.util.List;

/** Whether the lines that begin with the comment character are comments, and not the header or records. */
final class Comments {
    private Comments() {}

    /**
     * The comment character of a dialect, or {@link Dialect#NONE} where the lines that begin with it are records: most of
     * them as wide as the others, or the last of those at the top as wide, which then is the header.
     */
    static char of(SampleText text, DialectScore score) {
        Dialect dialect = score.dialect();
        if (dialect.comment() == Dialect.NONE || score.width() == 1) {
            return dialect.comment();
        }
        int comments = 0;
        int wide = 0;
        boolean top = true;
        boolean header = false;
        List<SampleRow> rows = text.rows(dialect.withComment(Dialect.NONE));
        for (SampleRow row : rows) {
            String first = row.cells().get(0).text();
            boolean comment =
                    !row.cells().get(0).isQuoted() && !first.isEmpty() && first.charAt(0) == dialect.comment();
            if (comment) {
                comments++;
                wide += row.width() == score.width() ? 1 : 0;
                header = top && row.width() == score.width();
            } else {
                top &= row.isBlank();
            }
        }
        boolean records = wide * 2 > comments;
        return records || (header && !headerBelow(rows, dialect.comment())) ? Dialect.NONE : dialect.comment();
    }

    /** Whether the first record below the comments at the top has texts alone, and so is the header itself. */
    private static boolean headerBelow(List<SampleRow> rows, char comment) {
        for (SampleRow row : rows) {
            String first = row.cells().get(0).text();
            if (!row.isBlank() && !(first.length() > 0 && first.charAt(0) == comment)) {
                return row.width() > 1
                        && row.cells().stream()
                                .noneMatch(cell -> CellKind.of(cell.text()).isTyped());
            }
        }
        return false;
    }
}
