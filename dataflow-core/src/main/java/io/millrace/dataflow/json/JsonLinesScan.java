package io.millrace.dataflow.json;

import io.millrace.dataflow.format.FileScan;
import io.millrace.dataflow.format.LineBlocks;
import io.millrace.dataflow.format.LineReader;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.format.SplitReader;
import io.millrace.dataflow.format.SplitSummary;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.JsonLinesOptions;
import io.millrace.dataflow.source.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What to read of some JSON Lines files. */
record JsonLinesScan(List<SourceFile> files, JsonLinesOptions options, Schema schema, String step) implements FileScan {
    JsonLinesScan {
        files = List.copyOf(files);
    }

    /** A file is divided at any line, except where its malformed records are counted against a limit. */
    @Override
    public List<Split> splits(Reading reading, long targetBytes) {
        return LineReader.splits(
                files,
                StandardCharsets.UTF_8,
                reading,
                options.errors() instanceof ErrorPolicy.Drop ? Long.MAX_VALUE : targetBytes);
    }

    @Override
    public SplitSummary summary(Split split, Reading reading) {
        return SplitSummary.ofLines(LineReader.count(files.get(split.ordinal()), split, reading));
    }

    @Override
    public SplitReader open(Split split, Reading reading) {
        SourceFile file = files.get(split.ordinal());
        JsonDecoder decoder = new JsonDecoder(this, split.ordinal());
        return LineBlocks.of(
                LineReader.open(file, split, reading, StandardCharsets.UTF_8),
                decoder,
                file.display(),
                options.errors());
    }
}
