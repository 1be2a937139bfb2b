package io.millrace.automl.feature;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import io.millrace.automl.learner.Matrix.Feature;
import java.util.List;

/** What was learnt about one column of the training rows: turns its values into one or more features. Immutable. */
sealed interface FittedColumn permits FittedNumber, FittedSpline, FittedCategory, FittedTime, FittedText {
    /** The column of the frame. */
    String column();

    /** The features, in the order in which {@link #apply} writes them. Never changes. */
    List<Feature> features();

    /**
     * Writes the features of every row to {@code out[first]}, {@code out[first + 1]}, and so on, which hold zeros before.
     * A row's numbers depend on that row alone.
     */
    void apply(Frame.Column values, double[][] out, int first);

    /** Writes the kind, then what was learnt. */
    void write(BinaryWriter out);

    /** Reads what {@link #write} wrote. */
    static FittedColumn read(BinaryReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case FittedNumber.KIND -> FittedNumber.readBody(in);
            case FittedSpline.KIND -> FittedSpline.readBody(in);
            case FittedCategory.KIND -> FittedCategory.readBody(in);
            case FittedTime.KIND -> FittedTime.readBody(in);
            case FittedText.KIND -> FittedText.readBody(in);
            default ->
                throw new CodecException(
                        "Cannot read a feature of kind " + kind + ": it is damaged, or written by a newer version");
        };
    }

    /** The column as that kind of column. */
    static <C extends Frame.Column> C as(Class<C> kind, Frame.Column column) {
        if (!kind.isInstance(column)) {
            throw new IllegalArgumentException("column '" + column.name() + "' holds "
                    + column.getClass().getSimpleName() + ", not " + kind.getSimpleName());
        }
        return kind.cast(column);
    }
}
