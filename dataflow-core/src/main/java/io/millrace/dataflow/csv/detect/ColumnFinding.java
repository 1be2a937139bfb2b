package io.millrace.dataflow.csv.detect;

import io.millrace.dataflow.csv.detect.SampleRow.Cell;
import io.millrace.dataflow.format.TextEvidence;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column, and what its cells in the sample are.
 *
 * @param name its name in the table that is read
 * @param type the type that all of them fit, see {@link TextEvidence}; text where there is none
 * @param finding the type as text, how sure it is for the whole file, and what speaks for it
 */
public record ColumnFinding(String name, DataType type, Finding finding) {
    private static final Pattern DAY_AND_MONTH = Pattern.compile("(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})( .*)?");
    /** From this share of the cells on, the others are named as exceptions. */
    private static final double NEARLY_ALL = 0.9;

    public ColumnFinding {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(finding, "finding");
    }

    /** Judges the column of a position by the records of a table. */
    static ColumnFinding of(String name, int position, List<SampleRow> body) {
        List<SampleRow> rows = new ArrayList<>();
        TextEvidence evidence = new TextEvidence();
        for (SampleRow row : body) {
            if (position < row.width() && !row.cells().get(position).text().isEmpty()) {
                rows.add(row);
                evidence.observe(row.cells().get(position).text());
            }
        }
        DataType type = evidence.type();
        if (rows.isEmpty()) {
            return new ColumnFinding(name, type, Finding.of(type.toString(), 0.1, "the sample has no value in it"));
        }
        if (!type.equals(DataTypes.TEXT)) {
            String all = rows.size() == 1 ? "the one value fits" : "all " + Wording.number(rows.size()) + " values fit";
            return new ColumnFinding(
                    name,
                    type,
                    Finding.of(type.toString(), 1 - 1 / (rows.size() + 1.0), all)
                            .orElse("text"));
        }
        return new ColumnFinding(name, type, text(rows, position));
    }

    private static Finding text(List<SampleRow> rows, int position) {
        Finding order = order(rows, position);
        if (order != null) {
            return order;
        }
        Finding exceptions = exceptions(rows, position);
        return exceptions != null
                ? exceptions
                : Finding.of("text", 1 - 0.5 / rows.size(), "the values are of no other type");
    }

    /** Dates of numbers alone whose day and month could change places. */
    private static @Nullable Finding order(List<SampleRow> rows, int position) {
        int dayFirst = 0;
        int monthFirst = 0;
        int dates = 0;
        for (SampleRow row : rows) {
            Matcher matcher =
                    DAY_AND_MONTH.matcher(row.cells().get(position).text().strip());
            if (matcher.matches()) {
                int first = Integer.parseInt(matcher.group(1));
                int second = Integer.parseInt(matcher.group(2));
                dates++;
                dayFirst += first <= 31 && second <= 12 ? 1 : 0;
                monthFirst += first <= 12 && second <= 31 ? 1 : 0;
            }
        }
        if (dates < NEARLY_ALL * rows.size() || Math.max(dayFirst, monthFirst) < NEARLY_ALL * dates) {
            return null;
        }
        String begin = "it holds dates of numbers alone, ";
        if (dayFirst == monthFirst) {
            return Finding.of("text", 0.5, begin + "and whether the day or the month comes first is ambiguous")
                    .orElse("date");
        }
        return Finding.of(
                        "text",
                        0.8,
                        begin + "of which " + Wording.number(Math.max(dayFirst, monthFirst)) + " have the "
                                + (dayFirst > monthFirst ? "day" : "month") + " first")
                .orElse("date");
    }

    /** The type that nearly all cells have, and the first that has not. */
    private static @Nullable Finding exceptions(List<SampleRow> rows, int position) {
        for (DataType type :
                List.of(DataTypes.INT64, DataTypes.FLOAT64, DataTypes.DATE, DataTypes.TIMESTAMP, DataTypes.BOOL)) {
            int fitting = 0;
            SampleRow first = null;
            for (SampleRow row : rows) {
                boolean fits = fits(type, row.cells().get(position));
                fitting += fits ? 1 : 0;
                first = first == null && !fits ? row : first;
            }
            if (first != null && fitting >= NEARLY_ALL * rows.size()) {
                return Finding.of(
                                "text",
                                0.7,
                                Wording.number(fitting) + " of " + Wording.number(rows.size()) + " values are " + type
                                        + "; the first other one is '"
                                        + Wording.printable(shortened(
                                                first.cells().get(position).text()))
                                        + "' on line " + Wording.number(first.line()))
                        .orElse(type.toString());
            }
        }
        return null;
    }

    private static boolean fits(DataType type, Cell cell) {
        TextEvidence evidence = new TextEvidence();
        evidence.observe(cell.text());
        DataType own = evidence.type();
        return own.equals(type) || (type.equals(DataTypes.FLOAT64) && own.equals(DataTypes.INT64));
    }

    private static String shortened(String text) {
        return text.length() <= 20 ? text : text.substring(0, 20) + "...";
    }
}
