package io.millrace.dataflow.csv;

import io.millrace.dataflow.format.FileFormat;
import io.millrace.dataflow.format.FileScan;
import io.millrace.dataflow.format.InferenceReport;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.RowWriter;
import io.millrace.dataflow.format.WriteOptions;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceFile;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** CSV files. */
public final class CsvFormat implements FileFormat {
    /** For the service loader. */
    public CsvFormat() {}

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public List<String> extensions() {
        return List.of(".csv", ".tsv");
    }

    @Override
    public Schema infer(Source source, ReadOptions options, Reading reading) {
        return inferenceReport(source, options, reading).schema();
    }

    @Override
    public InferenceReport inferenceReport(Source source, ReadOptions options, Reading reading) {
        return CsvInference.report(source, (CsvOptions) options, reading);
    }

    @Override
    public Optional<Schema> guess(Source source, List<SourceFile> files, ReadOptions options, Reading reading) {
        return CsvInference.guess(source, files, (CsvOptions) options, reading);
    }

    @Override
    public FileScan scan(List<SourceFile> files, ReadOptions options, Schema schema, String step) {
        return CsvScan.of(files, (CsvOptions) options, schema, step);
    }

    @Override
    public RowWriter writer(OutputStream stream, Schema schema, WriteOptions options) {
        WriteOptions.Csv csv = (WriteOptions.Csv) options;
        return CsvWriter.to(stream, schema, csv.options()).errors(csv.errors()).lineEnd(csv.lineEnd());
    }
}
