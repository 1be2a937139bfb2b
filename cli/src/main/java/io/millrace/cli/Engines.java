package io.millrace.cli;

import io.millrace.automl.RunnerProvider;
import io.millrace.automl.RunnerProvider.Concurrency;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.SasToken;
import java.util.List;
import java.util.ServiceLoader;

/** Starts the engine that the arguments say. */
final class Engines {
    private static final String LOCAL = "local";
    private static final String SPARK = "spark";

    private Engines() {}

    /** Starts the engine and returns when it answers. The caller closes it. */
    static RunnerProvider.Running start(CommonArguments common) {
        RunnerProvider.Settings settings =
                new RunnerProvider.Settings(common.master(), credentials(common.credentials()), concurrency(common));
        if (common.engine().equals(LOCAL)) {
            if (common.master().isPresent()) {
                throw DataflowException.of(
                        ErrorCode.INVALID_ARGUMENT, "Cannot use --master with the local engine", "Add --engine spark");
            }
            return LocalRunning.start(settings);
        }
        for (RunnerProvider provider : ServiceLoader.load(RunnerProvider.class)) {
            if (provider.name().equals(common.engine())) {
                return provider.start(settings);
            }
        }
        if (common.engine().equals(SPARK)) {
            throw DataflowException.of(
                    ErrorCode.LIBRARY_MISSING,
                    "Cannot start the engine on Spark: it is not on the class path",
                    "Start the command with the script ./millrace, which puts it there");
        }
        throw DataflowException.of(
                ErrorCode.INVALID_ARGUMENT,
                "Cannot find engine '" + common.engine() + "'",
                Suggestion.lines(common.engine(), "Engines", List.of(LOCAL, SPARK)));
    }

    private static Credentials credentials(List<String> arguments) {
        Credentials credentials = Credentials.none();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String variable = argument.substring(equals + 1);
            // A signature pasted in place of a variable's name must not be shown.
            if (equals < 1 || !variable.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw DataflowException.of(
                        ErrorCode.INVALID_ARGUMENT,
                        "Cannot use --credential" + (equals < 1 ? "" : " " + argument.substring(0, equals))
                                + ": it is NAME=ENV_VARIABLE, where the variable holds the SAS");
            }
            credentials = credentials.with(argument.substring(0, equals), SasToken.fromEnvironment(variable));
        }
        return credentials;
    }

    private static Concurrency concurrency(CommonArguments common) {
        if (common.concurrency().isEmpty()) {
            return Concurrency.standard();
        }
        String text = common.concurrency().get();
        if (text.equals("all")) {
            return Concurrency.all();
        }
        try {
            int fits = Integer.parseInt(text);
            if (fits >= 1) {
                return Concurrency.of(fits);
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, with numbers below one.
        }
        throw DataflowException.of(
                ErrorCode.INVALID_ARGUMENT,
                "Cannot use '" + text + "' as --concurrency: it is a number of at least 1, or all");
    }
}
