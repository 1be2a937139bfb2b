package io.millrace.dataflow.csv.detect;

import io.millrace.dataflow.csv.detect.SampleRow.Cell;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How well a dialect splits the records of a sample: whether they have the same width, and whether their cells look like
 * values.
 *
 * @param dialect what was tried
 * @param width the number of cells that most records have
 * @param firstWidth the number of cells of the first record
 * @param records the records looked at, without blank ones
 * @param ofWidth how many of them have that width
 * @param uniformity from 0 to 1: how much the widths agree
 * @param kinds from 0 to 1: how much the cells look like values
 * @param quotedCells the cells in quotes
 * @param strayQuotes the records with quotes that are neither around a cell nor escaped
 * @param value the score
 */
record DialectScore(
        Dialect dialect,
        int width,
        int firstWidth,
        int records,
        int ofWidth,
        double uniformity,
        double kinds,
        int quotedCells,
        int strayQuotes,
        double value) {
    /** Records whose cells are looked at. */
    private static final int RECORDS_FOR_KINDS = 240;

    private static final int CELLS_FOR_KINDS = 6_000;
    /** Few records are no statistics: one of them is never more than this share. */
    private static final int FEW = 4;

    /**
     * Judges a dialect by its records. Spaces that only align columns are passed over: a space between cells counts as one
     * however many there are, if the records agree better so.
     */
    static DialectScore of(Dialect dialect, List<SampleRow> rows) {
        DialectScore score = plain(dialect, rows);
        if (dialect.delimiter().equals(" ")) {
            DialectScore aligned =
                    plain(dialect, rows.stream().map(SampleRow::withoutEmpty).toList());
            return aligned.value > score.value ? aligned : score;
        }
        return score;
    }

    /** Whether every record is divided, all alike. */
    boolean dividesAll() {
        return width > 1 && ofWidth == records && strayQuotes == 0;
    }

    DialectScore withValue(double other) {
        return new DialectScore(
                dialect, width, firstWidth, records, ofWidth, uniformity, kinds, quotedCells, strayQuotes, other);
    }

    private static DialectScore plain(Dialect dialect, List<SampleRow> rows) {
        List<SampleRow> records = rows.stream().filter(row -> !row.isBlank()).toList();
        if (records.isEmpty()) {
            return new DialectScore(dialect, 1, 1, 0, 0, 0, 0, 0, 0, 0);
        }
        int width = width(records);
        int ofWidth = 0;
        int narrow = 0;
        int stray = 0;
        int quoted = 0;
        for (SampleRow row : records) {
            ofWidth += row.width() == width ? 1 : 0;
            narrow += row.width() == 1 ? 1 : 0;
            stray += row.strayQuotes() > 0 ? 1 : 0;
            quoted += row.quoted();
        }
        double uniformity = dialect.isOfOneColumn() ? 1 : uniformity(records, width, ofWidth, width == 1 ? 0 : narrow);
        double kinds = kinds(records, width, dialect);
        double strayShare = (double) Math.max(0, stray - (records.size() > FEW ? 1 : 0)) / records.size();
        double value = uniformity
                * widthFactor(width, dialect)
                * kinds
                * prior(dialect, records.size())
                * (1 - 0.5 * Math.min(1, 2 * strayShare));
        // A stray quote counts a little even where one of them is forgiven.
        value *= stray > 0 ? 0.995 : 1;
        return new DialectScore(
                dialect,
                width,
                records.get(0).width(),
                records.size(),
                ofWidth,
                uniformity,
                kinds,
                quoted,
                stray,
                value);
    }

    /** The most frequent width above 1, or 1 where there is none. */
    static int width(List<SampleRow> records) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (SampleRow row : records) {
            if (row.width() > 1) {
                counts.merge(row.width(), 1, Integer::sum);
            }
        }
        int width = 1;
        int most = 0;
        for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
            int count = entry.getValue();
            if (count > most || (count == most && entry.getKey() > width)) {
                width = entry.getKey();
                most = count;
            }
        }
        return width;
    }

    /**
     * The share of the records that have the width, or of neighbours that have the same one, for a file may hold several
     * tables. Records of one cell may be titles and notes, and count less; the worst record is forgiven.
     */
    private static double uniformity(List<SampleRow> records, int width, int ofWidth, int narrow) {
        if (width == 1) {
            return 0;
        }
        double others = records.size() - ofWidth - narrow + 0.75 * narrow;
        others = records.size() > FEW ? Math.max(0, others - 1) : others;
        int alike = 0;
        for (int i = 1; i < records.size(); i++) {
            int there = records.get(i).width();
            alike += there > 1 && there == records.get(i - 1).width() ? 1 : 0;
        }
        double neighbours = records.size() < 2 ? 0 : 0.9 * alike / (records.size() - 1);
        return Math.max(ofWidth / (ofWidth + others), neighbours);
    }

    private static double kinds(List<SampleRow> records, int width, Dialect dialect) {
        int most = Math.max(4, Math.min(RECORDS_FOR_KINDS, CELLS_FOR_KINDS / width));
        double stride = Math.max(1, (double) records.size() / most);
        double sum = 0;
        int cells = 0;
        int broken = 0;
        for (double i = 0; i < records.size(); i += stride) {
            SampleRow row = records.get((int) i);
            if (row.width() == 1 && width > 1) {
                continue;
            }
            for (Cell cell : row.cells()) {
                CellKind kind = CellKind.of(cell.text());
                sum += weight(cell, kind, dialect);
                cells++;
                broken += kind == CellKind.BROKEN && !cell.isQuoted() ? 1 : 0;
            }
        }
        return cells == 0 ? 0 : sum / cells * (1 - 0.5 * broken / cells);
    }

    private static double weight(Cell cell, CellKind kind, Dialect dialect) {
        double weight = kind.weight();
        if (cell.isQuoted()) {
            return Math.max(weight, 0.9);
        }
        if (dialect.delimiter().equals(" ")) {
            return kind.isTyped() ? weight : 0.6 * weight;
        }
        String text = cell.text();
        boolean blanks = !text.isEmpty() && (text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ');
        return blanks ? 0.93 * weight : weight;
    }

    private static double widthFactor(int width, Dialect dialect) {
        return dialect.isOfOneColumn() ? 0.62 : 1 - 0.4 / width;
    }

    /** How usual a delimiter and a quote are. Unusual ones need more records than one or two. */
    private static double prior(Dialect dialect, int records) {
        double ofQuote = dialect.quote() == '"' ? 1 : 0.97;
        if (dialect.isOfOneColumn()) {
            return ofQuote;
        }
        double unusual = records <= 2 ? 0.6 : 1;
        return ofQuote
                * switch (dialect.delimiter().charAt(0)) {
                    case ',', ';', '\t', '|', '\u0001', '\u0002', '\u001e', '\u001f' -> 1;
                    case ' ', '~', '^' -> 0.85 * unusual;
                    case ':' -> 0.75 * unusual;
                    default -> 0.65 * unusual;
                };
    }
}
