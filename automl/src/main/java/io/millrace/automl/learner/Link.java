package io.millrace.automl.learner;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;

/** Turns the margins of a model, {@code [output][row]}, into predictions, in place. */
enum Link {
    /** The margin is the prediction. */
    IDENTITY(0) {
        @Override
        void apply(double[][] margins) {}
    },
    /** The margin is the logarithm of the odds of class 1. */
    SIGMOID(1) {
        @Override
        void apply(double[][] margins) {
            double[] values = margins[0];
            for (int row = 0; row < values.length; row++) {
                values[row] = sigmoid(values[row]);
            }
        }
    },
    /** The margins are the logarithms of the probabilities, up to a constant. */
    SOFTMAX(2) {
        @Override
        void apply(double[][] margins) {
            int rows = margins[0].length;
            for (int row = 0; row < rows; row++) {
                double largest = Double.NEGATIVE_INFINITY;
                for (double[] output : margins) {
                    largest = Math.max(largest, output[row]);
                }
                double sum = 0;
                for (double[] output : margins) {
                    output[row] = StrictMath.exp(output[row] - largest);
                    sum += output[row];
                }
                for (double[] output : margins) {
                    output[row] /= sum;
                }
            }
        }
    },
    /** The margins are shares, each at least 0, that are divided by their sum; a single one is cut to 0 to 1. */
    SHARE(3) {
        @Override
        void apply(double[][] margins) {
            int rows = margins[0].length;
            for (int row = 0; row < rows; row++) {
                double sum = 0;
                for (double[] output : margins) {
                    output[row] = Math.min(1, Math.max(0, output[row]));
                    sum += output[row];
                }
                if (margins.length > 1) {
                    for (double[] output : margins) {
                        output[row] = sum > 0 ? output[row] / sum : 1.0 / margins.length;
                    }
                }
            }
        }
    };

    private final int code;

    Link(int code) {
        this.code = code;
    }

    /** Changes margins to predictions. */
    abstract void apply(double[][] margins);

    /** The link of models whose margins are log-odds or logarithms of probabilities. */
    static Link of(Objective objective) {
        return switch (objective) {
            case BINARY -> SIGMOID;
            case MULTICLASS -> SOFTMAX;
            case REGRESSION -> IDENTITY;
        };
    }

    void write(BinaryWriter out) {
        out.writeByte(code);
    }

    static Link read(BinaryReader in) {
        int code = in.readByte();
        for (Link link : values()) {
            if (link.code == code) {
                return link;
            }
        }
        throw new CodecException(
                "Cannot read a model with link " + code + ": it is damaged, or written by a newer version of Millrace");
    }

    static double sigmoid(double margin) {
        if (margin >= 0) {
            return 1 / (1 + StrictMath.exp(-margin));
        }
        double odds = StrictMath.exp(margin);
        return odds / (1 + odds);
    }
}
