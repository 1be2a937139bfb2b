package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.automl.RunnerProvider;
import io.millrace.dataflow.kernel.ConstantKernels;
import io.millrace.dataflow.plan.Explain;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.rule.OperatorText;
import io.millrace.dataflow.plan.rule.Optimiser;
import io.millrace.dataflow.table.RowCounts;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a saved plan does. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"millrace explain PLAN.json [OPTION]..."},
        description = {
            "Shows the steps of a saved plan, each with the columns that it gives.",
            "",
            "Reads the sources whose types the plan does not hold, and no others, unless --run asks for a run.",
            ""
        })
final class ExplainCommand implements Callable<Integer> {
    private static final Optimiser OPTIMISER = Optimiser.of(new ConstantKernels());

    private final CommandFactory context;

    @Parameters(paramLabel = "PLAN.json", description = "The saved plan")
    private String plan = "";

    @Option(names = "--rules", description = "Show what each rule makes of the plan before it runs")
    private boolean rules;

    @Option(
            names = "--run",
            description = "Run the plan, keep no rows, and show how many each operator gave. Not with --engine spark")
    private boolean run;

    @ArgGroup(validate = false, heading = CommonArguments.HEADING)
    private final CommonArguments common = new CommonArguments();

    ExplainCommand(CommandFactory context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Input input = Input.plan(plan);
        try (RunnerProvider.Running running = Engines.start(common)) {
            Plan bound = input.rows().plan(running.engine(), context.cancellation());
            RowCounts counts =
                    run ? input.rows().explainRun(running.engine(), context.cancellation()) : RowCounts.none();
            if (common.isJson()) {
                ObjectNode document = Json.object();
                ArrayNode steps = document.putArray("steps");
                for (Plan.Stage stage : bound.stages()) {
                    ObjectNode step = steps.addObject().put("id", stage.id());
                    ArrayNode inputs = step.putArray("inputs");
                    stage.inputs().forEach(inputs::add);
                    step.put("text", stage.text());
                    step.set("columns", Json.ofSchema(stage.schema()));
                }
                if (rules) {
                    add(document.putArray("rules"), OPTIMISER.trace(bound));
                }
                if (run) {
                    ArrayNode operators = document.putArray("operators");
                    counts.operators().forEach(counted -> operators
                            .addObject()
                            .put("text", counted.operator())
                            .put("rows", counted.rows()));
                    document.set("read", Json.ofReport(counts.report()));
                }
                Json.print(context.surroundings().out(), document);
            } else {
                PrintStream out = context.surroundings().out();
                out.print(Explain.of(bound));
                if (rules) {
                    out.print("\n" + OPTIMISER.explain(bound));
                }
                if (run) {
                    out.print("\n" + counts);
                }
            }
        }
        return 0;
    }

    private static void add(ArrayNode rules, List<Optimiser.Applied> applied) {
        for (Optimiser.Applied each : applied) {
            ArrayNode operators = rules.addObject().put("rule", each.rule()).putArray("operators");
            OperatorText.lines(each.plan()).forEach(operators::add);
        }
    }
}
