package io.millrace.dataflow.csv.detect;

import io.millrace.dataflow.csv.detect.SampleRow.Cell;
import io.millrace.dataflow.csv.detect.SampleRow.Form;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a text that is in memory into records, as the reader does, and never fails: a quote that is not closed within
 * {@link #LONGEST_QUOTED} characters is taken for a character of its cell and counted as stray.
 */
final class SampleSplitter {
    private static final int LONGEST_QUOTED = 1 << 16;
    /** So many quotes without an end, and the text is not worth to be split on. */
    private static final int MOST_OPEN = 16;

    private final String text;
    private final Dialect dialect;
    private final String delimiter;
    private final char quote;
    private final char escape;

    private int at;
    private long line = 1;
    private int stray;
    private int quoted;
    private int open;
    private boolean unfinished;

    private SampleSplitter(String text, Dialect dialect) {
        this.text = text;
        this.dialect = dialect;
        this.delimiter = dialect.delimiter();
        this.quote = dialect.quote();
        this.escape = dialect.escape();
    }

    /**
     * The first records of a text.
     *
     * @param end whether the text ends where its file does; if not, its last record is left out, as it may go on
     */
    static List<SampleRow> rows(String text, Dialect dialect, End end, int most) {
        return new SampleSplitter(text, dialect).rows(end, most);
    }

    /** What comes after a text. */
    enum End {
        OF_FILE,
        CUT
    }

    private List<SampleRow> rows(End end, int most) {
        List<SampleRow> rows = new ArrayList<>();
        while (at < text.length() && rows.size() < most && open < MOST_OPEN) {
            if (dialect.comment() != Dialect.NONE && text.charAt(at) == dialect.comment()) {
                skipLine();
                continue;
            }
            SampleRow row = row();
            if (end == End.CUT && (unfinished || at >= text.length()) && !rows.isEmpty()) {
                break;
            }
            rows.add(row);
        }
        return rows;
    }

    private void skipLine() {
        while (at < text.length() && !isLineEnd(text.charAt(at))) {
            at++;
        }
        takeLineEnd();
    }

    private SampleRow row() {
        long begins = line;
        stray = 0;
        quoted = 0;
        List<Cell> cells = new ArrayList<>();
        boolean more = true;
        while (more) {
            cells.add(cell());
            more = at < text.length() && !isLineEnd(text.charAt(at));
            if (more) {
                at += delimiter.length();
                if (at >= text.length()) {
                    cells.add(new Cell("", Form.PLAIN));
                    more = false;
                }
            }
        }
        takeLineEnd();
        return new SampleRow(cells, quoted, stray, begins);
    }

    /** Stops at a delimiter, a line end, or the end of the text. */
    private Cell cell() {
        if (quote != Dialect.NONE && at < text.length() && text.charAt(at) == quote) {
            Cell cell = quotedCell();
            if (cell != null) {
                quoted++;
                return cell;
            }
            stray++;
            open++;
        }
        int begin = at;
        while (at < text.length() && !isLineEnd(text.charAt(at)) && !isDelimiter(at)) {
            at++;
        }
        return new Cell(text.substring(begin, at), Form.PLAIN);
    }

    /** The cell whose opening quote is here; null, without moving, where the quote is not closed. */
    private @Nullable Cell quotedCell() {
        StringBuilder content = new StringBuilder();
        int i = at + 1;
        int limit = (int) Math.min(text.length(), (long) i + LONGEST_QUOTED);
        long lines = 0;
        int strayInside = 0;
        while (i < limit) {
            char c = text.charAt(i);
            if (c == escape && escape != quote && i + 1 < limit) {
                char next = text.charAt(i + 1);
                if (next != quote && next != escape) {
                    content.append(c);
                }
                content.append(next);
                lines += next == '\n' ? 1 : 0;
                i += 2;
                continue;
            }
            if (c == quote) {
                if (escape == quote && i + 1 < limit && text.charAt(i + 1) == quote) {
                    content.append(c);
                    i += 2;
                    continue;
                }
                int after = afterClosing(i + 1);
                if (after >= 0) {
                    at = after;
                    line += lines;
                    stray += strayInside;
                    return new Cell(content.toString(), Form.QUOTED);
                }
                strayInside++;
            }
            lines += c == '\n' || (c == '\r' && (i + 1 >= text.length() || text.charAt(i + 1) != '\n')) ? 1 : 0;
            content.append(c);
            i++;
        }
        unfinished |= limit == text.length();
        return null;
    }

    /** Where the delimiter, line end or end of the text behind a closing quote is; -1 if something else is behind it. */
    private int afterClosing(int from) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (isLineEnd(c) || isDelimiter(i)) {
                return i;
            }
            if (c != ' ' && c != '\t') {
                return -1;
            }
            i++;
        }
        return i;
    }

    private boolean isDelimiter(int position) {
        int length = delimiter.length();
        if (length == 1) {
            return text.charAt(position) == delimiter.charAt(0);
        }
        return length > 0 && text.startsWith(delimiter, position);
    }

    private void takeLineEnd() {
        if (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\r' && at < text.length() && text.charAt(at) == '\n') {
                at++;
            }
            line++;
        }
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
