package io.millrace.benchmarks;

import static io.millrace.dataflow.expr.Aggregate.mean;
import static io.millrace.dataflow.expr.Aggregate.sum;

import io.millrace.dataflow.Dataflow;
import java.util.List;

/** Groups as the first five questions of db-benchmark ask for them: text and whole keys, few groups and many. */
final class GroupByBenchmark implements Questions {
    @Override
    public List<MadeTable> tables(int rows) {
        int many = Math.max(1, rows / 100);
        return List.of(new MadeTable(
                "g",
                List.of(
                        MadeTable.code("id1", 100, 3, 1),
                        MadeTable.code("id2", 100, 3, 2),
                        MadeTable.code("id3", many, 10, 3),
                        MadeTable.whole("id4", 100, 4),
                        MadeTable.whole("id5", 100, 5),
                        MadeTable.whole("id6", many, 6),
                        MadeTable.whole("v1", 5, 7),
                        MadeTable.whole("v2", 15, 8),
                        MadeTable.real("v3", 9)),
                rows));
    }

    @Override
    public List<Question> questions(Systems systems) {
        Dataflow rows = systems.rows("g");
        return List.of(
                new Question(
                        "q1 sum by text",
                        rows.groupBy("id1").aggregate(sum("v1")),
                        "SELECT id1, sum(v1) FROM g GROUP BY id1"),
                new Question(
                        "q2 sum by two texts",
                        rows.groupBy("id1", "id2").aggregate(sum("v1")),
                        "SELECT id1, id2, sum(v1) FROM g GROUP BY id1, id2"),
                new Question(
                        "q3 sum, mean by many texts",
                        rows.groupBy("id3").aggregate(sum("v1"), mean("v3")),
                        "SELECT id3, sum(v1), avg(v3) FROM g GROUP BY id3"),
                new Question(
                        "q4 means by int",
                        rows.groupBy("id4").aggregate(mean("v1"), mean("v2"), mean("v3")),
                        "SELECT id4, avg(v1), avg(v2), avg(v3) FROM g GROUP BY id4"),
                new Question(
                        "q5 sums by many ints",
                        rows.groupBy("id6").aggregate(sum("v1"), sum("v2"), sum("v3")),
                        "SELECT id6, sum(v1), sum(v2), sum(v3) FROM g GROUP BY id6"));
    }
}
