package io.millrace.cli;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command's arguments the way every other error is said. */
final class UsageErrors {
    private UsageErrors() {}

    /** The error to show for arguments that do not fit a command. */
    static DataflowException explain(ParameterException wrong) {
        if (wrong.getCause() instanceof DataflowException known) {
            return known;
        }
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        List<String> details = new ArrayList<>();
        String what;
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String argument = unmatched.getUnmatched().get(0);
            what = unmatched(command, name, argument, details);
        } else if (wrong instanceof MissingParameterException missing) {
            what = "Cannot run " + name + " without "
                    + missing.getMissing().stream().map(UsageErrors::label).collect(Collectors.joining(" and "));
        } else if (MillraceCommand.MISSING.equals(wrong.getMessage())) {
            what = "Cannot run millrace without a command";
            details.add("Commands: " + String.join(", ", commands(command)));
        } else {
            what = "Cannot run " + name + ": " + firstLine(wrong);
        }
        details.add("See " + name + " --help");
        return DataflowException.of(ErrorCode.INVALID_ARGUMENT, what, details);
    }

    private static String unmatched(CommandLine command, String name, String argument, List<String> details) {
        if (argument.startsWith("-")) {
            String option = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
            List<String> known = command.getCommandSpec().options().stream()
                    .flatMap(each -> Arrays.stream(each.names()))
                    .filter(each -> each.startsWith("--"))
                    .sorted()
                    .toList();
            Suggestion.closest(option, known).ifPresent(match -> details.add("Did you mean '" + match + "'?"));
            return "Cannot find option '" + option + "' of " + name;
        }
        List<String> commands = commands(command);
        if (!commands.isEmpty()) {
            details.addAll(Suggestion.lines(argument, "Commands", commands));
            return "Cannot find command '" + argument + "'";
        }
        return "Cannot run " + name + ": it takes no further argument '" + shown(argument) + "'";
    }

    private static List<String> commands(CommandLine command) {
        return List.copyOf(command.getSubcommands().keySet());
    }

    private static String label(ArgSpec argument) {
        if (argument instanceof OptionSpec option) {
            return option.longestName() + " " + option.paramLabel();
        }
        return ((PositionalParamSpec) argument).paramLabel();
    }

    private static String firstLine(ParameterException wrong) {
        return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("the arguments do not fit");
    }

    /** An argument may be an address with a signature: nothing from its query on is shown. */
    private static String shown(String argument) {
        int query = argument.indexOf('?');
        return query < 0 ? argument : argument.substring(0, query);
    }
}
