package io.millrace.cli;

import io.millrace.dataflow.plan.PlanDiff;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what two saved plans do differently. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"millrace diff PLAN.json OTHER.json [OPTION]..."},
        description = {
            "Shows the steps that the second of two saved plans adds (+), leaves out (-) and changes (~).",
            "",
            "Reads no source.",
            ""
        })
final class DiffCommand implements Callable<Integer> {
    private final CommandFactory context;

    @Parameters(index = "0", paramLabel = "PLAN.json", description = "The first saved plan")
    private String plan = "";

    @Parameters(index = "1", paramLabel = "OTHER.json", description = "The second saved plan")
    private String other = "";

    @ArgGroup(validate = false, heading = CommonArguments.HEADING)
    private final CommonArguments common = new CommonArguments();

    DiffCommand(CommandFactory context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        PlanDiff diff = Input.plan(plan).rows().diff(Input.plan(other).rows());
        context.surroundings().out().print(common.isJson() ? diff.toJson() : diff.toString());
        return 0;
    }
}
