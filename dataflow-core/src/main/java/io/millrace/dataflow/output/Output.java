package io.millrace.dataflow.output;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.ErrorCells;
import io.millrace.dataflow.format.Formats;
import io.millrace.dataflow.format.LineEnd;
import io.millrace.dataflow.format.WriteOptions;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.Existing;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A file to be written: where, in which format, and what becomes of error values. Immutable.
 *
 * @param target where it goes
 * @param options how it is written
 */
public record Output(Target target, WriteOptions options) {
    public Output {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(options, "options");
    }

    /**
     * A local file, or a blob by its URL, in the format that its name ends with: {@code .csv}, {@code .tsv},
     * {@code .jsonl}, {@code .ndjson}, {@code .arrow}, {@code .feather}, {@code .parquet}. A signature in the URL is split
     * off at once.
     *
     * @throws DataflowException {@code UNSUPPORTED_FORMAT} for another end; {@code INVALID_ADDRESS}
     */
    public static Output to(String address) {
        return to(Target.of(address));
    }

    /**
     * A file or blob in the format that its name ends with: {@code Output.to(Target.of(Source.blob(url,
     * Credential.named("lake"))))}.
     *
     * @throws DataflowException {@code UNSUPPORTED_FORMAT} for another end
     */
    public static Output to(Target target) {
        String name = target.display();
        return switch (Formats.nameOf(name).orElse("")) {
            case "csv" ->
                name.toLowerCase(Locale.ROOT).endsWith(".tsv") ? csv(target, csv -> csv.delimiter('\t')) : csv(target);
            case "json_lines" -> new Output(target, new WriteOptions.JsonLines(ErrorCells.AS_NULL));
            case "arrow" -> new Output(target, new WriteOptions.Arrow(ErrorCells.AS_NULL));
            case "parquet" -> new Output(target, new WriteOptions.Parquet(ErrorCells.AS_NULL));
            default ->
                throw DataflowException.of(
                        ErrorCode.UNSUPPORTED_FORMAT,
                        "Cannot write to '" + name + "': its name does not end like that of a format",
                        "Ends of names: .csv, .tsv, .jsonl, .ndjson, .arrow, .feather, .parquet");
        };
    }

    /** CSV by the defaults of {@link CsvOptions}, in a local file or a blob. */
    public static Output csv(String address) {
        return csv(Target.of(address));
    }

    /** CSV with options, in a local file or a blob: {@code csv -> csv.delimiter(';')}. */
    public static Output csv(String address, UnaryOperator<CsvOptions> options) {
        return csv(Target.of(address), options);
    }

    /** CSV with options. */
    public static Output csv(Target target, UnaryOperator<CsvOptions> options) {
        return new Output(target, new WriteOptions.Csv(options.apply(CsvOptions.defaults()), ErrorCells.AS_NULL));
    }

    private static Output csv(Target target) {
        return csv(target, options -> options);
    }

    /** JSON Lines, in a local file or a blob. */
    public static Output jsonLines(String address) {
        return new Output(Target.of(address), new WriteOptions.JsonLines(ErrorCells.AS_NULL));
    }

    /** Arrow's IPC file format, in a local file or a blob. */
    public static Output arrow(String address) {
        return new Output(Target.of(address), new WriteOptions.Arrow(ErrorCells.AS_NULL));
    }

    /** Parquet, in a local file or a blob. Needs the module {@code dataflow-parquet}. */
    public static Output parquet(String address) {
        return new Output(Target.of(address), new WriteOptions.Parquet(ErrorCells.AS_NULL));
    }

    /**
     * The same file, with another fate of error values.
     *
     * @throws IllegalArgumentException for {@code AS_TEXT} in a format of typed columns
     */
    public Output errors(ErrorCells cells) {
        return new Output(target, options.errors(cells));
    }

    /**
     * The same CSV file, with other ends of its lines: {@code Output.csv("a.csv").lineEnd(LineEnd.CRLF)}.
     *
     * @throws IllegalArgumentException for another format
     */
    public Output lineEnd(LineEnd lineEnd) {
        if (options instanceof WriteOptions.Csv csv) {
            return new Output(target, new WriteOptions.Csv(csv.options(), csv.errors(), lineEnd));
        }
        throw new IllegalArgumentException(
                "only the lines of a CSV file can end otherwise, not those of " + options.format());
    }

    /** The same file, with another fate of a file or blob that has its name; it is replaced by default. */
    public Output existing(Existing fate) {
        return new Output(target.existing(fate), options);
    }
}
