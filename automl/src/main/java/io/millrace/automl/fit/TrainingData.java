package io.millrace.automl.fit;

import static java.util.Objects.requireNonNull;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import io.millrace.automl.feature.Frame;
import io.millrace.automl.learner.Objective;

/**
 * Everything that the fits of an experiment read: rows, target, and the fold of each row. Immutable and thread-safe;
 * sent to other machines as the bytes of {@link #encode}.
 */
public final class TrainingData {
    /** The fold of rows that are learnt from in every fit and never judged. */
    public static final int ALWAYS_TRAINING = -1;

    private static final int VERSION = 1;

    private final Frame frame;
    private final double[] target;
    private final Objective objective;
    private final int classes;
    private final int[] folds;
    private final int foldCount;
    private final long seed;
    private final long memoryLimit;
    private final FoldMatrices matrices = new FoldMatrices(this);

    /**
     * Joins the parts. The arrays are neither copied nor changed: they must not change afterwards.
     *
     * @param frame the rows, without the target and without ignored columns
     * @param target for each row the number of its class, or its value; never NaN
     * @param classes the number of classes; 0 for regression
     * @param folds for each row its fold, from 0, or {@link #ALWAYS_TRAINING}
     * @param foldCount the number of folds, and so of fits of a candidate
     * @param seed decides what is random in features
     * @param memoryLimit the memory that one fit may take, in bytes
     * @throws IllegalArgumentException if the lengths disagree, or a row is in no such fold
     */
    public TrainingData(
            Frame frame,
            double[] target,
            Objective objective,
            int classes,
            int[] folds,
            int foldCount,
            long seed,
            long memoryLimit) {
        this.frame = requireNonNull(frame, "frame");
        this.target = requireNonNull(target, "target");
        this.objective = requireNonNull(objective, "objective");
        this.classes = classes;
        this.folds = requireNonNull(folds, "folds");
        this.foldCount = foldCount;
        this.seed = seed;
        this.memoryLimit = memoryLimit;
        if (target.length != frame.rows() || folds.length != frame.rows()) {
            throw new IllegalArgumentException("Cannot join " + frame.rows() + " rows with " + target.length
                    + " targets and " + folds.length + " folds");
        }
        for (int fold : folds) {
            if (fold < ALWAYS_TRAINING || fold >= foldCount) {
                throw new IllegalArgumentException("Cannot put a row into fold " + fold + " of " + foldCount);
            }
        }
    }

    /** The rows, without the target. */
    public Frame frame() {
        return frame;
    }

    /** For each row the number of its class, or its value. The array must not be changed. */
    public double[] target() {
        return target;
    }

    /** What is predicted. */
    public Objective objective() {
        return objective;
    }

    /** The number of classes; 0 for regression. */
    public int classes() {
        return classes;
    }

    /** The number of values predicted for a row: one a class for three or more classes, otherwise one. */
    public int outputs() {
        return objective.outputs(classes);
    }

    /** The number of rows. */
    public int rows() {
        return frame.rows();
    }

    /** The number of fits of a candidate. */
    public int foldCount() {
        return foldCount;
    }

    /** The fold of a row, or {@link #ALWAYS_TRAINING}. */
    public int fold(int row) {
        return folds[row];
    }

    /** The rows that a fit is judged by, ascending. */
    public int[] rowsOf(int fold) {
        return rows(fold, true);
    }

    /** The rows that a fit learns from, ascending. */
    public int[] rowsOutside(int fold) {
        return rows(fold, false);
    }

    /** Decides what is random in features. */
    public long seed() {
        return seed;
    }

    /** The memory that one fit may take, in bytes. */
    public long memoryLimit() {
        return memoryLimit;
    }

    /** The encoded rows of each fold, made when first asked for. */
    FoldMatrices matrices() {
        return matrices;
    }

    /** The bytes of the data; equal data have equal bytes. */
    public byte[] encode() {
        BinaryWriter out = new BinaryWriter();
        out.writeByte(VERSION);
        frame.write(out);
        out.writeDoubles(target).writeString(objective.name()).writeVarint(classes);
        out.writeInts(folds).writeVarint(foldCount).writeLong(seed).writeLong(memoryLimit);
        return out.toByteArray();
    }

    /**
     * The data of bytes that {@link #encode} made.
     *
     * @throws CodecException if the bytes are truncated or damaged
     */
    public static TrainingData decode(byte[] bytes) {
        BinaryReader in = BinaryReader.of(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new CodecException("Cannot read training data of version " + version);
        }
        Frame frame = Frame.read(in);
        double[] target = in.readDoubles();
        Objective objective = objective(in.readString());
        int classes = (int) in.readVarint();
        int[] folds = in.readInts();
        int foldCount = (int) in.readVarint();
        long seed = in.readLong();
        long memoryLimit = in.readLong();
        in.expectEnd();
        try {
            return new TrainingData(frame, target, objective, classes, folds, foldCount, seed, memoryLimit);
        } catch (IllegalArgumentException damaged) {
            throw new CodecException("Cannot read training data: " + damaged.getMessage());
        }
    }

    private static Objective objective(String name) {
        for (Objective objective : Objective.values()) {
            if (objective.name().equals(name)) {
                return objective;
            }
        }
        throw new CodecException("Cannot read training data for '" + name + "'");
    }

    private int[] rows(int fold, boolean inside) {
        int count = 0;
        for (int each : folds) {
            count += (each == fold) == inside ? 1 : 0;
        }
        int[] rows = new int[count];
        int next = 0;
        for (int row = 0; row < folds.length; row++) {
            if ((folds[row] == fold) == inside) {
                rows[next++] = row;
            }
        }
        return rows;
    }
}
