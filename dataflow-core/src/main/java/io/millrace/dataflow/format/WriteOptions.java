package io.millrace.dataflow.format;

import io.millrace.dataflow.source.CsvOptions;
import java.util.Objects;

/** How rows become the bytes of a file: the format and its options. Immutable. */
public sealed interface WriteOptions {
    /** The name of the format, as {@link io.millrace.dataflow.source.ReadOptions#format} gives it. */
    String format();

    /** What becomes of error values. */
    ErrorCells errors();

    /** The same options, with another fate of error values. */
    WriteOptions errors(ErrorCells cells);

    /**
     * CSV. Null is an empty cell, empty text a quoted one; lists and structs are JSON.
     *
     * @param options delimiter, quotes, header, encoding
     * @param lineEnd what ends each record
     */
    record Csv(CsvOptions options, ErrorCells errors, LineEnd lineEnd) implements WriteOptions {
        public Csv {
            Objects.requireNonNull(lineEnd, "lineEnd");
            Objects.requireNonNull(options, "options");
            Objects.requireNonNull(errors, "errors");
        }

        /** Records that end in line feeds. */
        public Csv(CsvOptions options, ErrorCells errors) {
            this(options, errors, LineEnd.LF);
        }

        @Override
        public String format() {
            return options.format();
        }

        @Override
        public Csv errors(ErrorCells cells) {
            return new Csv(options, cells, lineEnd);
        }
    }

    /** One JSON object a line, every column a member. Null is JSON's null; NaN and infinities are strings. */
    record JsonLines(ErrorCells errors) implements WriteOptions {
        public JsonLines {
            Objects.requireNonNull(errors, "errors");
        }

        @Override
        public String format() {
            return "json_lines";
        }

        @Override
        public JsonLines errors(ErrorCells cells) {
            return new JsonLines(cells);
        }
    }

    /** Arrow's IPC file format, uncompressed. */
    record Arrow(ErrorCells errors) implements WriteOptions {
        public Arrow {
            requireTyped(errors, "Arrow");
        }

        @Override
        public String format() {
            return "arrow";
        }

        @Override
        public Arrow errors(ErrorCells cells) {
            return new Arrow(cells);
        }
    }

    /** Parquet. Needs the module {@code dataflow-parquet}. */
    record Parquet(ErrorCells errors) implements WriteOptions {
        public Parquet {
            requireTyped(errors, "Parquet");
        }

        @Override
        public String format() {
            return "parquet";
        }

        @Override
        public Parquet errors(ErrorCells cells) {
            return new Parquet(cells);
        }
    }

    private static void requireTyped(ErrorCells errors, String format) {
        if (errors == ErrorCells.AS_TEXT) {
            throw new IllegalArgumentException("a column of a " + format
                    + " file has one type, so its errors cannot be text; use AS_NULL, IN_COLUMN or FAIL");
        }
    }
}
