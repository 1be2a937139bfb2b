package io.millrace.dataflow.source;

/** Parquet files. They hold their own types, so there is nothing to choose. Needs the module {@code dataflow-parquet}. */
public record ParquetOptions() implements ReadOptions {
    @Override
    public String format() {
        return "parquet";
    }
}
