package io.millrace.dataflow.csv.detect;

import io.millrace.dataflow.csv.detect.CellKind.Group;
import io.millrace.dataflow.csv.detect.SampleRow.Cell;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the table is among the records of a file's beginning: after which lines, under how many rows of names, and whether
 * another one follows.
 *
 * @param width the number of its columns: the cells of its first records
 * @param preambleLines the lines before it, of which some have text; 0 where all are blank
 * @param header the rows of names; empty where the first record is data
 * @param headerConfidence how sure that is
 * @param headerEvidence what speaks for it
 * @param body the records below, up to another table
 * @param nextTable the line on which another table begins, or 0
 */
record TableShape(
        int width,
        long preambleLines,
        List<SampleRow> header,
        double headerConfidence,
        String headerEvidence,
        List<SampleRow> body,
        long nextTable) {
    private static final int MOST_HEADER_ROWS = 4;
    private static final int ROWS_FOR_KINDS = 400;
    private static final int SMALLEST_TABLE = 5;

    /**
     * Finds the table.
     *
     * @param rows the records of the beginning, with blank ones and without comments
     * @param modal the width that most of them have
     */
    static TableShape of(List<SampleRow> rows, int modal) {
        List<SampleRow> records = rows.stream().filter(row -> !row.isBlank()).toList();
        if (records.isEmpty()) {
            return new TableShape(1, 0, List.of(), 0.5, "there is no record", List.of(), 0);
        }
        int width = width(records, modal);
        int first = first(records, width);
        List<ColumnKinds> kinds = ColumnKinds.of(sample(records.subList(first, records.size()), width), width);
        while (first + 2 < records.size()
                && records.get(first).width() != width
                && records.get(first + 1).width() == width
                && isNames(records.get(first + 1), kinds)) {
            first++;
        }
        long preamble = first == 0 ? 0 : records.get(first).line() - 1;
        List<SampleRow> table = records.subList(first, records.size());
        Vote vote = Vote.of(table, kinds);
        int headerRows = vote.isHeader() ? headerRows(table, kinds) : 0;
        List<SampleRow> header = table.subList(0, headerRows);
        int end = end(rows, table, headerRows, width);
        List<SampleRow> body = table.subList(headerRows, end);
        return new TableShape(
                headerRows > 0
                        ? header.stream().mapToInt(SampleRow::width).max().getAsInt()
                        : body.get(0).width(),
                preamble,
                header,
                vote.confidence(),
                vote.evidence(headerRows),
                body,
                end < table.size() ? table.get(end).line() : 0);
    }

    /** How many records of the body have fewer cells than there are columns. */
    int shortRecords() {
        return (int) body.stream().filter(row -> row.width() < width).count();
    }

    /** How many records of the body have more. */
    int longRecords() {
        return (int) body.stream().filter(row -> row.width() > width).count();
    }

    /** How many records of the body have a text beyond the columns. */
    int overflowing() {
        return (int) body.stream()
                .filter(row -> row.width() > width
                        && row.texts().subList(width, row.width()).stream().anyMatch(text -> !text.isEmpty()))
                .count();
    }

    /**
     * The width of the first table that is no small part of the records, even if a later one is larger. One that is wider than
     * the most usual width is no list of notes above the table, and may be a smaller part.
     */
    private static int width(List<SampleRow> records, int modal) {
        int most = 0;
        for (SampleRow row : records) {
            most += row.width() == modal ? 1 : 0;
        }
        int run = 0;
        for (int i = 0; i < records.size(); i++) {
            int there = records.get(i).width();
            run = i > 0 && records.get(i - 1).width() == there ? run + 1 : 1;
            boolean large = run >= most / 2 || (there > modal && run >= most / 10);
            if (there > 1 && run >= SMALLEST_TABLE && large) {
                return there;
            }
        }
        return modal;
    }

    /** The first record that is part of the table: nearly as wide as the others, and not only a title. */
    private static int first(List<SampleRow> records, int width) {
        if (width == 1) {
            return 0;
        }
        double filled = records.stream()
                .filter(row -> row.width() == width)
                .mapToInt(SampleRow::filled)
                .average()
                .orElse(0);
        double atLeast = Math.min(width, filled) / 2;
        for (int i = 0; i < records.size(); i++) {
            SampleRow row = records.get(i);
            boolean wide = row.width() >= Math.max(2, 0.6 * width) && row.width() <= 1.5 * width + 1;
            if (wide && row.filled() >= atLeast) {
                return i;
            }
        }
        return 0;
    }

    /** Records below the first, of the usual width, from all over the table. */
    private static List<SampleRow> sample(List<SampleRow> table, int width) {
        List<SampleRow> below = new ArrayList<>();
        for (int i = Math.min(1, table.size() - 1); i < table.size() && below.size() < ROWS_FOR_KINDS; i++) {
            if (table.get(i).width() == width && i > 0) {
                below.add(table.get(i));
            }
        }
        return below;
    }

    private static int headerRows(List<SampleRow> table, List<ColumnKinds> kinds) {
        int rows = 1;
        long typed = kinds.stream().filter(ColumnKinds::isTyped).count();
        while (rows < Math.min(MOST_HEADER_ROWS, table.size() - 1)) {
            SampleRow row = table.get(rows);
            boolean repeated =
                    row.width() > 1 && row.texts().equals(table.get(0).texts());
            if (!repeated && (typed < 2 || !isNames(row, kinds))) {
                break;
            }
            rows++;
        }
        return rows;
    }

    /** Whether a row has texts above columns of other things, and none of these things. */
    private static boolean isNames(SampleRow row, List<ColumnKinds> kinds) {
        int typed = 0;
        int texts = 0;
        for (int i = 0; i < Math.min(kinds.size(), row.width()); i++) {
            if (kinds.get(i).isTyped()) {
                Group group = CellKind.of(row.cells().get(i).text()).group();
                if (group != Group.TEXT && group != Group.EMPTY) {
                    return false;
                }
                typed++;
                texts += group == Group.TEXT ? 1 : 0;
            }
        }
        return typed > 0 && texts * 2 > typed;
    }

    /** How many of the records are before another table. */
    private static int end(List<SampleRow> rows, List<SampleRow> table, int headerRows, int width) {
        @Nullable
        List<String> names = headerRows == 0 ? null : table.get(headerRows - 1).texts();
        Set<Long> afterBlank = afterBlank(rows);
        for (int i = headerRows + 1; i < table.size(); i++) {
            SampleRow row = table.get(i);
            boolean repeats = row.width() > 1 && names != null && row.texts().equals(names);
            if (repeats) {
                return i;
            }
            // A run of records of another width is looked at where it begins.
            if (row.width() == width || row.width() == table.get(i - 1).width()) {
                continue;
            }
            boolean after = afterBlank.contains(row.line());
            int alike = alike(table, i);
            boolean last = i + alike == table.size();
            if (row.width() > 1 && after && (alike >= 2 || last)) {
                return i;
            }
            if (row.width() > 1
                    && alike >= 4
                    && isNames(row, ColumnKinds.of(table.subList(i + 1, i + alike), row.width()))) {
                return i;
            }
        }
        return table.size();
    }

    private static int alike(List<SampleRow> table, int from) {
        int i = from;
        while (i < table.size() && table.get(i).width() == table.get(from).width()) {
            i++;
        }
        return i - from;
    }

    /** The lines on which a record begins below a blank one. */
    private static Set<Long> afterBlank(List<SampleRow> rows) {
        Set<Long> lines = new HashSet<>();
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i - 1).isBlank() && !rows.get(i).isBlank()) {
                lines.add(rows.get(i).line());
            }
        }
        return lines;
    }

    /** What the columns say of the first record: whether it names them. */
    private record Vote(double names, double values, int records) {
        static Vote of(List<SampleRow> table, List<ColumnKinds> kinds) {
            SampleRow first = table.get(0);
            double names = 0;
            double values = 0;
            boolean years = areYears(first);
            for (int i = 0; i < Math.min(kinds.size(), first.width()); i++) {
                Cell cell = first.cells().get(i);
                double vote = years && isYear(cell) ? 0 : kinds.get(i).nameVote(cell);
                names += Math.max(0, vote);
                values += Math.max(0, -vote);
            }
            if (table.size() == 1) {
                values = first.cells().stream()
                        .filter(cell -> CellKind.of(cell.text()).isTyped())
                        .count();
            }
            return new Vote(names, values, table.size());
        }

        boolean isHeader() {
            return names >= values;
        }

        double confidence() {
            double difference = Math.abs(names - values);
            double clear = difference / (names + values + 0.5);
            return records == 1 ? 0.5 : 0.5 + 0.5 * clear;
        }

        String evidence(int headerRows) {
            if (records == 1) {
                return headerRows > 0
                        ? "the only record has texts alone"
                        : "the only record has values that are no names";
            }
            if (names == 0 && values == 0) {
                return "nothing tells the first record from those below, and most files have a header";
            }
            String rows = headerRows > 1 ? "the first " + headerRows + " records have" : "the first record has";
            return headerRows > 0
                    ? rows + " texts above columns of other things" + (values > 0 ? ", and some values" : "")
                    : "the first record has the same things as those below" + (names > 0 ? ", and some texts" : "");
        }

        /** Several years in order are names of columns. */
        private static boolean areYears(SampleRow row) {
            int before = 0;
            int years = 0;
            for (Cell cell : row.cells()) {
                if (isYear(cell)) {
                    int year = Integer.parseInt(cell.text().strip());
                    if (years > 0 && Math.abs(year - before) > 10) {
                        return false;
                    }
                    before = year;
                    years++;
                }
            }
            return years >= 3 && years < row.width();
        }

        private static boolean isYear(Cell cell) {
            String text = cell.text().strip();
            return text.length() == 4 && text.matches("(1[89]|20)\\d\\d");
        }
    }
}
