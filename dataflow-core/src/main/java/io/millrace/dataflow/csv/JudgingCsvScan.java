package io.millrace.dataflow.csv;

import io.millrace.dataflow.csv.scan.ScanReader;
import io.millrace.dataflow.format.ColumnEvidence;
import io.millrace.dataflow.format.InferenceReport;
import io.millrace.dataflow.format.JudgedReader;
import io.millrace.dataflow.format.JudgingScan;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.format.SplitReader;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.SourceFile;
import java.util.List;

/** A scan by the scanner whose readers tell what they see of all columns. */
final class JudgingCsvScan implements JudgingScan {
    private final CsvScan scan;
    private final List<SourceFile> files;
    private final CsvOptions options;
    /** Guarded by itself: files are opened and blocks accounted for by different threads. */
    private final InferredColumns columns;

    JudgingCsvScan(CsvScan scan, List<SourceFile> files, CsvOptions options) {
        this.scan = scan;
        this.files = files;
        this.options = options;
        this.columns = new InferredColumns(options.columns());
    }

    @Override
    public Schema schema() {
        return scan.schema();
    }

    @Override
    public List<Split> splits(Reading reading, long targetBytes) {
        return scan.splits(reading, Long.MAX_VALUE);
    }

    @Override
    public SplitReader open(Split split, Reading reading) {
        return scan.open(split, reading, reader -> telling(reader, split.ordinal()));
    }

    private JudgedReader telling(JudgedReader reader, int ordinal) {
        String file = files.get(ordinal).display();
        List<String> names = reader.names();
        try {
            synchronized (columns) {
                columns.add(file, names);
            }
        } catch (RuntimeException failure) {
            reader.close();
            throw failure;
        }
        return ((ScanReader) reader).telling(() -> ColumnEvidence.ofColumns(file, ordinal, names.size()), evidence -> {
            synchronized (columns) {
                columns.join(ordinal, evidence);
            }
        });
    }

    @Override
    public InferenceReport report() {
        synchronized (columns) {
            return columns.report(files.get(0).source(), options);
        }
    }
}
