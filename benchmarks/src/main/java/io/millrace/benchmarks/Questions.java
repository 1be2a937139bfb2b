package io.millrace.benchmarks;

import io.millrace.dataflow.Dataflow;
import java.util.List;

/** Tables, and what is asked of them. */
interface Questions {
    /** The tables; the large ones have so many rows. */
    List<MadeTable> tables(int rows);

    /** What is asked of these tables. */
    List<Question> questions(Systems systems);

    /** One question, to us and as SQL. Both give the same rows, in any order unless the SQL has one. */
    record Question(String name, Dataflow dataflow, String sql) {}
}
