package io.millrace.benchmarks;

import io.millrace.dataflow.Dataflow;
import java.util.List;

/** Joins of many rows with few and with as many, by a whole number. */
final class JoinBenchmark implements Questions {
    @Override
    public List<MadeTable> tables(int rows) {
        int few = Math.max(1, rows / 1_000);
        return List.of(
                new MadeTable(
                        "x",
                        List.of(
                                MadeTable.whole("small", few + few / 10, 11),
                                MadeTable.whole("large", rows + rows / 10, 12),
                                MadeTable.code("label", few, 7, 13),
                                MadeTable.real("v1", 14)),
                        rows),
                new MadeTable("s", List.of(MadeTable.whole("small", few, 15), MadeTable.real("v2", 16)), few),
                new MadeTable("l", List.of(MadeTable.whole("large", rows, 17), MadeTable.real("v2", 18)), rows));
    }

    @Override
    public List<Question> questions(Systems systems) {
        Dataflow rows = systems.rows("x");
        return List.of(
                new Question(
                        "join with few rows",
                        rows.innerJoin(systems.rows("s"), "small"),
                        "SELECT x.*, s.v2 FROM x JOIN s ON x.small = s.small"),
                new Question(
                        "join with as many rows",
                        rows.innerJoin(systems.rows("l"), "large"),
                        "SELECT x.*, l.v2 FROM x JOIN l ON x.large = l.large"));
    }
}
