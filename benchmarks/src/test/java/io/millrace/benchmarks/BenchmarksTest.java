package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.profile.Count;
import io.millrace.dataflow.profile.Profile;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is timed is what it says: the sides of a comparison do the same work. */
class BenchmarksTest {
    @Test
    void bothSidesReadEveryRecord() throws IOException {
        CsvReadBenchmark benchmark = new CsvReadBenchmark();
        benchmark.rows = 5_000;
        benchmark.prepare();

        assertThat(benchmark.readTyped()).isEqualTo(5_000);
        assertThat(benchmark.univocityStrings()).isEqualTo(5_000);
        assertThat(benchmark.filterAndGroup()).isEqualTo(8);
        assertThat(benchmark.infer().toString())
                .isEqualTo("id: int64, quantity: int64, at: timestamp, comment: text, price: float64, visits: int64,"
                        + " member: bool, region: text, weight: float64, churned: text");
        benchmark.remove();
    }

    @Test
    void aBatchAndASingleRowAreScoredAlike() throws IOException {
        ScoringBenchmark benchmark = new ScoringBenchmark();
        benchmark.prepare();

        assertThat(benchmark.batch()).isPositive();
        assertThat(benchmark.single().probabilities()).containsOnlyKeys("no", "yes");
        benchmark.close();
    }

    @Test
    void batchesAndTheirFileHaveOneProfile() throws IOException {
        ProfileBenchmark benchmark = new ProfileBenchmark();
        benchmark.rows = 5_000;
        benchmark.prepare();

        Profile profile = benchmark.inMemory();
        assertThat(profile.rowCount()).isEqualTo(5_000);
        assertThat(profile.column("id").distinct()).isEqualTo(Count.exact(5_000));
        assertThat(profile.column("region").valueCounts()).hasSize(8);
        assertThat(benchmark.ofFile().columns())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("topValues")
                .isEqualTo(profile.columns());
        benchmark.remove();
    }

    @Test
    void everyQuestionHasOneAnswerHereAndInDuckdb() throws Exception {
        for (Questions asked : List.of(new GroupByBenchmark(), new JoinBenchmark(), new SortBenchmark())) {
            try (Systems systems = new Systems(asked.tables(20_000), false)) {
                for (Questions.Question question : asked.questions(systems)) {
                    List<String> ours;
                    try (Table table = systems.collect(question.dataflow())) {
                        ours = lines(table.rows());
                    }
                    // Equal rows stay in order here; DuckDB keeps them so by the number that it gives each row.
                    boolean ordered = question.sql().contains("ORDER BY");
                    List<String> theirs = lines(systems.query(question.sql() + (ordered ? ", rowid" : "")));
                    if (!ordered) {
                        Collections.sort(ours);
                        Collections.sort(theirs);
                    }
                    assertThat(ours)
                            .as(question.name())
                            .isNotEmpty()
                            .usingElementComparator(BenchmarksTest::compareLines)
                            .isEqualTo(theirs);
                }
            }
        }
    }

    private static <T> List<String> lines(List<? extends List<T>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** 0 for lines of the same words and numbers. The last digits of a sum depend on the order in which a system adds. */
    private static int compareLines(String left, String right) {
        String[] ours = left.split(" ", -1);
        String[] theirs = right.split(" ", -1);
        for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
            if (!ours[i].equals(theirs[i])
                    && !(ours[i].contains(".")
                            && theirs[i].contains(".")
                            && Math.abs(Double.parseDouble(ours[i]) / Double.parseDouble(theirs[i]) - 1) < 1e-9)) {
                return ours[i].compareTo(theirs[i]);
            }
        }
        return Integer.compare(ours.length, theirs.length);
    }
}
