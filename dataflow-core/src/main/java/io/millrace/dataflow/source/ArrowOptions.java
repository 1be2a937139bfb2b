package io.millrace.dataflow.source;

/** Files of Arrow's IPC format, as a file or as a stream. They hold their own types, so there is nothing to choose. */
public record ArrowOptions() implements ReadOptions {
    @Override
    public String format() {
        return "arrow";
    }
}
