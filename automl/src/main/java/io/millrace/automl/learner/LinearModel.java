package io.millrace.automl.learner;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import java.util.Arrays;

/**
 * A weighted sum of the features for every output, turned into a prediction by a link. A missing value counts as the
 * feature's mean at training.
 */
public final class LinearModel implements Model {
    static final int KIND = 2;
    private static final int VERSION = 1;

    private final Link link;
    private final double[] fills;
    private final double[] intercepts;
    private final double[][] weights;

    /** A model of {@code weights[output][feature]}. */
    LinearModel(Link link, double[] fills, double[] intercepts, double[][] weights) {
        this.link = link;
        this.fills = fills;
        this.intercepts = intercepts;
        this.weights = weights;
    }

    @Override
    public int outputs() {
        return intercepts.length;
    }

    @Override
    public int features() {
        return fills.length;
    }

    @Override
    public double[][] predict(Matrix rows) {
        if (rows.features().size() != fills.length) {
            throw new IllegalArgumentException(
                    "Cannot score rows of " + rows.features().size() + " features: the model has " + fills.length);
        }
        double[][] margins = new double[intercepts.length][rows.rows()];
        for (int output = 0; output < intercepts.length; output++) {
            Arrays.fill(margins[output], intercepts[output]);
        }
        for (int feature = 0; feature < fills.length; feature++) {
            double[] column = rows.column(feature);
            double fill = fills[feature];
            for (int output = 0; output < intercepts.length; output++) {
                double weight = weights[output][feature];
                if (weight == 0) {
                    continue;
                }
                double[] margin = margins[output];
                for (int row = 0; row < margin.length; row++) {
                    double value = column[row];
                    margin[row] += weight * (Double.isNaN(value) ? fill : value);
                }
            }
        }
        link.apply(margins);
        return margins;
    }

    @Override
    public void write(BinaryWriter out) {
        out.writeByte(KIND).writeByte(VERSION);
        link.write(out);
        out.writeDoubles(fills).writeDoubles(intercepts);
        for (double[] output : weights) {
            out.writeDoubles(output);
        }
    }

    static LinearModel readBody(BinaryReader in) {
        int version = in.readByte();
        if (version != VERSION) {
            throw new CodecException("Cannot read a linear model of version " + version
                    + ": it is damaged, or written by a newer version of Millrace");
        }
        Link link = Link.read(in);
        double[] fills = in.readDoubles();
        double[] intercepts = in.readDoubles();
        if (intercepts.length == 0) {
            throw new CodecException("Cannot read a linear model: it is damaged");
        }
        double[][] weights = new double[intercepts.length][];
        for (int output = 0; output < weights.length; output++) {
            weights[output] = in.readDoubles();
            if (weights[output].length != fills.length) {
                throw new CodecException("Cannot read a linear model: it is damaged");
            }
        }
        return new LinearModel(link, fills, intercepts, weights);
    }
}
