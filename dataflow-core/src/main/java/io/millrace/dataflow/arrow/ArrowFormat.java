package io.millrace.dataflow.arrow;

import io.millrace.dataflow.format.FileFormat;
import io.millrace.dataflow.format.FileScan;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.RowWriter;
import io.millrace.dataflow.format.TypedColumns;
import io.millrace.dataflow.format.WriteOptions;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceFile;
import java.io.OutputStream;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** Arrow's IPC format: files and streams are read, files written. */
public final class ArrowFormat implements FileFormat {
    /** For the service loader. */
    public ArrowFormat() {}

    @Override
    public String name() {
        return "arrow";
    }

    @Override
    public List<String> extensions() {
        return List.of(".arrow", ".feather", ".arrows");
    }

    @Override
    public Schema infer(Source source, ReadOptions options, Reading reading) {
        @Nullable Schema first = null;
        for (SourceFile file : reading.access().list(source, reading.cancellation())) {
            Schema schema;
            try (RootAllocator allocator = new RootAllocator();
                    ArrowFile open = ArrowFile.open(file, reading, allocator)) {
                schema = open.schema();
            }
            first = first == null ? schema : TypedColumns.requireSame(first, schema, file.display());
        }
        return java.util.Objects.requireNonNull(first, "a source has a file");
    }

    @Override
    public FileScan scan(List<SourceFile> files, ReadOptions options, Schema schema, String step) {
        return new ArrowScan(files, schema, step);
    }

    @Override
    public RowWriter writer(OutputStream stream, Schema schema, WriteOptions options) {
        return ArrowWriter.to(stream, schema);
    }
}
