package io.millrace.dataflow.profile;

import io.millrace.dataflow.schema.DataType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Profiles as tables for people. */
final class ProfileText {
    /** The columns of a terminal that a table takes at most, unless told otherwise. */
    static final int WIDTH = 100;

    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int MOST_BARS = 20;
    private static final int DIGITS = 6;
    /** From here to {@link #LONG_NUMBER} a number is shown without a fraction, and with all its digits. */
    private static final double WHOLE_NUMBER = 1e5;

    private static final double LONG_NUMBER = 1e12;
    private static final String GAP = "  ";
    /** The headings, and how wide a column of the table may be. */
    private static final List<Heading> HEADINGS = List.of(
            new Heading("column", 20, true),
            new Heading("type", 14, true),
            new Heading("null", 6, false),
            new Heading("distinct", 11, false),
            new Heading("min", 12, false),
            new Heading("median", 10, false),
            new Heading("max", 12, false),
            new Heading("values", 20, true));
    /** The columns of the table that a narrow terminal does without, the first first. */
    private static final List<String> DISPENSABLE = List.of("median", "min", "max", "values", "distinct", "type");

    private ProfileText() {}

    private record Heading(String text, int most, boolean isLeft) {}

    static List<String> lines(Profile profile, int width) {
        List<String> lines = new ArrayList<>();
        lines.add(summary(profile));
        lines.add("");
        lines.addAll(table(profile, width));
        List<String> notes = notes(profile);
        if (!notes.isEmpty()) {
            lines.add("");
            lines.add("Look at");
            notes.forEach(note -> lines.add(GAP + note));
        }
        return lines;
    }

    private static String summary(Profile profile) {
        StringBuilder text = new StringBuilder();
        text.append(counted(profile.rowCount(), "row")).append(", ");
        text.append(counted(profile.columns().size(), "column"));
        Count duplicates = profile.duplicateRows();
        if (duplicates.value() == 0) {
            text.append(duplicates.isExact() ? ", no duplicate rows" : ", no duplicate rows found");
        } else {
            text.append(", ").append(count(duplicates)).append(" duplicate row");
            text.append(duplicates.value() == 1 ? "" : "s");
        }
        if (profile.rejected() > 0) {
            text.append(", ").append(counted(profile.rejected(), "record")).append(" rejected");
        }
        return text.toString();
    }

    private static String counted(long number, String thing) {
        return count(number) + " " + thing + (number == 1 ? "" : "s");
    }

    private static List<String> table(Profile profile, int width) {
        List<Heading> headings = new ArrayList<>(HEADINGS);
        List<String> dispensable = new ArrayList<>(DISPENSABLE);
        List<String> lines = rows(profile, headings);
        while (!dispensable.isEmpty()
                && lines.stream().mapToInt(ProfileText::columns).max().orElse(0) > width) {
            String left = dispensable.remove(0);
            headings.removeIf(heading -> heading.text().equals(left));
            lines = rows(profile, headings);
        }
        return lines;
    }

    private static List<String> rows(Profile profile, List<Heading> headings) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(headings.stream().map(Heading::text).toList());
        for (ColumnProfile column : profile.columns()) {
            cells.add(headings.stream()
                    .map(heading -> cut(cell(column, heading.text()), heading.most()))
                    .toList());
        }
        int[] widths = new int[headings.size()];
        for (List<String> row : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], columns(row.get(i)));
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - columns(row.get(i)));
                line.append(i == 0 ? "" : GAP);
                line.append(headings.get(i).isLeft() ? row.get(i) + padding : padding + row.get(i));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String cell(ColumnProfile column, String heading) {
        return switch (heading) {
            case "column" -> column.name();
            case "type" -> column.type().toString();
            case "null" -> nulls(column.counts());
            case "distinct" ->
                (column.distinct().isExact() ? "" : "~")
                        + count(column.distinct().value());
            case "min" -> column.smallest().map(ProfileText::shown).orElse("");
            case "median" ->
                column.quantiles()
                        .map(quantiles -> place(quantiles.median(), column.type()))
                        .orElse("");
            case "max" -> column.largest().map(ProfileText::shown).orElse("");
            default -> values(column);
        };
    }

    private static String nulls(CellCounts counts) {
        if (counts.nulls() == 0) {
            return "0";
        }
        double percent = 100 * counts.nullRatio();
        if (percent < 0.1) {
            return "<0.1 %";
        }
        return counts.nulls() == counts.rows()
                ? "100 %"
                : String.format(Locale.ROOT, "%.1f %%", Math.min(99.9, percent));
    }

    /** A histogram, or the most frequent value. */
    private static String values(ColumnProfile column) {
        if (column.histogram().isPresent()) {
            return bars(column.histogram().get());
        }
        if (column.topValues().isEmpty()) {
            return "";
        }
        ValueCount top = column.topValues().get(0);
        String share = String.format(
                Locale.ROOT,
                " %.0f %%",
                100.0 * top.count().value() / column.counts().values());
        return cut(shown(top.value()), 20 - share.length()) + share;
    }

    private static String bars(Histogram histogram) {
        int each = (histogram.bins().size() + MOST_BARS - 1) / MOST_BARS;
        long[] counts = new long[(histogram.bins().size() + each - 1) / each];
        long most = 1;
        for (int i = 0; i < histogram.bins().size(); i++) {
            counts[i / each] += histogram.bins().get(i).count();
            most = Math.max(most, counts[i / each]);
        }
        StringBuilder bars = new StringBuilder();
        for (long count : counts) {
            int height = (int) Math.ceil((double) BARS.length() * count / most);
            bars.append(height == 0 ? ' ' : BARS.charAt(height - 1));
        }
        return bars.toString();
    }

    private static List<String> notes(Profile profile) {
        List<String> notes = new ArrayList<>();
        for (ColumnProfile column : profile.columns()) {
            for (Alert alert : column.alerts()) {
                notes.add(cut(column.name(), 40) + ": " + alert.kind().text() + ", " + alert.evidence());
            }
            for (var semantic : column.semanticTypes().entrySet()) {
                notes.add(cut(column.name(), 40) + ": " + count(semantic.getValue()) + " of "
                        + count(column.counts().values()) + " values have the form of "
                        + semantic.getKey().text());
            }
        }
        for (Alert alert : profile.alerts()) {
            notes.add(alert.kind().text() + ", " + alert.evidence());
        }
        if (profile.correlationsLeftOut() > 0) {
            notes.add("correlations are of the first " + Profile.MOST_CORRELATED + " numeric columns; "
                    + count(profile.correlationsLeftOut()) + " more have none");
        }
        return notes;
    }

    /** A number of things with groups of three digits. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Likewise; "about" before an estimate. */
    static String count(Count count) {
        return (count.isExact() ? "" : "about ") + count(count.value());
    }

    /** A number to six digits, or to the next whole one where it has more before its point. */
    static String number(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        if (Math.abs(number) >= WHOLE_NUMBER && Math.abs(number) < LONG_NUMBER) {
            return Long.toString(Math.round(number));
        }
        BigDecimal rounded =
                new BigDecimal(number).round(new MathContext(DIGITS)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.signum() == 0
                ? "0"
                : exponent >= -4 && exponent < DIGITS ? rounded.toPlainString() : rounded.toString();
    }

    /** A place on the axis of a column: a number, a day or an instant. */
    static String place(double place, DataType type) {
        if (type instanceof DataType.Date) {
            return LocalDate.ofEpochDay((long) Math.floor(place)).toString();
        }
        return type instanceof DataType.Timestamp
                ? Instant.EPOCH
                        .plus((long) Math.floor(place), ChronoUnit.MICROS)
                        .toString()
                : number(place);
    }

    /** A value in a sentence. */
    static String quoted(Object value) {
        return value instanceof String ? "'" + cut(shown(value), 40) + "'" : shown(value);
    }

    /** A value as one line of printable characters. */
    private static String shown(Object value) {
        if (value instanceof Double number) {
            return number(number);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value.toString();
    }

    /** Text that is no longer than so many characters, and cannot move the cursor of a terminal. */
    private static String cut(String text, int most) {
        StringBuilder printable = new StringBuilder();
        int points = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int point = text.codePointAt(at);
            if (points == most - 1 && at + Character.charCount(point) < text.length()) {
                return printable.append('…').toString();
            }
            int type = Character.getType(point);
            boolean isHidden = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            printable.appendCodePoint(isHidden ? '\uFFFD' : point);
            points++;
        }
        return printable.toString();
    }

    private static int columns(String text) {
        return text.codePointCount(0, text.length());
    }
}
