package io.millrace.cli;

import io.millrace.automl.RunnerProvider;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.profile.Profile;
import io.millrace.dataflow.profile.ProfileOptions;
import io.millrace.dataflow.profile.ProfileReduction;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the columns of a source hold. */
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"millrace profile SOURCE [OPTION]..."},
        description = {
            "Shows what the columns of a source hold, and what deserves a look.",
            "",
            "Reads all rows, once when their types are known, and keeps none. A figure after ~ is an estimate. With"
                    + " --json there is more: moments, quantiles, histograms, how often each value occurs, correlations.",
            ""
        })
final class ProfileCommand implements Callable<Integer> {
    private static final int BAR_WIDTH = 80;

    private final CommandFactory context;

    @Parameters(paramLabel = "SOURCE", description = "What to read: path, 'glob', URL or saved plan (.json)")
    private String source = "";

    @Option(
            names = "--bins",
            paramLabel = "N",
            description = "The number of bins in each histogram, up to " + ProfileOptions.MOST_BINS + ". Default: 10")
    private int bins = 10;

    @Option(
            names = "--semantic-types",
            description =
                    "Count the texts that have the form of e-mail and IP addresses, US phone numbers and ZIP codes,"
                            + " coordinates and URLs")
    private boolean semanticTypes;

    @ArgGroup(validate = false, heading = CsvArguments.HEADING)
    private final CsvArguments csv = new CsvArguments();

    @ArgGroup(validate = false, heading = CommonArguments.HEADING)
    private final CommonArguments common = new CommonArguments();

    ProfileCommand(CommandFactory context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (bins < 1 || bins > ProfileOptions.MOST_BINS) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot use '" + bins + "' as --bins: it must be between 1 and " + ProfileOptions.MOST_BINS);
        }
        ProfileOptions options = ProfileOptions.defaults().bins(bins);
        ProfileReduction reduction = ProfileReduction.of(semanticTypes ? options.withSemanticTypes() : options);
        Input input = Input.of(source, csv);
        Profile profile;
        try (RunnerProvider.Running running = Engines.start(common)) {
            profile = profile(input, running.engine(), reduction);
        }
        if (common.isJson()) {
            context.surroundings().out().println(profile.toJson());
        } else {
            profile.lines(context.surroundings().width())
                    .forEach(context.surroundings().out()::println);
        }
        return 0;
    }

    private Profile profile(Input input, Engine engine, ProfileReduction reduction) {
        ProgressBar bar = bar();
        try {
            Plan plan = input.rows().plan(engine, context.cancellation());
            return engine.reduce(plan, reduction, context.cancellation());
        } finally {
            if (bar != null) {
                bar.close();
            }
        }
    }

    /** What shows on a terminal that the work goes on, and since when. Null elsewhere. */
    private @Nullable ProgressBar bar() {
        Surroundings surroundings = context.surroundings();
        if (!surroundings.live() || common.isQuiet()) {
            return null;
        }
        return new ProgressBarBuilder()
                .setTaskName("profile")
                .setInitialMax(-1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .setMaxRenderedLength(BAR_WIDTH)
                .hideEta()
                .setConsumer(new DelegatingProgressBarConsumer(
                        line -> surroundings.err().print("\r" + line), BAR_WIDTH))
                .build();
    }
}
