package io.millrace.dataflow.parquet;

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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parquet files. */
public final class ParquetFormat implements FileFormat {
    /** For the service loader. */
    public ParquetFormat() {}

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public List<String> extensions() {
        return List.of(".parquet");
    }

    @Override
    public Schema infer(Source source, ReadOptions options, Reading reading) {
        @Nullable Schema first = null;
        for (SourceFile file : reading.access().list(source, reading.cancellation())) {
            Schema schema;
            try (OpenParquet open = OpenParquet.of(file, reading)) {
                schema = open.schema();
            }
            first = first == null ? schema : TypedColumns.requireSame(first, schema, file.display());
        }
        return Objects.requireNonNull(first, "a source has a file");
    }

    @Override
    public FileScan scan(List<SourceFile> files, ReadOptions options, Schema schema, String step) {
        return new ParquetScan(files, schema, step);
    }

    @Override
    public RowWriter writer(OutputStream stream, Schema schema, WriteOptions options) {
        return ParquetRows.to(stream, schema);
    }
}
