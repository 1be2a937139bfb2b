package io.millrace.dataflow.plan;

import static io.millrace.dataflow.expr.Expr.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.testing.random.RandomPlan;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PlanDiffTest {
    private static final Dataflow BIRDS = Dataflow.readCsv("birds.csv");

    @Test
    void aDataflowDoesNotDifferFromItself() {
        PlanDiff diff = BIRDS.limit(3).diff(Dataflow.readCsv("birds.csv").limit(3));

        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff).hasToString("no difference\n");
        assertThat(diff.toJson()).isEqualTo("{\n  \"changes\" : [ ]\n}\n");
    }

    @Test
    void changedStepsSayWhatOfThemDiffers() {
        Dataflow before = BIRDS.filter(col("mass").gt(1)).sort("species");
        Dataflow after = BIRDS.filter(col("mass").gt(2)).sort(SortKey.descending("species"));

        assertThat(before.diff(after)).hasToString("""
                ~ 1  filter(mass > 1)  ->  filter(mass > 2)
                       predicate.arguments[1].literal: 1 -> 2
                ~ 2  sort(species)  ->  sort(species desc)
                       keys[0].direction: "ascending" -> "descending"
                """);
    }

    @Test
    void anAddedStepIsNoChangeOfThoseAfterIt() {
        Dataflow before = BIRDS.select("mass").limit(3);
        Dataflow after = BIRDS.filter(col("mass").isNotNull()).select("mass").limit(3);

        assertThat(before.diff(after)).hasToString("+ 1  filter(is_not_null(mass))\n");
        assertThat(after.diff(before)).hasToString("- 1  filter(is_not_null(mass))\n");
    }

    @Test
    void stepsOfAnotherKindAreRemovedAndAdded() {
        assertThat(BIRDS.skip(1).limit(3).diff(BIRDS.distinct().limit(3))).hasToString("""
                - 1  skip(1)
                + 1  distinct()
                """);
    }

    @Test
    void aReplacedSourceIsOneChange() {
        Dataflow before = BIRDS.filter(col("mass").gt(1)).union(BIRDS);

        assertThat(before.diff(before.replaceSource("birds.csv", "owls.csv"))).hasToString("""
                ~ 0  readCsv(birds.csv)  ->  readCsv(owls.csv)
                       source.file: "birds.csv" -> "owls.csv"
                """);
    }

    @Test
    void anotherOptionThatTheTextOfAStepDoesNotShowIsAChange() {
        Dataflow after = Dataflow.readCsv("birds.csv", csv -> csv.delimiter(';'));

        assertThat(BIRDS.diff(after)).hasToString("""
                ~ 0  readCsv(birds.csv)
                       options: nothing -> {"delimiter":";"}
                """);
    }

    @Test
    void otherInputsAreAChange() {
        Dataflow limited = BIRDS.limit(3);

        assertThat(limited.union(BIRDS).diff(limited.union(limited))).hasToString("""
                ~ 2  union()
                       inputs: [1, 0] -> [1, 1]
                """);
    }

    @Test
    void longJsonIsCutInTheText() {
        Dataflow after = BIRDS.filter(col("species").eq("x".repeat(1_000)));

        assertThat(BIRDS.filter(col("species").eq("y")).diff(after).toString())
                .contains("predicate.arguments[1].literal: \"y\" -> \"" + "x".repeat(99) + "…\n");
    }

    @Test
    void longChainsAreCompared() {
        Dataflow before = BIRDS;
        Dataflow after = BIRDS;
        for (int i = 0; i < 2_000; i++) {
            before = before.limit(i);
            after = i % 2 == 0 ? after.limit(i) : after.skip(i);
        }

        assertThat(before.diff(after).changes()).hasSize(2_000);
        assertThat(before.diff(before.limit(1)).changes()).hasSize(1);
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().between(0, 100_000);
    }

    @Property(tries = 300, seed = "20260701")
    void thereIsADifferenceWhereverDocumentsDiffer(@ForAll("seeds") long seed, @ForAll("seeds") long other) {
        Dataflow first = RandomPlan.of(seed);
        Dataflow second = RandomPlan.of(other);

        assertThat(first.diff(RandomPlan.of(seed)).isEmpty()).isTrue();
        assertThat(first.diff(second).isEmpty()).isEqualTo(first.toJson().equals(second.toJson()));
    }
}
