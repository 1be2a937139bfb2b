package io.millrace.dataflow.lines;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.FileFormat;
import io.millrace.dataflow.format.FileScan;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.RowWriter;
import io.millrace.dataflow.format.WriteOptions;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.LinesOptions;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceFile;
import java.io.OutputStream;
import java.util.List;

/** Text files whose lines are rows of one column. */
public final class LinesFormat implements FileFormat {
    /** For the service loader. */
    public LinesFormat() {}

    @Override
    public String name() {
        return "lines";
    }

    @Override
    public List<String> extensions() {
        return List.of(".txt", ".log");
    }

    @Override
    public Schema infer(Source source, ReadOptions options, Reading reading) {
        return options.schema().orElseThrow();
    }

    @Override
    public FileScan scan(List<SourceFile> files, ReadOptions options, Schema schema, String step) {
        LinesOptions lines = (LinesOptions) options;
        return new TextScan(
                files,
                schema,
                lines.encoding(),
                lines.errors(),
                ordinal -> new LineCells(files, ordinal, schema, lines, step));
    }

    @Override
    public RowWriter writer(OutputStream stream, Schema schema, WriteOptions options) {
        throw readOnly("lines of text");
    }

    static DataflowException readOnly(String what) {
        return DataflowException.of(
                ErrorCode.UNSUPPORTED_FORMAT,
                "Cannot write " + what,
                "Formats that can be written: csv, json_lines, arrow, parquet");
    }
}
