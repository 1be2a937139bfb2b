package io.millrace.benchmarks;

import io.millrace.dataflow.Dataflow;
import java.util.List;

/** Sorts of whole rows by one key and by two. */
final class SortBenchmark implements Questions {
    @Override
    public List<MadeTable> tables(int rows) {
        return List.of(new MadeTable(
                "t",
                List.of(MadeTable.whole("n", rows, 21), MadeTable.code("label", 100, 3, 22), MadeTable.real("v", 23)),
                rows));
    }

    @Override
    public List<Question> questions(Systems systems) {
        Dataflow rows = systems.rows("t");
        return List.of(
                new Question("sort by int", rows.sort("n"), "SELECT * FROM t ORDER BY n"),
                new Question("sort by text and real", rows.sort("label", "v"), "SELECT * FROM t ORDER BY label, v"));
    }
}
