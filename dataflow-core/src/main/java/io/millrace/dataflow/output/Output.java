package io.millrace.dataflow.output;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.ErrorCells;
import io.millrace.dataflow.format.Formats;
import io.millrace.dataflow.format.WriteOptions;
import io.millrace.dataflow.source.CsvOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
     * A local file in the format that its name ends with: {@code .csv}, {@code .tsv}, {@code .jsonl}, {@code .ndjson},
     * {@code .arrow}, {@code .feather}, {@code .parquet}.
     *
     * @throws DataflowException {@code UNSUPPORTED_FORMAT} for another end
     */
    public static Output to(String path) {
        return switch (Formats.nameOf(path).orElse("")) {
            case "csv" ->
                path.toLowerCase(Locale.ROOT).endsWith(".tsv") ? csv(path, csv -> csv.delimiter('\t')) : csv(path);
            case "json_lines" -> jsonLines(path);
            case "arrow" -> arrow(path);
            case "parquet" -> parquet(path);
            default ->
                throw DataflowException.of(
                        ErrorCode.UNSUPPORTED_FORMAT,
                        "Cannot write to '" + path + "': its name does not end like that of a format",
                        "Ends of names: .csv, .tsv, .jsonl, .ndjson, .arrow, .feather, .parquet");
        };
    }

    /** A local CSV file by the defaults of {@link CsvOptions}. */
    public static Output csv(String path) {
        return csv(path, options -> options);
    }

    /** A local CSV file with options: {@code csv -> csv.delimiter(';')}. */
    public static Output csv(String path, UnaryOperator<CsvOptions> options) {
        return file(path, new WriteOptions.Csv(options.apply(CsvOptions.defaults()), ErrorCells.AS_NULL));
    }

    /** A local JSON Lines file. */
    public static Output jsonLines(String path) {
        return file(path, new WriteOptions.JsonLines(ErrorCells.AS_NULL));
    }

    /** A local file of Arrow's IPC file format. */
    public static Output arrow(String path) {
        return file(path, new WriteOptions.Arrow(ErrorCells.AS_NULL));
    }

    /** A local Parquet file. Needs the module {@code dataflow-parquet}. */
    public static Output parquet(String path) {
        return file(path, new WriteOptions.Parquet(ErrorCells.AS_NULL));
    }

    /**
     * The same file, with another fate of error values.
     *
     * @throws IllegalArgumentException for {@code AS_TEXT} in a format of typed columns
     */
    public Output errors(ErrorCells cells) {
        return new Output(target, options.errors(cells));
    }

    private static Output file(String path, WriteOptions options) {
        try {
            return new Output(Target.file(Path.of(path)), options);
        } catch (InvalidPathException malformed) {
            throw DataflowException.of(ErrorCode.INVALID_ARGUMENT, "Cannot write to '" + path + "': it is not a path")
                    .causedBy(malformed);
        }
    }
}
