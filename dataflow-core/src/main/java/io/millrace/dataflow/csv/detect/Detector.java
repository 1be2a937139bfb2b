package io.millrace.dataflow.csv.detect;

import io.millrace.dataflow.csv.CsvHeader;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges a sample: encoding, then dialect, then table, then columns. */
final class Detector {
    /** The column for the cells beyond a header that is shorter than the records. */
    private static final String OVERFLOW = "overflow";

    private final EncodingJudge.Verdict encoding;
    private final SampleText text;
    private final DialectChoice choice;
    private final Dialect dialect;
    private final List<SampleRow> rows;
    private final TableShape shape;

    private Detector(Sample sample) {
        this.encoding = EncodingJudge.judge(sample);
        this.text = SampleText.of(sample, encoding);
        this.choice = DialectChoice.of(text);
        this.dialect = choice.best().dialect().withComment(Comments.of(text, choice.best()));
        this.rows = text.rows(dialect);
        this.shape = TableShape.of(rows, DialectScore.width(rows));
    }

    static CsvDetection detect(Sample sample) {
        return new Detector(sample).detection(sample.file().display());
    }

    private CsvDetection detection(String file) {
        Map<Trait, Finding> findings = new EnumMap<>(Trait.class);
        findings.put(Trait.ENCODING, encoding.finding());
        findings.put(Trait.DELIMITER, choice.delimiter());
        findings.put(Trait.QUOTE, choice.quote());
        findings.put(Trait.ESCAPE, choice.escape());
        findings.put(Trait.COMMENT, comment());
        findings.put(Trait.PREAMBLE, preamble());
        findings.put(
                Trait.HEADER,
                Finding.of(rows(shape.header().size()), shape.headerConfidence(), shape.headerEvidence())
                        .orElse(shape.header().isEmpty() ? rows(1) : rows(0)));
        findings.put(Trait.RECORDS, records());
        findings.put(Trait.TABLES, tables());
        return new CsvDetection(file, options(), findings, columns());
    }

    private Finding comment() {
        return dialect.comment() == Dialect.NONE
                ? Finding.of("none", 0.9, "no lines begin with '#' between records of other widths")
                : Finding.of(
                        Dialect.shown(dialect.comment()), 0.9, "lines begin with it, and are no records of the table");
    }

    private Finding preamble() {
        long lines = shape.preambleLines();
        return lines == 0
                ? Finding.of("0 lines", 0.9, "the first record is part of the table")
                : Finding.of(
                                lines == 1 ? "1 line" : Wording.number(lines) + " lines",
                                0.8,
                                "records before line " + Wording.number(lines + 1)
                                        + " have another width than the table, or are nearly empty")
                        .orElse("0 lines");
    }

    private Finding records() {
        int body = shape.body().size();
        int ragged = shape.shortRecords() + shape.longRecords();
        if (ragged == 0) {
            String begin = body == 1
                    ? "the 1 record of the sample has "
                    : Wording.number(body) + " records of the sample have ";
            return Finding.of("regular", body == 0 ? 0.5 : 1 - 1 / (body + 1.0), begin + "the width of the table");
        }
        String what = isMany(shape.shortRecords()) ? "; the cells that they lack are null" : "";
        what += isMany(shape.overflowing()) ? "; cells beyond the columns are in the column '" + OVERFLOW + "'" : "";
        return Finding.of(
                "ragged",
                1,
                Wording.number(ragged) + " of " + Wording.count(body, "record")
                        + " of the sample have another width than " + Wording.number(shape.width()) + what);
    }

    private Finding tables() {
        return shape.nextTable() == 0
                ? Finding.of("1", 0.9, "no record of the sample begins another one")
                : Finding.of(
                                "more than 1",
                                0.8,
                                "another one begins on line " + Wording.number(shape.nextTable())
                                        + ", and is reported in place of read")
                        .orElse("1");
    }

    private CsvOptions options() {
        CsvOptions options = CsvOptions.defaults();
        if (!encoding.charset().equals(options.encoding())) {
            options = options.encoding(encoding.charset());
        }
        String delimiter = dialect.isOfOneColumn() ? unused() : dialect.delimiter();
        if (!delimiter.equals(options.delimiter())) {
            options = options.delimiter(delimiter);
        }
        if (dialect.quote() == Dialect.NONE) {
            options = options.withoutQuote();
        } else if (dialect.quote() != '"') {
            options = options.quote(dialect.quote());
        }
        if (dialect.quote() != dialect.escape()) {
            options = options.escape(dialect.escape());
        }
        if (dialect.comment() != Dialect.NONE) {
            options = options.comment(dialect.comment());
        }
        if (shape.preambleLines() > 0) {
            options = options.skipRows(shape.preambleLines());
        }
        if (shape.header().isEmpty() && !shape.body().isEmpty()) {
            options = options.withoutHeader();
        } else if (shape.header().size() > 1) {
            options = options.headerRows(shape.header().size());
        }
        if (shape.nextTable() > 0) {
            options = options.firstTableOnly();
        }
        return raggedRecords(options);
    }

    /** Where many records are short or long, that is how the file is written; where a few are, they are malformed. */
    private CsvOptions raggedRecords(CsvOptions regular) {
        CsvOptions options = regular;
        boolean pads = isMany(shape.shortRecords());
        boolean overflows = isMany(shape.overflowing());
        options = pads ? options.padShortRows() : options;
        options = overflows ? options.overflowColumn(OVERFLOW) : options;
        boolean malformed = (shape.shortRecords() > 0 && !pads) || (shape.longRecords() > 0 && !overflows);
        return malformed ? options.errors(ErrorPolicy.keep()) : options;
    }

    private boolean isMany(int records) {
        return records > 1 && records * 4 > shape.body().size();
    }

    /** A delimiter that divides no record of the sample. */
    private String unused() {
        for (String delimiter : List.of(",", ";", "\t", "|")) {
            boolean divides = rows.stream()
                    .flatMap(row -> row.cells().stream())
                    .anyMatch(cell -> !cell.isQuoted() && cell.text().contains(delimiter));
            if (!divides) {
                return delimiter;
            }
        }
        return "\u001f";
    }

    private List<ColumnFinding> columns() {
        List<String> names = names();
        List<ColumnFinding> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(ColumnFinding.of(names.get(i), i, shape.body()));
        }
        return columns;
    }

    private List<String> names() {
        if (shape.header().isEmpty()) {
            return CsvHeader.numbered(
                    shape.body().isEmpty() ? 0 : shape.body().get(0).width());
        }
        @Nullable String[] names = new String[shape.width()];
        for (SampleRow row : shape.header()) {
            for (int i = 0; i < Math.min(names.length, row.width()); i++) {
                String part = row.cells().get(i).text();
                if (!part.isBlank()) {
                    String stripped = shape.header().size() == 1 ? part : part.strip();
                    names[i] = names[i] == null ? stripped : names[i] + " " + stripped;
                }
            }
        }
        return CsvHeader.unique(names);
    }

    private static String rows(int count) {
        return count == 1 ? "1 row" : count + " rows";
    }
}
