package io.millrace.dataflow.expr;

/** A value computed for each row of the rows of its partition, and the name of the column that holds it. */
public sealed interface WindowColumn permits Aggregate, FramedAggregate, WindowFunction {
    /** The name of the column. */
    String name();

    /** The same value in a column named {@code newName}. */
    WindowColumn as(String newName);
}
