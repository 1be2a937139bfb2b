package io.millrace.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.source.ArrowOptions;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.JsonLinesOptions;
import io.millrace.dataflow.source.LinesOptions;
import io.millrace.dataflow.source.ParquetOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.testing.Rows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionTest {
    @TempDir
    private Path directory = Path.of("");

    private Path file(String content) throws IOException {
        return Files.write(directory.resolve("data"), content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Detection detect(String content) throws IOException {
        return Detection.of(
                Source.file(file(content).toString()), SourceAccess.with(Credentials.none()), Cancellation.create());
    }

    @Test
    void formatsAreToldByTheirMarks() throws IOException {
        assertThat(detect("PAR1...")).isEqualTo(new Detection(new ParquetOptions(), "it begins with PAR1"));
        assertThat(detect("ARROW1..")).isEqualTo(new Detection(new ArrowOptions(), "it begins with ARROW1"));
    }

    @Test
    void textsAreToldByTheirFirstLines() throws IOException {
        assertThat(detect("{\"a\": 1}\n\n{\"a\": 2}\n"))
                .isEqualTo(new Detection(JsonLinesOptions.defaults(), "every line holds a JSON object"));
        assertThat(detect("a,b\n1,\"x,y\"\n"))
                .isEqualTo(new Detection(
                        CsvOptions.defaults(),
                        "it is divided by ',': 2 of 2 records have 2 cells, and these look like values to 88 %"));
        assertThat(detect("a;b;c\n1,5;2;3\n").options())
                .isEqualTo(CsvOptions.defaults().delimiter(';'));
        assertThat(detect("a\tb\n1\t2\n").reason())
                .isEqualTo("it is divided by a tab: 2 of 2 records have 2 cells, and these look like values to 90 %");
        assertThat(detect("once upon a time\nthere was\n"))
                .isEqualTo(new Detection(LinesOptions.defaults(), "its lines are divided by no delimiter"));
    }

    @Test
    void whatIsNotReadIsNamedWithTheAlternative() throws IOException {
        Path path = file("BZh9...");

        assertThatThrownBy(() -> Dataflow.autoRead(path.toString()))
                .hasMessage("UNSUPPORTED_FORMAT: Cannot read " + path + ": it is bzip2: decompress it first");
    }

    @Test
    void aFileIsReadAsWhatItIs() {
        LocalEngine engine = LocalEngine.create();
        String path = directory.resolve("anything").toString();
        Rows.rows("id", "name").of(1, "crow", 2, null).write(engine, Output.arrow(path));

        Dataflow read = Dataflow.autoRead(path);

        assertThat(read.node()).hasToString("readArrow(" + path + ")");
        assertThat(read.count(engine)).isEqualTo(2);
    }
}
