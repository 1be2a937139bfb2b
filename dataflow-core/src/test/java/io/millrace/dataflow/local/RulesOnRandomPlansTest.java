package io.millrace.dataflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.kernel.ConstantKernels;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.rule.Optimiser;
import io.millrace.dataflow.testing.random.Outcome;
import io.millrace.dataflow.testing.random.RandomPipeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Random plans: the rules change no cell, no error, no order, and not whether a run fails. */
class RulesOnRandomPlansTest {
    /** As many plans as {@code -Dplans.local} says. */
    private static final int PLANS = Integer.getInteger("plans.local", 4_000);

    private static final Optimiser OPTIMISER = Optimiser.of(new ConstantKernels());

    private final LocalEngine ruled = LocalEngine.create();
    private final LocalEngine plain = ruled.rules(Optimiser.none());

    @Test
    void theRowsWithRulesAreThoseWithout() {
        List<String> differences = new ArrayList<>();
        int withRows = 0;
        for (long seed = 1; seed <= PLANS; seed++) {
            Dataflow dataflow = RandomPipeline.of(seed);
            Outcome expected = Outcome.of(plain, dataflow);
            Outcome actual = Outcome.of(ruled, dataflow);
            String what = "seed " + seed + ": ";
            if (!actual.failure().equals(expected.failure())) {
                differences.add(what + "failed with '" + actual.failure() + "' and not '" + expected.failure() + "'\n"
                        + dataflow.explainRules(plain));
            }
            actual.differenceFrom(expected)
                    .ifPresent(difference -> differences.add(what + difference + "\n" + dataflow.explainRules(plain)));
            withRows += expected.rows().isEmpty() ? 0 : 1;
        }

        assertThat(differences).isEmpty();
        assertThat(withRows).isGreaterThan(PLANS / 4);
    }

    @Test
    void everyRuleChangesSomeOfThePlans() {
        Map<String, Integer> plans = new HashMap<>();
        for (long seed = 1; seed <= PLANS; seed++) {
            Plan plan = RandomPipeline.of(seed).plan(plain);
            for (Optimiser.Applied applied : OPTIMISER.trace(plan)) {
                plans.merge(applied.rule(), 1, Integer::sum);
                assertThat(applied.plan().schema()).isEqualTo(plan.schema());
            }
        }

        assertThat(plans.keySet()).containsExactlyInAnyOrderElementsOf(OPTIMISER.rules());
        assertThat(plans.values()).allMatch(count -> count >= PLANS / 100);
    }
}
