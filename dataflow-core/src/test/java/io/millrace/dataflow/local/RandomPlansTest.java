package io.millrace.dataflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.plan.Explain;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.SourceStep;
import io.millrace.dataflow.testing.StepTypes;
import io.millrace.dataflow.testing.random.Outcome;
import io.millrace.dataflow.testing.random.RandomPlan;
import io.millrace.dataflow.testing.reference.NotInReference;
import io.millrace.dataflow.testing.reference.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random plans: the local engine gives what the reference gives, and a plan survives being saved. */
class RandomPlansTest {
    /** As many plans as {@code -Dplans.local} says. */
    private static final int PLANS = Integer.getInteger("plans.local", 4_000);

    /** The most plans that are looked at until every step and function was in some. */
    private static final int COVERING = 20_000;

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
                // Some patterns, and what is computed of approximate numbers; how many plans are left is checked below.
            }
        }

        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(PLANS * 9 / 10);
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
    void everyStepIsInAPlanWithRowsThatTheReferenceKnows() {
        Set<Class<?>> missing = StepTypes.all();
        // Files, tables in memory and the rows of a host are read in tests of their own.
        missing.removeAll(List.of(SourceStep.Read.class, SourceStep.FromTable.class, SourceStep.Hosted.class));
        for (long seed = 1; seed <= COVERING && !missing.isEmpty(); seed++) {
            if (hasKnownRows(seed)) {
                RandomPlan.stepsOf(seed).forEach(step -> missing.remove(step.getClass()));
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void everyFunctionAggregateAndWindowIsInAPlanWithRowsThatTheReferenceKnows() {
        StringBuilder plans = new StringBuilder();
        List<String> missing = everyFunctionAggregateAndWindow();
        for (long seed = 1; seed <= COVERING && !missing.isEmpty(); seed++) {
            if (hasKnownRows(seed)) {
                plans.append(RandomPlan.of(seed).plan(engine).stages());
            }
            if (seed % 1_000 == 0) {
                missing.removeIf(part -> plans.indexOf(part) >= 0);
                plans.setLength(0);
            }
        }

        assertThat(missing).isEmpty();
        assertThat(Reference.unknownFunctions()).isEmpty();
    }

    /** How each of them is written in a stage of a plan. */
    private static List<String> everyFunctionAggregateAndWindow() {
        List<String> parts = new ArrayList<>(List.of("frame=rows(", "frame=values(", "frame=seconds("));
        for (Function function : Function.values()) {
            parts.add("Call[function=" + function + ",");
        }
        for (Aggregate.Kind kind : Aggregate.Kind.values()) {
            parts.add("Measure[kind=" + kind + ",");
        }
        for (WindowFunction.Kind kind : WindowFunction.Kind.values()) {
            parts.add("Placed[kind=" + kind + ",");
        }
        return parts;
    }

    private boolean hasKnownRows(long seed) {
        try {
            return !Outcome.ofReference(RandomPlan.of(seed).plan(engine)).rows().isEmpty();
        } catch (NotInReference beyondIt) {
            return false;
        }
    }
}
