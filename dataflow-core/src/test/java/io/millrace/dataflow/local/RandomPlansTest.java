package io.millrace.dataflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.plan.Explain;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.testing.random.Outcome;
import io.millrace.dataflow.testing.random.RandomPlan;
import io.millrace.dataflow.testing.reference.NotInReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random plans: the local engine gives what the reference gives, and a plan survives being saved. */
class RandomPlansTest {
    /** As many plans as {@code -Dplans.local} says. */
    private static final int PLANS = Integer.getInteger("plans.local", 4_000);

    /** Seeds of plans of which every function is in some. */
    private static final int COVERING = 4_000;

    private final LocalEngine engine = LocalEngine.create();

    @Test
    void theLocalEngineGivesWhatTheReferenceGives() {
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (long seed = 1; seed <= PLANS; seed++) {
            Dataflow dataflow = RandomPlan.of(seed);
            Plan plan = dataflow.plan(engine);
            try {
                Outcome expected = Outcome.ofReference(plan);
                String where = "seed " + seed + ": ";
                Outcome.of(engine, dataflow)
                        .differenceFrom(expected)
                        .ifPresent(difference -> differences.add(
                                where + difference + "\n" + Explain.of(plan) + "\n" + dataflow.toJson()));
                compared++;
            } catch (NotInReference beyondIt) {
                // The reference does not know all functions and operators; how many plans are left is checked below.
            }
        }

        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(PLANS / 4);
    }

    @Test
    void aPlanThatIsSavedAndReadIsThePlan() {
        for (long seed = 1; seed <= PLANS / 4; seed++) {
            Dataflow dataflow = RandomPlan.of(seed);
            String json = dataflow.toJson();
            Dataflow read = Dataflow.fromJson(json, Path.of("."));

            assertThat(read.toJson()).as("seed " + seed).isEqualTo(json);
            assertThat(read.plan(engine).stages().toString())
                    .as("seed " + seed)
                    .isEqualTo(dataflow.plan(engine).stages().toString());
        }
    }

    @Test
    void thePlansMakeEveryFunctionButThoseOfRowsAndOfConstantsAlone() {
        StringBuilder all = new StringBuilder();
        for (long seed = 1; seed <= COVERING; seed++) {
            all.append(RandomPlan.of(seed).toJson());
        }
        String plans = all.toString();

        assertThat(Arrays.stream(Function.values())
                        .map(Function::catalogName)
                        .filter(name -> !plans.contains("\"" + name + "\"")))
                .isSubsetOf("row_random", "field", "parse_json", "error");
    }
}
