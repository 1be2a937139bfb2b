package io.millrace.cli;

import java.util.Map;

/** The arguments of the command, from the command line or from the environment. */
final class CommandLineArguments {
    /**
     * Holds the arguments, each followed by a unit separator, when one may hold a signature: other users can list the
     * command line of a process, but not its environment.
     */
    static final String VARIABLE = "MILLRACE_ARGUMENTS";

    private static final String END = "\037";

    private CommandLineArguments() {}

    /** What was given; when that is nothing, what the environment holds. */
    static String[] of(String[] given, Map<String, String> environment) {
        String held = environment.get(VARIABLE);
        if (given.length > 0 || held == null) {
            return given;
        }
        String[] arguments = held.split(END, -1);
        return java.util.Arrays.copyOf(arguments, arguments.length - 1);
    }
}
