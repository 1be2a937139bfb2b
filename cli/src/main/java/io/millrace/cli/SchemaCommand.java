package io.millrace.cli;

import io.millrace.automl.RunnerProvider;
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
            "A type that is not known is judged from every value of every record, so this reads all of the source.",
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
            Schema schema =
                    input.rows().plan(running.engine(), context.cancellation()).schema();
            if (common.isJson()) {
                Json.print(context.surroundings().out(), Json.object().set("columns", Json.ofSchema(schema)));
            } else {
                TableText table = new TableText()
                        .column("column", "", TableText.Side.LEFT)
                        .column("type", "", TableText.Side.LEFT);
                for (Schema.Field field : schema.fields()) {
                    table.row(List.of(field.name(), field.type() + (field.nullable() ? "" : " not null")));
                }
                table.lines(context.surroundings().width())
                        .forEach(context.surroundings().out()::println);
            }
        }
        return 0;
    }
}
