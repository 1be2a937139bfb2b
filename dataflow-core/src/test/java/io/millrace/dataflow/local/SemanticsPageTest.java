package io.millrace.dataflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.plan.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of what a plan means is an index: of all functions, and by names of tests that are there. */
class SemanticsPageTest {
    private static final Pattern LAST_CELL = Pattern.compile("\\| `(\\w+)` \\|$");

    @Test
    void everyTestThatThePageNamesIsThere() throws IOException {
        String page = page();
        List<String> named = page.substring(page.indexOf("## Beside Spark"))
                .lines()
                .map(LAST_CELL::matcher)
                .filter(Matcher::find)
                .map(cell -> cell.group(1))
                .toList();
        String tests = tests();

        assertThat(named)
                .hasSizeGreaterThan(40)
                .filteredOn(name -> !tests.contains("void " + name + "("))
                .isEmpty();
    }

    @Test
    void everyFunctionIsOnThePage() throws IOException {
        String page = page();

        assertThat(Function.names())
                .filteredOn(name ->
                        !Pattern.compile("`" + name + "[`(]").matcher(page).find())
                .isEmpty();
    }

    /** What the tests of this module say. */
    private static String tests() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "semantics.md"));
    }
}
