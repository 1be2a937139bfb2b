package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.automl.RunnerProvider;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.RowsText;
import io.millrace.dataflow.table.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the first rows of a source. */
@Command(
        name = "head",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"millrace head [-n ROWS] SOURCE [OPTION]..."},
        description = {
            "Shows the first rows of a source.",
            "",
            "Reads no further than it must: types that are not known are judged from the first 1,000 records, and a note"
                    + " says so where there are more. In the table a null is shown as null, empty text as \"\", and a cell"
                    + " that does not fit its type as its text after an exclamation mark.",
            ""
        })
final class HeadCommand implements Callable<Integer> {
    private static final int SAMPLE = 1_000;

    private final CommandFactory context;

    @Parameters(paramLabel = "SOURCE", description = "What to read: path, 'glob', URL or saved plan (.json)")
    private String source = "";

    @Option(
            names = {"-n", "--rows"},
            paramLabel = "ROWS",
            description = "How many rows. Default: 10")
    private int rows = 10;

    @ArgGroup(validate = false, heading = CsvArguments.HEADING)
    private final CsvArguments csv = new CsvArguments();

    @ArgGroup(validate = false, heading = CommonArguments.HEADING)
    private final CommonArguments common = new CommonArguments();

    HeadCommand(CommandFactory context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (rows < 0) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT, "Cannot show " + rows + " rows: it must be at least 0");
        }
        Input input = Input.of(source, csv);
        int sample = Math.max(rows, SAMPLE);
        Dataflow judged = input.isInferred() ? input.provisional(sample) : input.rows();
        // One row more than the sample tells whether there is more than was judged; a plan may have left rows out.
        boolean counted = input.isInferred() && !input.isPlan();
        try (RunnerProvider.Running running = Engines.start(common)) {
            Engine engine = running.engine();
            Dataflow first = judged.limit(counted ? sample + 1L : rows);
            try (Table table = engine.execute(first.plan(engine, context.cancellation()), context.cancellation())) {
                boolean provisional = counted ? table.rowCount() > sample : input.isInferred();
                if (common.isJson()) {
                    HeadJson.print(context.surroundings().out(), table, rows, provisional);
                } else {
                    print(table, provisional ? sample : 0);
                }
            }
        }
        return 0;
    }

    private void print(Table table, int sample) {
        RowsText text = new RowsText(table.schema());
        int left = rows;
        for (Batch batch : table.batches()) {
            int shown = Math.min(left, batch.rowCount());
            text.add(batch, shown);
            left -= shown;
        }
        text.lines(context.surroundings().width())
                .forEach(context.surroundings().out()::println);
        context.surroundings().out().flush();
        Notes notes = new Notes(context.surroundings(), common);
        if (text.errors() > 0) {
            notes.say(
                    text.errors() == 1
                            ? "1 cell, shown after an exclamation mark, does not fit its type"
                            : text.errors() + " cells, shown after an exclamation mark, do not fit their types");
        }
        if (sample > 0) {
            notes.say(String.format(
                    java.util.Locale.ROOT, "types are provisional: judged from the first %,d records", sample));
        }
    }

    /** Apart, so that a table for people loads nothing for JSON. */
    private static final class HeadJson {
        private HeadJson() {}

        static void print(java.io.PrintStream out, Table table, int rows, boolean provisional) {
            Schema schema = table.schema();
            ObjectNode document = Json.object();
            document.set("columns", Json.ofSchema(schema));
            document.put("provisional", provisional);
            var jsonRows = document.putArray("rows");
            var jsonErrors = document.putArray("errors");
            long start = 0;
            for (Batch batch : table.batches()) {
                int shown = (int) Math.min(rows - start, batch.rowCount());
                Json.addRows(jsonRows, batch, shown);
                Json.addErrors(jsonErrors, batch, shown, start);
                start += shown;
            }
            Json.print(out, document);
        }
    }
}
