package io.millrace.cli;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.InferenceReport;
import io.millrace.dataflow.plan.PlanParts;
import io.millrace.dataflow.plan.SourceStep;
import io.millrace.dataflow.source.ArrowOptions;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.JsonLinesOptions;
import io.millrace.dataflow.source.ParquetOptions;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a SOURCE argument stands for.
 *
 * @param rows the rows of a saved plan, or of files
 * @param isPlan whether the argument is a saved plan
 * @param display the argument as it may be shown, without a signature
 */
record Input(Dataflow rows, boolean isPlan, String display) {
    /**
     * The rows that an argument stands for. A path that ends in {@code .json} is a saved plan;
     * {@code .jsonl}, {@code .ndjson}, {@code .arrow}, {@code .feather} and {@code .parquet} are those formats; anything
     * else is CSV.
     *
     * @throws DataflowException when the address is malformed, or is a plan that cannot be read
     */
    static Input of(String argument, CsvArguments csv) {
        Source source = Source.of(argument);
        if (isPlan(source)) {
            requireNone(csv, "a saved plan", "The plan says how its files are written");
            return plan(argument);
        }
        Optional<ReadOptions> other = formatOf(source.display());
        if (other.isPresent()) {
            requireNone(csv, "a file that is no CSV", "Its name says what it is");
            return new Input(Dataflow.read(source, other.get()), false, source.display());
        }
        return new Input(Dataflow.read(source, csv.options(source)), false, source.display());
    }

    private static void requireNone(CsvArguments csv, String source, String reason) {
        List<String> given = csv.given();
        if (!given.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT, "Cannot use " + String.join(", ", given) + " with " + source, reason);
        }
    }

    /** The format that the end of a name stands for, where it is another than CSV. */
    private static Optional<ReadOptions> formatOf(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".jsonl") || lower.endsWith(".ndjson")) {
            return Optional.of(JsonLinesOptions.defaults());
        }
        if (lower.endsWith(".arrow") || lower.endsWith(".feather")) {
            return Optional.of(new ArrowOptions());
        }
        return lower.endsWith(".parquet") ? Optional.of(new ParquetOptions()) : Optional.empty();
    }

    /**
     * The rows of a saved plan.
     *
     * @throws DataflowException when there is no such file, or it is not a plan
     */
    static Input plan(String argument) {
        Source source = Source.of(argument);
        if (!(source instanceof Source.File file)) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot read a plan from " + source.display() + ": a plan is a local file");
        }
        // The listing says what is wrong with a path in the same words as for data.
        SourceAccess.with(Credentials.none()).list(file, Cancellation.create());
        return new Input(Dataflow.open(Path.of(file.path())), true, source.display());
    }

    /** The columns of the rows, and what their types were judged from where the rows are those of files. */
    InferenceReport report(Engine engine, Cancellation cancellation) {
        return !isPlan && rows.node().step() instanceof SourceStep.Read read && isInferred(read)
                ? engine.inferenceReport(read.source(), read.options(), cancellation)
                : InferenceReport.of(rows.plan(engine, cancellation).schema());
    }

    /** The same rows, with types judged from the first records of each file where they are not known. */
    Dataflow provisional(long records) {
        return Dataflow.of(PlanParts.changed(
                rows.node(),
                step -> step instanceof SourceStep.Read read && isInferred(read)
                        ? new SourceStep.Read(read.source(), read.options().inferFrom(records), read.schema())
                        : step));
    }

    /** Whether the types of some column are not known before its values are read. */
    boolean isInferred() {
        return rows.node().ordered().stream()
                .anyMatch(node -> node.step() instanceof SourceStep.Read read && isInferred(read));
    }

    private static boolean isInferred(SourceStep.Read read) {
        return read.schema().isEmpty() && read.options().isInferred();
    }

    private static boolean isPlan(Source source) {
        return source instanceof Source.File file
                && file.path().toLowerCase(Locale.ROOT).endsWith(".json");
    }
}
