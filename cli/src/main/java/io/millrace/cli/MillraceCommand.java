package io.millrace.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command without a sub-command: shows what there is. */
@Command(
        name = "millrace",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Reads, prepares and looks at CSV data, and learns models from it.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "A SOURCE is a path, a glob in quotes, an https:// URL (the SAS of a blob may be part of it; it is never kept"
                    + " or shown), or a saved plan (.json).",
            "",
            "Exit codes: 0 done; 2 wrong arguments, no such source or column; 3 data that cannot be used; 4 permissions,"
                    + " network, memory or disk; 70 a bug; 130 interrupted."
        },
        subcommands = {
            AutoMlCommand.class,
            PredictCommand.class,
            HeadCommand.class,
            SchemaCommand.class,
            DetectCommand.class,
            ProfileCommand.class,
            ExplainCommand.class,
            DiffCommand.class,
            RunCommand.class
        })
final class MillraceCommand implements Runnable {
    /** The message of the error for a command line without a command. */
    static final String MISSING = "Missing command";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine commandLine = spec.commandLine();
        throw new CommandLine.ParameterException(commandLine, MISSING);
    }
}
