package io.millrace.dataflow.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** However a file is divided, its splits have its lines, each once, with the numbers that they have in the file. */
class LineReaderLawsTest {
    private static final Reading READING = new Reading(SourceAccess.with(Credentials.none()), Cancellation.create());

    @Property(tries = 400, seed = "21")
    void splitsHaveTheLinesOfTheFile(@ForAll("texts") String text, @ForAll @LongRange(min = 1, max = 20) long target)
            throws IOException {
        Path path = Files.createTempFile("millrace", ".txt");
        try {
            Files.writeString(path, text);
            SourceFile file = READING.access()
                    .list(Source.file(path.toString()), READING.cancellation())
                    .get(0);
            List<String> lines = new ArrayList<>();
            Split.StartState start = Split.StartState.OF_FILE;
            for (Split split : LineReader.splits(List.of(file), StandardCharsets.UTF_8, READING, target)) {
                assertThat(split.start().firstRecord()).isEqualTo(split.offset() == 0 ? 1 : 0);
                lines.addAll(read(file, split.startingAt(start)));
                start = SplitSummary.ofLines(LineReader.count(file, split, READING))
                        .after(start);
            }

            assertThat(lines).isEqualTo(numbered(text));
        } finally {
            Files.delete(path);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("\n", "\r\n", "a", "é", "𝄞 b", "\r", "")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    private static List<String> read(SourceFile file, Split split) {
        List<String> found = new ArrayList<>();
        try (LineReader reader = LineReader.open(file, split, READING, StandardCharsets.UTF_8)) {
            for (Lines lines = reader.next(); lines != null; lines = reader.next()) {
                for (int line = 0; line < lines.count(); line++) {
                    String text =
                            new String(lines.bytes(), lines.start(line), lines.length(line), StandardCharsets.UTF_8);
                    found.add(lines.first() + line + ": " + text);
                }
            }
        }
        return found;
    }

    private static List<String> numbered(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            String line = text.substring(start, end < 0 ? text.length() : end);
            boolean ended = end >= 0 && line.endsWith("\r");
            lines.add(lines.size() + 1 + ": " + (ended ? line.substring(0, line.length() - 1) : line));
            start = end < 0 ? text.length() : end + 1;
        }
        return lines;
    }
}
