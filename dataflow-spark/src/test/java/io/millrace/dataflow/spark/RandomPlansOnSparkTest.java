package io.millrace.dataflow.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.plan.Explain;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.testing.random.Outcome;
import io.millrace.dataflow.testing.random.RandomPipeline;
import io.millrace.dataflow.testing.random.RandomPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
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
        compare(PLANS, RandomPlan::of);
    }

    @Test
    void sparkGivesWhatTheLocalEngineGivesWhereRulesHaveMuchToDo() {
        compare(PLANS / 4, RandomPipeline::of);
    }

    private void compare(int plans, LongFunction<Dataflow> made) {
        List<String> differences = new ArrayList<>();
        int withRows = 0;
        for (long seed = 1; seed <= plans; seed++) {
            Dataflow dataflow = made.apply(seed);
            Plan plan = dataflow.plan(local);
            String where = "seed " + seed + ": ";
            String what = "\n" + Explain.of(plan) + "\n" + dataflow.toJson();
            try {
                Outcome expected = Outcome.of(local, dataflow);
                Outcome actual = Outcome.of(spark, dataflow);
                actual.differenceFrom(expected).ifPresent(difference -> differences.add(where + difference + what));
                withRows += expected.rows().isEmpty() ? 0 : 1;
            } catch (RuntimeException unexpected) {
                differences.add(where + "threw " + unexpected + what);
            }
        }

        assertThat(differences).isEmpty();
        assertThat(withRows).isGreaterThan(plans / 4);
    }
}
