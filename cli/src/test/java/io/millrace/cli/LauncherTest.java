package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

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

    private static List<String> packages(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
