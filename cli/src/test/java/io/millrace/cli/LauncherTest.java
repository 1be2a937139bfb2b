package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the script {@code ./millrace} says again, for it starts without Maven. */
class LauncherTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void theLauncherOpensThePackagesThatTheBuildOpens() throws IOException {
        String script = Files.readString(ROOT.resolve("millrace"));
        int start = script.indexOf("packages=(java.lang ");

        assertThat(packages(script.substring(start + "packages=(".length(), script.indexOf(')', start)), "([a-z.]+)"))
                .isEqualTo(packages(Files.readString(ROOT.resolve("pom.xml")), "--add-opens=java.base/([a-z.]+)=ALL"));
    }

    @Test
    void theLauncherStartsClassesThatAreThere() throws IOException {
        assertThat(Files.readString(ROOT.resolve("millrace")))
                .contains(" " + Main.class.getName() + " ")
                .contains(" " + Rehearsal.class.getName() + " ");
    }

    @Test
    void theRehearsalRunsCommandsThatSucceed() throws IOException {
        assertThat(Rehearsal.rehearse("local")).containsExactly(0, 0, 0, 0, 2, 0, 0, 0, 0);
    }

    @Test
    void anAddressWithAQueryIsNotOnTheCommandLineOfJava(@TempDir Path home) throws Exception {
        List<String> said = launch(home, "head", "https://host.example/a b.csv?sv=1&sig=SECRET", "--null", "");

        assertThat(said.get(0)).contains("io.millrace.cli.Main").doesNotContain("SECRET");
        assertThat(CommandLineArguments.of(new String[0], Map.of(CommandLineArguments.VARIABLE, said.get(1))))
                .containsExactly("head", "https://host.example/a b.csv?sv=1&sig=SECRET", "--null", "");
    }

    @Test
    void otherArgumentsAreOnTheCommandLineOfJava(@TempDir Path home) throws Exception {
        List<String> said = launch(home, "head", "a b.csv");

        assertThat(said.get(0)).endsWith(" io.millrace.cli.Main head a b.csv");
        assertThat(said.get(1)).isEmpty();
        assertThat(CommandLineArguments.of(new String[] {"head"}, Map.of(CommandLineArguments.VARIABLE, "x\037")))
                .containsExactly("head");
    }

    /** Runs the script over a finished build and a Java that says its arguments, then what the environment holds. */
    private static List<String> launch(Path home, String... arguments) throws Exception {
        Path script = Files.copy(ROOT.resolve("millrace"), home.resolve("millrace"));
        Path build = Files.createDirectories(home.resolve("target/launcher/local"));
        for (String module : List.of("dataflow-core", "automl", "cli")) {
            Files.createDirectories(home.resolve(module).resolve("src/main"));
            Files.createFile(home.resolve(module).resolve("pom.xml"));
        }
        Files.createFile(home.resolve("pom.xml"));
        Files.writeString(build.resolve("class-path"), "none");
        Files.createFile(build.resolve("built"));
        Path java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$*\"\nprintf '%s\\n' \"$MILLRACE_ARGUMENTS\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command = new ArrayList<>(List.of("bash", script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    private static List<String> packages(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
