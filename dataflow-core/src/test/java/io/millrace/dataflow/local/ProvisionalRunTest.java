package io.millrace.dataflow.local;

import static io.millrace.dataflow.expr.Expr.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that begins with guessed types ends with those that all values have. */
class ProvisionalRunTest {
    private static final CsvOptions DEFAULTS = CsvOptions.defaults();
    private static final int ROWS = 200_000;

    private final LocalEngine engine = LocalEngine.create().threads(3);

    @TempDir
    private Path directory;

    @AfterEach
    void nothingIsHeld() {
        assertThat(engine.memoryHeld()).isZero();
        engine.close();
    }

    @Test
    void aRunJudgesEveryValueOfEveryColumnAsItReads() throws IOException {
        Source source = numbers("", "");
        assertThat(engine.guessSchema(source, DEFAULTS, Cancellation.create()))
                .hasValueSatisfying(
                        guess -> assertThat(guess.toString()).isEqualTo("id: int64, name: text, x: float64"));
        long rows = Dataflow.readCsv(source, csv -> csv).filter(col("id").lt(5)).count(engine);
        assertThat(rows).isEqualTo(5);
        assertThat(engine.guessSchema(source, DEFAULTS, Cancellation.create())).isEmpty();
        assertThat(engine.inferenceReport(source, DEFAULTS, Cancellation.create()))
                .isEqualTo(LocalEngine.create().inferenceReport(source, DEFAULTS, Cancellation.create()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7,b,none\n", "seven,b,1\n", "7.5,b,1\n", "007,b,\n", "7,\"b\nc\",\"1\"\n"})
    void theTypesAreThoseOfJudgingFirst(String last) throws IOException {
        Source source = numbers("", last);
        Schema judged = LocalEngine.create().inferSchema(source, DEFAULTS, Cancellation.create());
        Dataflow rows = Dataflow.readCsv(source, csv -> csv).tail(3);
        try (Table expected = rows.freeze(LocalEngine.create()).collect(engine);
                Table table = rows.collect(engine)) {
            assertThat(table.schema()).isEqualTo(judged);
            for (int row = 0; row < 3; row++) {
                assertThat(table.row(row)).isEqualTo(expected.row(row));
            }
            assertThat(table.errors()).isEmpty();
        }
    }

    @Test
    void aStepThatFitsOnlyTheGuessIsRefused() throws IOException {
        Source source = numbers("", "7,b,none\n");
        assertThatThrownBy(() -> Dataflow.readCsv(source, csv -> csv)
                        .groupBy()
                        .aggregate(Aggregate.sum("x"))
                        .collect(engine))
                .hasMessageContaining("sum(x)")
                .hasMessageContaining("of text");
    }

    @Test
    void aStepThatDoesNotFitTheGuessIsRunWhenItFitsTheTypes() throws IOException {
        Source source = numbers("", "7,b,none\n");
        assertThat(Dataflow.readCsv(source, csv -> csv)
                        .filter(col("x").eq("none"))
                        .count(engine))
                .isEqualTo(1);
    }

    @Test
    void whatIsBehindALimitIsJudged() throws IOException {
        Source source = numbers("", "7,b,none\n");
        try (Table table = Dataflow.readCsv(source, csv -> csv).head(engine, 1)) {
            assertThat(table.schema().toString()).isEqualTo("id: int64, name: text, x: text");
        }
    }

    @Test
    void anOutputIsWrittenOnceTheTypesAreKnown() throws IOException {
        Source source = numbers("", "7,b,1.50\n8,b,none\n");
        Path out = directory.resolve("out.csv");
        Dataflow.readCsv(source, csv -> csv).tail(2).write(engine, Output.to(out.toString()));
        assertThat(out).content().isEqualTo("id,name,x\n7,b,1.50\n8,b,none\n");
        assertThat(directory.toFile().list()).hasSize(2);
    }

    @Test
    void aRecordThatDoesNotFitEndsTheRun() throws IOException {
        Source source = numbers("", "7,b\n");
        assertThatThrownBy(() -> Dataflow.readCsv(source, csv -> csv).count(engine))
                .hasMessageContaining("Cannot read record 200,001 of");
    }

    @Test
    void aSourceReadTwiceIsJudgedOnce() throws IOException {
        Source source = numbers("", "");
        Dataflow rows = Dataflow.readCsv(source, csv -> csv);
        assertThat(rows.union(rows).count(engine)).isEqualTo(2 * ROWS);
        assertThat(engine.inferenceReport(source, DEFAULTS, Cancellation.create())
                        .columns()
                        .get(0)
                        .values())
                .hasValue(ROWS);
    }

    @Test
    void smallFilesSamplesAndQuarantinesAreJudgedFirst() throws IOException {
        Path small = Files.writeString(directory.resolve("small.csv"), "x\n1\n");
        Source large = numbers("", "");
        Cancellation cancellation = Cancellation.create();
        List<Optional<Schema>> guesses = List.of(
                engine.guessSchema(Source.file(small.toString()), DEFAULTS, cancellation),
                engine.guessSchema(large, DEFAULTS.inferFrom(10), cancellation),
                engine.guessSchema(large, DEFAULTS.allText(), cancellation),
                engine.guessSchema(
                        large,
                        DEFAULTS.errors(ErrorPolicy.quarantine(
                                directory.resolve("q.jsonl").toString())),
                        cancellation));
        assertThat(guesses).containsOnly(Optional.empty());
    }

    private Source numbers(String first, String last) throws IOException {
        StringBuilder text = new StringBuilder("id,name,x\n").append(first);
        for (int i = 0; i < ROWS; i++) {
            text.append(i)
                    .append(",some name of ")
                    .append(i % 9)
                    .append(',')
                    .append(i % 13)
                    .append(".25\n");
        }
        Path file = Files.writeString(directory.resolve("numbers.csv"), text.append(last));
        return Source.file(file.toString());
    }
}
