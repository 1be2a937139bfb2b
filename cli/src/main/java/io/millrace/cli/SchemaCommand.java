package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.automl.RunnerProvider;
import io.millrace.dataflow.format.InferenceReport;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.TableText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the columns of a source. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"millrace schema SOURCE [OPTION]..."},
        description = {
            "Shows the columns of a source and their types.",
            "",
            "A type that is not known is judged from every value of every record, so this reads all of the source. Where",
            "a value ruled a narrower type out, or texts may be dates, it is said; --json tells all.",
            ""
        })
final class SchemaCommand implements Callable<Integer> {
    private final CommandFactory context;

    @Parameters(paramLabel = "SOURCE", description = "What to read: path, 'glob', URL or saved plan (.json)")
    private String source = "";

    @ArgGroup(validate = false, heading = CsvArguments.HEADING)
    private final CsvArguments csv = new CsvArguments();

    @ArgGroup(validate = false, heading = CommonArguments.HEADING)
    private final CommonArguments common = new CommonArguments();

    SchemaCommand(CommandFactory context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Input input = Input.of(source, csv);
        try (RunnerProvider.Running running = Engines.start(common)) {
            InferenceReport report = input.report(running.engine(), context.cancellation());
            if (common.isJson()) {
                Json.print(context.surroundings().out(), Json.object().set("columns", json(report)));
            } else {
                print(report);
            }
        }
        return 0;
    }

    private void print(InferenceReport report) {
        TableText table =
                new TableText().column("column", "", TableText.Side.LEFT).column("type", "", TableText.Side.LEFT);
        for (Schema.Field field : report.schema().fields()) {
            table.row(List.of(field.name(), field.type() + (field.nullable() ? "" : " not null")));
        }
        table.lines(context.surroundings().width())
                .forEach(context.surroundings().out()::println);
        for (InferenceReport.Column column : report.columns()) {
            column.remark()
                    .ifPresent(remark ->
                            context.surroundings().out().println(column.field().name() + ": " + remark));
        }
    }

    private static ArrayNode json(InferenceReport report) {
        ArrayNode columns = Json.ofSchema(report.schema());
        for (int i = 0; i < columns.size(); i++) {
            InferenceReport.Column column = report.columns().get(i);
            ObjectNode json = (ObjectNode) columns.get(i);
            column.values().ifPresent(values -> json.put("values", values));
            column.nulls().ifPresent(nulls -> json.put("nulls", nulls));
            if (!column.ruledOut().isEmpty()) {
                ArrayNode ruledOut = json.putArray("ruledOut");
                column.ruledOut().forEach(each -> ruledOut.addObject()
                        .put("type", each.type().toString())
                        .put("file", each.file())
                        .put("record", each.record())
                        .put("text", each.text()));
            }
            column.dates().ifPresent(dates -> json.putObject("dates")
                    .put("dayFirst", dates.dayFirst())
                    .put("monthFirst", dates.monthFirst())
                    .put("either", dates.either())
                    .put("ambiguous", dates.isAmbiguous()));
        }
        return columns;
    }
}
