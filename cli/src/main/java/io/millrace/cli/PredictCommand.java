package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.automl.RunnerProvider;
import io.millrace.automl.pipeline.FittedPipeline;
import io.millrace.automl.pipeline.Scored;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.output.Target;
import io.millrace.dataflow.output.Writing;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores rows with a saved model. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"millrace predict MODEL SOURCE --out FILE.csv [OPTION]..."},
        description = {
            "Scores rows with a saved model.",
            "",
            "Writes one row for each row read, in the same order: prediction, and for labels probability_LABEL for every"
                    + " label. Columns are found by name and read with the types that the model learnt from; a cell that"
                    + " does not fit is counted and scored as missing. The file is there only once it is whole.",
            ""
        })
final class PredictCommand implements Callable<Integer> {
    private final CommandFactory context;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model: DIR/model.millrace of an experiment")
    private String model = "";

    @Parameters(
            index = "1",
            paramLabel = "SOURCE",
            description = "The rows: path, 'glob', URL or saved plan (.json), as those that the model learnt from")
    private String source = "";

    @Option(names = "--out", required = true, paramLabel = "FILE.csv", description = "The file to write")
    private String out = "";

    @ArgGroup(validate = false, heading = CsvArguments.HEADING)
    private final CsvArguments csv = new CsvArguments();

    @ArgGroup(validate = false, heading = CommonArguments.HEADING)
    private final CommonArguments common = new CommonArguments();

    PredictCommand(CommandFactory context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Input input = Input.of(source, csv);
        OutputFile file = OutputFile.at(out, input, model);
        FittedPipeline pipeline = FittedPipeline.load(Path.of(model));
        Map<String, Long> misfits = new TreeMap<>();
        List<String> ignored;
        long count;
        try (RunnerProvider.Running running = Engines.start(common)) {
            Engine engine = running.engine();
            ScoringRows rows = ScoringRows.of(input, pipeline, engine, context.cancellation());
            ignored = pipeline.ignored(rows.columns());
            try (BatchStream batches =
                    engine.stream(rows.rows().plan(engine, context.cancellation()), context.cancellation())) {
                Writing writing = new Writing(engine.access(), context.cancellation());
                try (Target.Pending pending = file.target().open(writing)) {
                    count = write(pipeline, batches, pending, misfits);
                } catch (IOException failed) {
                    throw DataflowException.of(
                                    ErrorCode.IO_FAILED,
                                    "Cannot write '" + file.display() + "': " + failed.getMessage())
                            .causedBy(failed);
                }
            }
        }
        if (common.isJson()) {
            Json.print(context.surroundings().out(), document(file, count, ignored, misfits));
        } else {
            context.surroundings().out().println(String.format(Locale.ROOT, "%s  %,d rows", file.display(), count));
        }
        report(ignored, misfits);
        return 0;
    }

    private static long write(
            FittedPipeline pipeline, BatchStream batches, Target.Pending file, Map<String, Long> misfits)
            throws IOException {
        long rows = 0;
        try (Writer writer = new BufferedWriter(new OutputStreamWriter(file.stream(), StandardCharsets.UTF_8))) {
            PredictionRecords.write(writer, pipeline.outputSchema().names());
            for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
                try (Batch closed = batch) {
                    Scored scored = pipeline.score(closed);
                    for (int row = 0; row < scored.rows(); row++) {
                        PredictionRecords.write(writer, scored.row(row));
                    }
                    scored.misfits().forEach((column, more) -> misfits.merge(column, more, Long::sum));
                    rows += scored.rows();
                }
            }
        }
        file.commit();
        return rows;
    }

    private void report(List<String> ignored, Map<String, Long> misfits) {
        Notes notes = new Notes(context.surroundings(), common);
        if (!ignored.isEmpty()) {
            notes.say("ignored, for the model has not seen " + (ignored.size() == 1 ? "it: " : "them: ")
                    + String.join(", ", ignored));
        }
        if (!misfits.isEmpty()) {
            long total = misfits.values().stream().mapToLong(Long::longValue).sum();
            notes.say((total == 1
                            ? "1 cell does not fit its type and is"
                            : total + " cells do not fit their types and are")
                    + " scored as missing: "
                    + misfits.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", ")));
        }
    }

    private static ObjectNode document(OutputFile file, long rows, List<String> ignored, Map<String, Long> misfits) {
        ObjectNode document = Json.object().put("rows", rows).put("out", file.display());
        ArrayNode columns = document.putArray("ignored");
        ignored.forEach(columns::add);
        ObjectNode counts = document.putObject("misfits");
        misfits.forEach(counts::put);
        return document;
    }
}
