package io.millrace.dataflow.format;

/** A scan that also judges the columns of its files, all of them, from the values that it passes over. Knows one read. */
public interface JudgingScan extends FileScan {
    /**
     * The columns, and what their types were judged from, as {@link FileFormat#inferenceReport} gives them. To be asked
     * for when every split was read to its end, in their order, and every block is accounted for.
     */
    InferenceReport report();
}
