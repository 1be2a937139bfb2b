package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.execution.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The guides know every command and every option, and the help has a text for each. */
class DocumentsTest {
    private static final Path GUIDES = Path.of("..", "docs", "guides");

    @Test
    void everyCommandIsInTheGuide() throws IOException {
        String guide = Files.readString(GUIDES.resolve("command.md"));

        assertThat(commandLine().getSubcommands().keySet())
                .containsExactly("automl", "predict", "head", "schema", "detect", "profile", "explain", "diff", "run")
                .allSatisfy(command -> assertThat(guide).contains("| `" + command + " "));
    }

    @Test
    void everyOptionIsInAGuideAndHasHelp() throws IOException {
        StringBuilder guides = new StringBuilder();
        for (String page : List.of("command.md", "csv.md", "automl.md", "profile.md", "explain.md")) {
            guides.append(Files.readString(GUIDES.resolve(page)));
        }

        for (CommandLine command : commandLine().getSubcommands().values()) {
            assertThat(command.getCommandSpec().options()).allSatisfy(option -> {
                assertThat(option.description()).as(option.longestName()).isNotEmpty();
                if (!option.usageHelp() && !option.versionHelp()) {
                    assertThat(guides.toString())
                            .contains(option.longestName().equals("--rows") ? "[-n ROWS]" : "`" + option.longestName());
                }
            });
        }
    }

    @Test
    void helpFitsATerminalOfAHundredColumns() {
        for (String command : commandLine().getSubcommands().keySet()) {
            Ran ran = Ran.millrace(command, "--help");

            assertThat(ran.code()).isZero();
            assertThat(ran.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        }
    }

    private static CommandLine commandLine() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Surroundings surroundings = new Surroundings(nowhere, nowhere, OptionalInt.empty(), false);
        return new CommandLine(new MillraceCommand(), new CommandFactory(surroundings, Cancellation.create()));
    }
}
