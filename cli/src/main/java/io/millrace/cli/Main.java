package io.millrace.cli;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** The {@code millrace} command. */
public final class Main {
    private Main() {}

    /** Runs the command that the arguments say and ends the process with its exit code. */
    public static void main(String[] given) {
        String[] arguments = CommandLineArguments.of(given, System.getenv());
        // Spark writes the properties of its process to the event log, and this one holds all arguments.
        System.setProperty("sun.java.command", Main.class.getName());
        Surroundings surroundings = Surroundings.ofProcess();
        Cancellation cancellation = Cancellation.create();
        Interruption interruption = Interruption.install(cancellation);
        int code;
        try {
            code = run(arguments, surroundings, cancellation);
        } finally {
            surroundings.out().flush();
            surroundings.err().flush();
            interruption.ended();
        }
        System.exit(code);
    }

    /**
     * Runs the command that the arguments say.
     *
     * @return the exit code
     */
    static int run(String[] arguments, Surroundings surroundings, Cancellation cancellation) {
        CommandLine commandLine = new CommandLine(new MillraceCommand(), new CommandFactory(surroundings, cancellation))
                .setOut(surroundings.outWriter())
                .setErr(surroundings.errWriter())
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setUsageHelpWidth(100)
                .setAbbreviatedOptionsAllowed(false)
                .setParameterExceptionHandler((wrong, given) -> report(surroundings, given, UsageErrors.explain(wrong)))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(surroundings, arguments, failure));
        try {
            return commandLine.execute(arguments);
        } catch (StackOverflowError | OutOfMemoryError exhausted) {
            return report(surroundings, arguments, exhausted);
        }
    }

    private static int report(Surroundings surroundings, String[] arguments, Throwable failure) {
        DataflowException error = Failures.explain(failure);
        if (Arrays.asList(arguments).contains("--json")) {
            Json.print(surroundings.out(), Json.ofError(error));
        } else {
            surroundings.err().println(error.getMessage());
        }
        return error.kind().exitCode();
    }
}
