package io.millrace.automl.feature;

import static java.util.Objects.requireNonNull;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.learner.Matrix.Feature;
import java.util.List;

/** A number as it is, for trees. NaN stays; what a float cannot hold becomes the largest number of its sign. */
record FittedNumber(String column) implements FittedColumn {
    static final int KIND = 1;
    private static final double LARGEST = 1e38;

    FittedNumber {
        requireNonNull(column, "column");
    }

    static FittedNumber readBody(BinaryReader in) {
        return new FittedNumber(in.readString());
    }

    @Override
    public List<Feature> features() {
        return List.of(Feature.numeric(column));
    }

    @Override
    public void apply(Frame.Column values, double[][] out, int first) {
        Frame.Numbers numbers = FittedColumn.as(Frame.Numbers.class, values);
        double[] target = out[first];
        for (int row = 0; row < target.length; row++) {
            target[row] = finite(numbers.value(row));
        }
    }

    @Override
    public void write(BinaryWriter out) {
        out.writeByte(KIND).writeString(column);
    }

    /** The number within what a float can hold. */
    static double finite(double value) {
        return Math.max(-LARGEST, Math.min(LARGEST, value));
    }
}
