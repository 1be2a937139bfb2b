package io.millrace.automl.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {
    @Test
    void canonicalTextIsSortedAndTheSameForEqualParameters() {
        Parameters some = Parameters.of(Map.of("rounds", 10, "learning_rate", 0.05f, "extra_trees", true));
        Parameters same =
                Parameters.empty().with("extra_trees", true).with("rounds", 10L).with("learning_rate", 0.05);
        assertThat(some.canonical()).isEqualTo("extra_trees=true, learning_rate=0.05, rounds=10");
        assertThat(same).isEqualTo(some).hasSameHashCodeAs(some).hasToString(some.canonical());
        assertThat(Parameters.empty().with("a", "x\"\\y").canonical()).isEqualTo("a=\"x\\\"\\\\y\"");
    }

    @Test
    void valuesOfAnotherTypeAreRefused() {
        Parameters text = Parameters.empty().with("rounds", "many");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> text.integer("rounds", 1))
                .withMessage("Cannot set 'rounds' to many: it must be a whole number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> text.number("rounds", 1))
                .withMessage("Cannot set 'rounds' to many: it must be a number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> text.flag("rounds", true))
                .withMessage("Cannot set 'rounds' to many: it must be true or false");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parameters.empty().with("rounds", 1).text("rounds", ""))
                .withMessage("Cannot set 'rounds' to 1: it must be a text");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parameters.empty().with("rounds", List.of()))
                .withMessage("Cannot set 'rounds' to []: it must be a number, a text, or true or false");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parameters.empty().with("rounds", Double.NaN))
                .withMessage("Cannot set 'rounds' to NaN: it must be a finite number");
    }

    @Test
    void aDoubleThatIsWholeIsAWholeNumber() {
        assertThat(Parameters.empty().with("rounds", 100.0).integer("rounds", 1))
                .isEqualTo(100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parameters.empty().with("rounds", 1.5).integer("rounds", 1))
                .withMessage("Cannot set 'rounds' to 1.5: it must be a whole number");
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearestKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Parameters.empty().with("num_leafs", 3).checkNames("lightgbm", List.of("num_leaves", "rounds")))
                .withMessage("Cannot set 'num_leafs' of lightgbm: no such parameter; did you mean 'num_leaves'?");
    }
}
