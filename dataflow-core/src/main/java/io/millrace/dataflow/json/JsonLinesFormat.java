package io.millrace.dataflow.json;

import io.millrace.dataflow.format.FileFormat;
import io.millrace.dataflow.format.FileScan;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.RowWriter;
import io.millrace.dataflow.format.WriteOptions;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.JsonLinesOptions;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceFile;
import java.io.OutputStream;
import java.util.List;

/** JSON Lines files. */
public final class JsonLinesFormat implements FileFormat {
    /** For the service loader. */
    public JsonLinesFormat() {}

    @Override
    public String name() {
        return "json_lines";
    }

    @Override
    public List<String> extensions() {
        return List.of(".jsonl", ".ndjson");
    }

    @Override
    public Schema infer(Source source, ReadOptions options, Reading reading) {
        return JsonLinesInference.infer(source, (JsonLinesOptions) options, reading);
    }

    @Override
    public FileScan scan(List<SourceFile> files, ReadOptions options, Schema schema, String step) {
        return new JsonLinesScan(files, (JsonLinesOptions) options, schema, step);
    }

    @Override
    public RowWriter writer(OutputStream stream, Schema schema, WriteOptions options) {
        return JsonLinesWriter.to(stream, schema, options.errors());
    }
}
