package io.millrace.dataflow.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.plan.Explain;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.testing.random.Outcome;
import io.millrace.dataflow.testing.random.RandomPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random plans: Spark gives what the local engine gives. */
@Tag("spark")
class RandomPlansOnSparkTest {
    /** As many plans as {@code -Dplans.spark} says. */
    private static final int PLANS = Integer.getInteger("plans.spark", 1_000);

    private final Engine local = LocalEngine.create();
    private final Engine spark = SparkEngine.on(TestSession.session());

    @Test
    void sparkGivesWhatTheLocalEngineGives() {
        List<String> differences = new ArrayList<>();
        int withRows = 0;
        for (long seed = 1; seed <= PLANS; seed++) {
            Dataflow dataflow = RandomPlan.of(seed);
            Plan plan = dataflow.plan(local);
            String where = "seed " + seed + ": ";
            String what = "\n" + Explain.of(plan) + "\n" + dataflow.toJson();
            try {
                Outcome expected = Outcome.of(local, dataflow);
                Outcome actual = Outcome.of(spark, dataflow);
                if (!isLeftOpen(plan, expected, actual)) {
                    difference(expected, actual).ifPresent(difference -> differences.add(where + difference + what));
                }
                withRows += expected.rows().isEmpty() ? 0 : 1;
            } catch (RuntimeException unexpected) {
                differences.add(where + "threw " + unexpected + what);
            }
        }

        assertThat(differences).isEmpty();
        assertThat(withRows).isGreaterThan(PLANS / 4);
    }

    /** Which of two failures comes first is open, but not whether there is one. */
    private static Optional<String> difference(Outcome expected, Outcome actual) {
        return !expected.failure().isEmpty() && actual.failure().isEmpty()
                ? Optional.of("gave " + actual.rows().size() + " rows and did not fail with " + expected.failure())
                : actual.differenceFrom(expected);
    }

    /**
     * Whether Spark alone failed because rows side by side differ in number, in a plan with a limit. Spark counts all rows
     * first; the local engine meets the end of the shorter input in its turn, which is never where a limit comes before.
     */
    private static boolean isLeftOpen(Plan plan, Outcome expected, Outcome actual) {
        return expected.failure().isEmpty()
                && actual.failure().equals(ErrorCode.UNEQUAL_LENGTHS.toString())
                && isLimitBehindAppend(plan.stages());
    }

    private static boolean isLimitBehindAppend(List<Plan.Stage> stages) {
        Set<Integer> behindAppend = new HashSet<>();
        for (int i = 0; i < stages.size(); i++) {
            Plan.Stage stage = stages.get(i);
            boolean behind = stage.inputs().stream().anyMatch(behindAppend::contains);
            if (behind && stage.operator() instanceof Operator.Limit) {
                return true;
            }
            if (behind || stage.operator() instanceof Operator.Append) {
                behindAppend.add(i);
            }
        }
        return false;
    }
}
