package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.automl.trial.Budget;
import io.millrace.dataflow.error.DataflowException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {
    @Test
    void aMinuteIsTheBudgetWhenNothingIsSaid() {
        assertThat(Limits.of(null, null).budget()).isEqualTo(Budget.of(Duration.ofSeconds(60)));
    }

    @Test
    void trialsAloneHaveNoTimeLimit() {
        assertThat(Limits.of(null, 12).budget()).isEqualTo(Budget.ofTrials(12));
    }

    @Test
    void timesHaveUnits() {
        assertThat(Limits.of("1h30m", null).budget()).isEqualTo(Budget.of(Duration.ofMinutes(90)));
        assertThat(Limits.of("2.5s", 3).budget())
                .isEqualTo(Budget.of(Duration.ofMillis(2_500)).orTrials(3));
    }

    @Test
    void otherTimesAreRefused() {
        for (String wrong : new String[] {"", "60", "s", "1m x", "-5s", "0s", "1d"}) {
            assertThatThrownBy(() -> Limits.of(wrong, null))
                    .isInstanceOf(DataflowException.class)
                    .hasMessage("INVALID_ARGUMENT: Cannot use '" + wrong + "' as --budget: it is a time with its unit\n"
                            + "  For example 60s, 5m or 1h30m");
        }
    }
}
