package io.millrace.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command takes: where it runs, what opens its sources, and how it speaks. */
final class CommonArguments {
    /** What stands above these options in a command's help. */
    static final String HEADING = "%nFor every command:%n";

    @Option(
            names = "--engine",
            paramLabel = "local|spark",
            defaultValue = "local",
            description = "Where the work is done: in this process, or on Spark. Default: local")
    private String engine = "local";

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "The Spark master: local[2], yarn, spark://HOST:7077. Needs --engine spark")
    private @Nullable String master;

    @Option(
            names = "--concurrency",
            paramLabel = "N|all",
            description = "Fits at a time. Default: the processors of this machine; on Spark all slots but one")
    private @Nullable String concurrency;

    @Option(
            names = "--credential",
            paramLabel = "NAME=ENV_VARIABLE",
            description =
                    "The SAS of a credential that a plan names, read from an environment variable. May be repeated")
    private List<String> credentials = List.of();

    @Option(names = "--json", description = "Print one JSON document, and nothing else, on standard output")
    private boolean json;

    @Option(names = "--quiet", description = "No progress and no notes on standard error")
    private boolean quiet;

    String engine() {
        return engine;
    }

    Optional<String> master() {
        return Optional.ofNullable(master);
    }

    Optional<String> concurrency() {
        return Optional.ofNullable(concurrency);
    }

    List<String> credentials() {
        return credentials;
    }

    boolean isJson() {
        return json;
    }

    boolean isQuiet() {
        return quiet;
    }
}
