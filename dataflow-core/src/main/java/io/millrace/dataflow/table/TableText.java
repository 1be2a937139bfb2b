package io.millrace.dataflow.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Text in aligned columns, for people. Columns that a terminal has no room for are left out and named below. */
public final class TableText {
    private static final String GAP = "  ";
    private static final int WIDEST_CELL = 40;

    /** East Asian characters that take two columns of a terminal, and pictures. */
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x2E80, 0xA4CF},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0x1F300, 0x1FAFF},
        {0x20000, 0x3FFFD}
    };

    private final List<String> titles = new ArrayList<>();
    private final List<String> subtitles = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** A table without columns. */
    public TableText() {}

    /** Adds a column; {@code subtitle} stands below the title. */
    public TableText column(String title, String subtitle, Side side) {
        titles.add(cell(title));
        subtitles.add(subtitle);
        right.add(side == Side.RIGHT);
        return this;
    }

    /** Adds a row, a text for each column. */
    public void row(List<String> cells) {
        rows.add(cells.stream().map(TableText::cell).toList());
    }

    /** The lines, without a line end, as wide as {@code width} at most. */
    public List<String> lines(OptionalInt width) {
        int[] widths = widths();
        int shown = shown(widths, width);
        List<String> lines = new ArrayList<>();
        lines.add(line(titles, widths, shown));
        if (subtitles.stream().anyMatch(text -> !text.isEmpty())) {
            lines.add(line(subtitles, widths, shown));
        }
        rows.forEach(row -> lines.add(line(row, widths, shown)));
        if (shown < titles.size()) {
            List<String> hidden = titles.subList(shown, titles.size());
            lines.add(String.format(
                    Locale.ROOT,
                    "%d more column%s: %s",
                    hidden.size(),
                    hidden.size() == 1 ? "" : "s",
                    String.join(", ", hidden)));
        }
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[titles.size()];
        for (List<String> row : all()) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return widths;
    }

    private List<List<String>> all() {
        List<List<String>> all = new ArrayList<>(rows);
        all.add(titles);
        all.add(subtitles);
        return all;
    }

    private static int shown(int[] widths, OptionalInt width) {
        if (width.isEmpty()) {
            return widths.length;
        }
        int used = 0;
        for (int i = 0; i < widths.length; i++) {
            used += widths[i] + (i == 0 ? 0 : GAP.length());
            if (used > width.getAsInt()) {
                return Math.max(1, i);
            }
        }
        return widths.length;
    }

    private String line(List<String> cells, int[] widths, int shown) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < shown; i++) {
            String padding = String.join("", Collections.nCopies(widths[i] - width(cells.get(i)), " "));
            line.append(i == 0 ? "" : GAP);
            line.append(right.get(i) ? padding + cells.get(i) : cells.get(i) + padding);
        }
        return line.toString().stripTrailing();
    }

    /** One line of printable characters, cut where it is too long: a cell cannot move the cursor of a terminal. */
    private static String cell(String text) {
        StringBuilder cell = new StringBuilder();
        int width = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            String shown = printable(point);
            int more = width(shown);
            if (width + more > WIDEST_CELL - 1 && at + Character.charCount(point) < text.length()) {
                return cell.append('…').toString();
            }
            cell.append(shown);
            width += more;
            at += Character.charCount(point);
        }
        return cell.toString();
    }

    private static String printable(int point) {
        return switch (point) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                isVisible(point) ? new String(Character.toChars(point)) : String.format(Locale.ROOT, "\\u%04x", point);
        };
    }

    private static boolean isVisible(int point) {
        int type = Character.getType(point);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    private static int width(String text) {
        return text.codePoints().map(TableText::width).sum();
    }

    /** The columns of a terminal that a character takes. */
    private static int width(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (point >= range[0] && point <= range[1]) {
                return 2;
            }
        }
        return 1;
    }

    /** To which side of its column a cell is moved. */
    public enum Side {
        /** Words. */
        LEFT,
        /** Numbers. */
        RIGHT
    }
}
