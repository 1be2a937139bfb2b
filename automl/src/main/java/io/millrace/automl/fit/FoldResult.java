package io.millrace.automl.fit;

import static java.util.Objects.requireNonNull;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import io.millrace.automl.feature.FittedFeatures;
import io.millrace.automl.learner.Model;

/** What became of a fit. Holds no clock and no host: equal fits have equal bytes. Immutable. */
public sealed interface FoldResult {
    /** A model, and what it predicts for the rows that it has not seen. */
    final class Fitted implements FoldResult {
        private final double[][] predictions;
        private final byte[] features;
        private final byte[] model;

        private Fitted(double[][] predictions, byte[] features, byte[] model) {
            this.predictions = predictions;
            this.features = features;
            this.model = model;
        }

        /**
         * A result of these parts. The arrays are not copied.
         *
         * @param predictions as {@code [output][row]}, the rows of the fold in ascending order
         */
        public static Fitted of(double[][] predictions, FittedFeatures features, Model model) {
            BinaryWriter featureBytes = new BinaryWriter();
            features.write(featureBytes);
            BinaryWriter modelBytes = new BinaryWriter();
            model.write(modelBytes);
            return new Fitted(
                    requireNonNull(predictions, "predictions"), featureBytes.toByteArray(), modelBytes.toByteArray());
        }

        /** The predictions as {@code [output][row]}, the rows of the fold in ascending order. Not to be changed. */
        public double[][] predictions() {
            return predictions;
        }

        /**
         * The features of the model, the same object for equal features of one {@code pool}.
         *
         * @throws CodecException if the bytes are damaged
         */
        public FittedFeatures features(FeaturePool pool) {
            return pool.of(features);
        }

        /**
         * The model, made from its bytes each time.
         *
         * @throws CodecException if the bytes are damaged
         */
        public Model model() {
            BinaryReader in = BinaryReader.of(model);
            Model read = Model.read(in);
            in.expectEnd();
            return read;
        }

        @Override
        public byte[] encode() {
            BinaryWriter out = new BinaryWriter();
            out.writeByte(FoldResultCodec.VERSION).writeByte(FoldResultCodec.FITTED);
            out.writeVarint(predictions.length);
            for (double[] output : predictions) {
                out.writeDoubles(output);
            }
            return out.writeBytes(features).writeBytes(model).toByteArray();
        }

        static Fitted read(BinaryReader in) {
            double[][] predictions = new double[in.readCount(1)][];
            for (int output = 0; output < predictions.length; output++) {
                predictions[output] = in.readDoubles();
            }
            return new Fitted(predictions, in.readBytes(), in.readBytes());
        }
    }

    /** The learner is not for data of this shape, or not for this machine: one line why. */
    record NotApplicable(String reason) implements FoldResult {
        /** Checks the argument. */
        public NotApplicable {
            requireNonNull(reason, "reason");
        }

        @Override
        public byte[] encode() {
            return new BinaryWriter()
                    .writeByte(FoldResultCodec.VERSION)
                    .writeByte(FoldResultCodec.NOT_APPLICABLE)
                    .writeString(reason)
                    .toByteArray();
        }
    }

    /**
     * The fit went wrong.
     *
     * @param reason one line
     * @param detail what a bug report needs, such as a stack trace
     */
    record Failed(String reason, String detail) implements FoldResult {
        /** Checks the arguments. */
        public Failed {
            requireNonNull(reason, "reason");
            requireNonNull(detail, "detail");
        }

        @Override
        public byte[] encode() {
            return new BinaryWriter()
                    .writeByte(FoldResultCodec.VERSION)
                    .writeByte(FoldResultCodec.FAILED)
                    .writeString(reason)
                    .writeString(detail)
                    .toByteArray();
        }
    }

    /** The bytes of the result. */
    byte[] encode();

    /**
     * The result of bytes that {@link #encode} made.
     *
     * @throws CodecException if the bytes are truncated or damaged, or written by a newer version
     */
    static FoldResult decode(byte[] bytes) {
        return FoldResultCodec.decode(bytes);
    }
}
