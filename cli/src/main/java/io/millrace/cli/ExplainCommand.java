package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.automl.RunnerProvider;
import io.millrace.dataflow.plan.Explain;
import io.millrace.dataflow.plan.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
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
            "Reads the sources whose types the plan does not hold, and no others.",
            ""
        })
final class ExplainCommand implements Callable<Integer> {
    private final CommandFactory context;

    @Parameters(paramLabel = "PLAN.json", description = "The saved plan")
    private String plan = "";

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
                Json.print(context.surroundings().out(), document);
            } else {
                context.surroundings().out().print(Explain.of(bound));
            }
        }
        return 0;
    }
}
