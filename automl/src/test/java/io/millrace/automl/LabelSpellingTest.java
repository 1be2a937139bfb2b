package io.millrace.automl;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.automl.trial.TrialListener;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.local.LocalEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelSpellingTest {
    @TempDir
    Path directory;

    private Dataflow csv(String... targets) throws IOException {
        Path file = directory.resolve("data.csv");
        StringBuilder text = new StringBuilder("x,y\n");
        for (int row = 0; row < targets.length; row++) {
            text.append(row).append(',').append(targets[row]).append('\n');
        }
        Files.writeString(file, text, StandardCharsets.UTF_8);
        return Dataflow.readCsv(file.toString());
    }

    private static List<String> labels(Dataflow training) {
        try (LocalEngine engine = LocalEngine.create()) {
            return TrainingRows.read(
                            training,
                            ExperimentSettings.of("y", Optional.empty()),
                            engine,
                            TrialListener.silent(),
                            Cancellation.create())
                    .labels();
        }
    }

    @Test
    void boolsAreSpelledAsInTheSource() throws IOException {
        assertThat(labels(csv("True", "False", "", "True", "False", "True"))).containsExactly("False", "True");
    }

    @Test
    void numbersAreSpelledAsInTheSource() throws IOException {
        assertThat(labels(csv("1.00", "0.00", "1.00", "0.00", "1.00"))).containsExactly("0.00", "1.00");
        assertThat(labels(csv("1", "2", "10", "2", "1"))).containsExactly("1", "2", "10");
    }

    @Test
    void theFirstOfSeveralSpellingsIsTaken() throws IOException {
        assertThat(labels(csv("TRUE", "false", "True", "False", "true"))).containsExactly("false", "TRUE");
    }

    @Test
    void labelsThatAStepComputesAreWrittenAsTheirValues() throws IOException {
        Dataflow training = csv("True", "False", "True", "True", "False")
                .withColumn("y", Expr.col("x").gt(2));

        assertThat(labels(training)).containsExactly("false", "true");
    }

    @Test
    void otherStepsDoNotMatter() throws IOException {
        Dataflow training = csv("True", "False", "True", "True", "False", "True")
                .filter(Expr.col("x").lt(5))
                .withColumn("z", Expr.col("x").plus(1));

        assertThat(labels(training)).containsExactly("False", "True");
    }
}
