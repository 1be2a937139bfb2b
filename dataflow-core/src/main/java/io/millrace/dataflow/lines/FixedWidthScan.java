package io.millrace.dataflow.lines;

import io.millrace.dataflow.csv.CsvHeader;
import io.millrace.dataflow.format.FileScan;
import io.millrace.dataflow.format.LineBlocks;
import io.millrace.dataflow.format.LineReader;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.format.SplitReader;
import io.millrace.dataflow.format.SplitSummary;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.FixedWidthOptions;
import io.millrace.dataflow.source.SourceFile;
import java.util.List;

/** What to read of some fixed-width files. */
record FixedWidthScan(List<SourceFile> files, FixedWidthOptions options, Schema schema, String step)
        implements FileScan {
    FixedWidthScan {
        files = List.copyOf(files);
    }

    /** A file is divided at any line, except where its malformed lines are counted against a limit. */
    @Override
    public List<Split> splits(Reading reading, long targetBytes) {
        return LineReader.splits(
                files,
                options.encoding(),
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
        List<String> names = FixedWidthFormat.names(file, options, reading);
        int[] positions = CsvHeader.positions(names, schema, file.display());
        return LineBlocks.of(
                LineReader.open(file, split, reading, options.encoding()),
                new FixedWidthCells(this, split.ordinal(), positions),
                file.display(),
                options.errors());
    }
}
