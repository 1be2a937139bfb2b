package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.automl.RunnerProvider;
import io.millrace.dataflow.output.OutputFiles;
import io.millrace.dataflow.output.Writing;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.RowsText;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a saved plan. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"millrace run PLAN.json [--out FILE.csv] [OPTION]..."},
        description = {
            "Runs a saved plan and writes its rows.",
            "",
            "With --out the rows become a file or a blob, which is there only once it is whole; an older one of that name is"
                    + " replaced. It is CSV unless its name ends in .jsonl, .arrow or .parquet. Without, the first 100 rows are shown, or with --json all of them.",
            ""
        })
final class RunCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 100;

    private final CommandFactory context;

    @Parameters(paramLabel = "PLAN.json", description = "The saved plan")
    private String plan = "";

    @Option(names = "--out", paramLabel = "PATH", description = "The file, or the URL of the blob, to write")
    private @Nullable String out;

    @ArgGroup(validate = false, heading = CommonArguments.HEADING)
    private final CommonArguments common = new CommonArguments();

    RunCommand(CommandFactory context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Input input = Input.plan(plan);
        String path = out;
        OutputFile file = path == null ? null : OutputFile.at(path, input);
        Notes notes = new Notes(context.surroundings(), common);
        CellErrorCounts errors = new CellErrorCounts();
        ReadReport read;
        try (RunnerProvider.Running running = Engines.start(common)) {
            Plan bound = input.rows().plan(running.engine(), context.cancellation());
            try (BatchStream rows = running.engine().stream(bound, context.cancellation())) {
                if (file != null) {
                    write(rows, file, running.engine().access(), errors);
                } else if (common.isJson()) {
                    printJson(rows, errors);
                } else {
                    print(rows, notes, errors);
                }
                read = rows.report();
            }
        }
        errors.sentence().ifPresent(notes::say);
        if (read.rejected() > 0) {
            notes.say(read.words());
        }
        return 0;
    }

    private void write(BatchStream rows, OutputFile file, SourceAccess access, CellErrorCounts errors) {
        long count;
        Writing writing = new Writing(access, context.cancellation());
        try (OutputFiles files = OutputFiles.open(rows.schema(), List.of(file.rows()), writing)) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                try (Batch closed = batch) {
                    files.write(closed);
                    errors.add(closed);
                }
            }
            count = files.commit().rows();
        }
        if (common.isJson()) {
            Json.print(
                    context.surroundings().out(),
                    Json.object()
                            .put("rows", count)
                            .put("errors", errors.total())
                            .put("out", file.display())
                            .<ObjectNode>set("read", Json.ofReport(rows.report())));
        } else {
            context.surroundings().out().println(String.format(Locale.ROOT, "%s  %,d rows", file.display(), count));
        }
    }

    private void printJson(BatchStream rows, CellErrorCounts errors) {
        ObjectNode document = Json.object();
        document.set("columns", Json.ofSchema(rows.schema()));
        ArrayNode jsonRows = document.putArray("rows");
        ArrayNode jsonErrors = document.putArray("errors");
        long start = 0;
        for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
            try (Batch closed = batch) {
                Json.addRows(jsonRows, closed, closed.rowCount());
                Json.addErrors(jsonErrors, closed, closed.rowCount(), start);
                errors.add(closed);
                start += closed.rowCount();
            }
        }
        Json.print(context.surroundings().out(), document);
    }

    private void print(BatchStream rows, Notes notes, CellErrorCounts errors) {
        RowsText text = new RowsText(rows.schema());
        long seen = 0;
        for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
            try (Batch closed = batch) {
                text.add(closed, (int) Math.max(0, Math.min(MOST_SHOWN - seen, closed.rowCount())));
                errors.add(closed);
                seen += closed.rowCount();
            }
        }
        text.lines(context.surroundings().width())
                .forEach(context.surroundings().out()::println);
        context.surroundings().out().flush();
        if (seen > MOST_SHOWN) {
            notes.say(String.format(
                    Locale.ROOT, "%,d more rows; write all of them with --out FILE.csv", seen - MOST_SHOWN));
        }
    }
}
