package io.millrace.dataflow.lines;

import io.millrace.dataflow.format.FileScan;
import io.millrace.dataflow.format.LineBlocks;
import io.millrace.dataflow.format.LineDecoder;
import io.millrace.dataflow.format.LineReader;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.format.SplitReader;
import io.millrace.dataflow.format.SplitSummary;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.SourceFile;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What to read of some files of lines.
 *
 * @param encoding how bytes become text
 * @param decoders gives the decoder for the file of an ordinal
 */
record TextScan(
        List<SourceFile> files, Schema schema, Charset encoding, ErrorPolicy errors, IntFunction<LineDecoder> decoders)
        implements FileScan {
    TextScan {
        files = List.copyOf(files);
    }

    /** A file is divided at any line, except where its malformed lines are counted against a limit. */
    @Override
    public List<Split> splits(Reading reading, long targetBytes) {
        return LineReader.splits(
                files, encoding, reading, errors instanceof ErrorPolicy.Drop ? Long.MAX_VALUE : targetBytes);
    }

    @Override
    public SplitSummary summary(Split split, Reading reading) {
        return SplitSummary.ofLines(LineReader.count(files.get(split.ordinal()), split, reading));
    }

    @Override
    public SplitReader open(Split split, Reading reading) {
        SourceFile file = files.get(split.ordinal());
        return LineBlocks.of(
                LineReader.open(file, split, reading, encoding),
                decoders.apply(split.ordinal()),
                file.display(),
                errors);
    }
}
