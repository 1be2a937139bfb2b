package io.millrace.dataflow.csv.detect;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.source.SourceFile;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a CSV file is written, judged from its beginning, a block in its middle and its end; a small file is looked at whole.
 *
 * @param file the file that was looked at
 * @param options what to read it with; the types of columns are left to be judged from every value
 * @param findings what was found, for every trait
 * @param columns the columns, in order
 */
public record CsvDetection(String file, CsvOptions options, Map<Trait, Finding> findings, List<ColumnFinding> columns) {
    public CsvDetection {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(options, "options");
        findings = Collections.unmodifiableMap(new EnumMap<>(findings));
        columns = List.copyOf(columns);
        if (findings.size() != Trait.values().length) {
            throw new IllegalArgumentException("every trait has a finding: " + findings.keySet());
        }
    }

    /**
     * Looks at the first file of a source, by at most three reads of a range. An empty file is read as one with a header
     * that is not there.
     *
     * @throws DataflowException what reading the source throws
     */
    public static CsvDetection of(Source source, SourceAccess access, Cancellation cancellation) {
        return of(access.list(source, cancellation).get(0), access, cancellation);
    }

    /**
     * Looks at a file that was listed, by at most three reads of a range.
     *
     * @throws DataflowException what reading the source throws
     */
    public static CsvDetection of(SourceFile file, SourceAccess access, Cancellation cancellation) {
        return Detector.detect(Sample.of(file, access, cancellation));
    }

    /** Whether the lines are divided by nothing, so that every one is a cell. */
    public boolean isOfOneColumn() {
        return finding(Trait.DELIMITER).value().equals(Dialect.shown(Dialect.OF_ONE_COLUMN));
    }

    /** What was found of a trait. */
    public Finding finding(Trait trait) {
        return Objects.requireNonNull(findings.get(trait));
    }

    /** How sure the delimiter, the quote and the header are: the least of them. */
    public double confidence() {
        return Math.min(
                finding(Trait.DELIMITER).confidence(),
                Math.min(
                        finding(Trait.QUOTE).confidence(), finding(Trait.HEADER).confidence()));
    }

    /** A report, one line for each trait and each column. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        findings.forEach(
                (trait, finding) -> text.append("\n").append(trait).append(": ").append(finding));
        for (ColumnFinding column : columns) {
            text.append("\n")
                    .append("column '")
                    .append(Wording.printable(column.name()))
                    .append("': ")
                    .append(column.finding());
        }
        return text.toString();
    }
}
