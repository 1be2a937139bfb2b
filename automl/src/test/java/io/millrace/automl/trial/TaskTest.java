package io.millrace.automl.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.automl.learner.Objective;
import io.millrace.dataflow.error.DataflowException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TaskTest {
    @Test
    void wordsNameTasks() {
        assertThat(Task.of("binary", "x")).isEqualTo(Task.binary("x"));
        assertThat(Task.of("multiclass", "x").objective()).isEqualTo(Objective.MULTICLASS);
        assertThat(Task.of("regression", "x").text()).isEqualTo("regression");
    }

    @Test
    void anUnknownWordIsRefused() {
        assertThatThrownBy(() -> Task.of("regresion", "x"))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        INVALID_ARGUMENT: Cannot use 'regresion' as a task
                          Did you mean 'regression'?
                          Tasks: binary, multiclass, regression""");
    }

    @Test
    void eightFoldsAreTheRule() {
        assertThat(Validation.standardFor(Objective.REGRESSION, 10_000, 0)).isEqualTo(Validation.folds(8));
        assertThat(Validation.standardFor(Objective.BINARY, 200_000, 1_000)).isEqualTo(Validation.folds(5));
    }

    @Test
    void fewRowsHaveFewerFolds() {
        assertThat(Validation.standardFor(Objective.MULTICLASS, 20, 0)).isEqualTo(Validation.folds(5));
        assertThat(Validation.standardFor(Objective.MULTICLASS, 72, 0)).isEqualTo(Validation.folds(7));
        assertThat(Validation.standardFor(Objective.BINARY, 20, 2)).isEqualTo(Validation.folds(3));
        assertThat(Validation.standardFor(Objective.BINARY, 300, 6)).isEqualTo(Validation.folds(6));
    }

    @Test
    void impossibleValidationsAreRefused() {
        assertThatThrownBy(() -> Validation.folds(1))
                .hasMessage("INVALID_ARGUMENT: Cannot validate with 1 folds: at least 2 are needed");
        assertThatThrownBy(() -> Validation.holdout(1))
                .hasMessage("INVALID_ARGUMENT: Cannot hold out a fraction of 1.0: it must be between 0 and 1");
    }

    @Test
    void impossibleBudgetsAreRefused() {
        assertThatThrownBy(() -> Budget.ofTrials(0))
                .hasMessage("INVALID_ARGUMENT: Cannot run an experiment of 0 trials");
        assertThatThrownBy(() -> Budget.of(Duration.ofMillis(-500)))
                .hasMessage("INVALID_ARGUMENT: Cannot run an experiment for -0.5 s");
        assertThat(Budget.of(Duration.ofSeconds(1)).orTrials(3).isBoundedByTrialsAlone())
                .isFalse();
        assertThat(Budget.ofTrials(3).isBoundedByTrialsAlone()).isTrue();
    }
}
