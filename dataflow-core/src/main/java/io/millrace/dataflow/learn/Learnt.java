package io.millrace.dataflow.learn;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;

/**
 * What was learnt from the rows of a dataflow: constants to look at and to edit, and the row-wise steps that hold them.
 * Immutable; {@code toString} shows what was learnt.
 */
public interface Learnt {
    /** The dataflow that it was learnt from. */
    Dataflow dataflow();

    /** The steps, for a dataflow or model of the same columns. They learn nothing more. */
    Recipe toRecipe();

    /** The dataflow with the steps after it. Engines: local, Spark. */
    default Dataflow toDataflow() {
        return dataflow().apply(toRecipe());
    }
}
