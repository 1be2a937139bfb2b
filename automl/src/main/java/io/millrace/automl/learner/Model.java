package io.millrace.automl.learner;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;

/** A fitted model: scores rows through our own code, with no native library. Immutable and thread-safe. */
public sealed interface Model permits TreeEnsemble, LinearModel {
    /** The number of values predicted for a row: 1 for a number and for two classes, otherwise one a class. */
    int outputs();

    /** The number of features, in the order of the training matrix, that a row must have. */
    int features();

    /**
     * The predictions, as {@code [output][row]}: the value for regression, the probability of class 1 for two classes,
     * the probability of every class for more. A row is scored the same whatever rows are beside it.
     *
     * @throws IllegalArgumentException if {@code rows} has another number of features
     */
    double[][] predict(Matrix rows);

    /** Writes the model, such that equal models have equal bytes. */
    void write(BinaryWriter out);

    /**
     * Reads a model written by {@link #write}.
     *
     * @throws CodecException if the bytes are truncated or damaged, or written by a newer version
     */
    static Model read(BinaryReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case TreeEnsemble.KIND -> TreeEnsemble.readBody(in);
            case LinearModel.KIND -> LinearModel.readBody(in);
            default ->
                throw new CodecException("Cannot read a model of kind " + kind
                        + ": it is damaged, or written by a newer version of Millrace");
        };
    }
}
