package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.automl.RunnerProvider;
import io.millrace.dataflow.csv.detect.ColumnFinding;
import io.millrace.dataflow.csv.detect.CsvDetection;
import io.millrace.dataflow.csv.detect.Finding;
import io.millrace.dataflow.plan.ReadOptionsJson;
import io.millrace.dataflow.source.Source;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows how a CSV file is written. */
@Command(
        name = "detect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"millrace detect SOURCE [OPTION]..."},
        description = {
            "Shows how a CSV file is written: encoding, delimiter, quote, header, types and more, each with how sure that is,"
                    + " what it would be otherwise, and what speaks for it.",
            "",
            "Judged from the beginning, the middle and the end of the first file; a small file is looked at whole.",
            ""
        })
final class DetectCommand implements Callable<Integer> {
    private final CommandFactory context;

    @Parameters(paramLabel = "SOURCE", description = "What to look at: path, 'glob' or URL")
    private String source = "";

    @ArgGroup(validate = false, heading = CommonArguments.HEADING)
    private final CommonArguments common = new CommonArguments();

    DetectCommand(CommandFactory context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (RunnerProvider.Running running = Engines.start(common)) {
            CsvDetection detection =
                    CsvDetection.of(Source.of(source), running.engine().access(), context.cancellation());
            if (common.isJson()) {
                Json.print(context.surroundings().out(), json(detection));
            } else {
                detection.toString().lines().forEach(context.surroundings().out()::println);
            }
        }
        return 0;
    }

    private static ObjectNode json(CsvDetection detection) {
        ObjectNode document = Json.object().put("file", detection.file()).put("confidence", detection.confidence());
        document.set("options", ReadOptionsJson.write(detection.options()));
        ObjectNode findings = document.putObject("findings");
        detection.findings().forEach((trait, finding) -> put(findings.putObject(trait.toString()), finding));
        ArrayNode columns = document.putArray("columns");
        for (ColumnFinding column : detection.columns()) {
            put(columns.addObject().put("name", column.name()), column.finding());
        }
        return document;
    }

    private static void put(ObjectNode json, Finding finding) {
        json.put("value", finding.value()).put("confidence", finding.confidence());
        finding.runnerUp().ifPresent(other -> json.put("runnerUp", other));
        json.put("evidence", finding.evidence());
    }
}
