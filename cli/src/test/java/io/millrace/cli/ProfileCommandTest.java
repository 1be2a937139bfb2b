package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.execution.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandTest {
    private static final String PEOPLE = """
            id,name,born,fee,mail
            1,Ann,1990-05-01,2.5,ann@example.org
            2,,1985-12-24,0,bob@example.org
            3,"",,10,none
            3,"",,10,none
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void aLineForEachColumnAndWhatDeservesALook() throws IOException {
        assertThat(Ran.millrace("profile", people())).isEqualTo(new Ran(0, """
                        """, ""));
    }

    @Test
    void aNarrowTerminalHasFewerFigures() throws IOException {
        Ran ran = Ran.in(OptionalInt.of(50), Cancellation.create(), "profile", people());

        assertThat(ran.out().lines().limit(7)).allMatch(line -> line.length() <= 50);
        assertThat(ran.out()).contains("column  type     ").doesNotContain("median");
    }

    @Test
    void jsonHasEveryFigure() throws IOException {
        Ran ran = Ran.millrace("profile", "--json", "--bins", "2", file("fee.csv", "fee\n1\n2\n6\n"));

        assertThat(ran).isEqualTo(new Ran(0, """
                        """, ""));
    }

    @Test
    void semanticTypesAreCountedWhenAskedFor() throws IOException {
        assertThat(Ran.millrace("profile", people(), "--semantic-types").out())
                .contains("  mail: 2 of 4 values have the form of email\n");
        assertThat(Ran.millrace("profile", people()).out()).doesNotContain("have the form of");
    }

    @Test
    void binsBeyondTheRangeAreRefused() {
        assertThat(Ran.millrace("profile", "x.csv", "--bins", "0"))
                .isEqualTo(
                        new Ran(2, "", "INVALID_ARGUMENT: Cannot use '0' as --bins: it must be between 1 and 1000\n"));
    }

    private String people() throws IOException {
        return file("people.csv", PEOPLE);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }
}
