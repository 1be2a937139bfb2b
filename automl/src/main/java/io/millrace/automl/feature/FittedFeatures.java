package io.millrace.automl.feature;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import io.millrace.automl.learner.Encoding;
import io.millrace.automl.learner.Matrix;
import io.millrace.automl.learner.Matrix.Feature;
import io.millrace.automl.learner.Objective;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What was learnt about the columns of some training rows; turns rows into the matrix that a learner's encoding asks
 * for. The features of a row depend on that row alone, bit for bit, whatever rows are beside it. Immutable and
 * thread-safe.
 */
public final class FittedFeatures {
    private static final int VERSION = 1;
    private static final List<Encoding> ENCODINGS = List.of(Encoding.values());

    private final Encoding encoding;
    private final List<FittedColumn> columns;
    private final List<Feature> features;

    FittedFeatures(Encoding encoding, List<FittedColumn> columns) {
        this.encoding = encoding;
        this.columns = List.copyOf(columns);
        List<Feature> all = new ArrayList<>();
        columns.forEach(column -> all.addAll(column.features()));
        this.features = List.copyOf(all);
    }

    /**
     * Learns from training rows. A pure function of its arguments.
     *
     * @param plan what to learn from which column
     * @param training the training rows of one fold; must have the columns that the plan uses
     * @param target for each row the number of its class, or its value
     * @param objective what is to be predicted
     * @param classes the number of classes; 0 for {@link Objective#REGRESSION}
     * @param encoding what the learner asks for
     * @param seed for choices made at random; the features at present make none
     */
    public static FittedFeatures fit(
            FeaturePlan plan,
            Frame training,
            double[] target,
            Objective objective,
            int classes,
            Encoding encoding,
            long seed) {
        return new FeatureFitter(plan, training, target, objective, classes, encoding).fit();
    }

    /** The encoding that was asked for. */
    public Encoding encoding() {
        return encoding;
    }

    /** The features, in the order of the columns of every matrix that {@link #apply} makes. */
    public List<Feature> features() {
        return features;
    }

    /** The columns that {@link #apply} reads, without repetition. */
    public List<String> inputColumns() {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        columns.forEach(column -> names.add(column.column()));
        return List.copyOf(names);
    }

    /**
     * The features of {@code rows}.
     *
     * @throws IllegalArgumentException if a column is not there, or holds another kind of values than at training
     */
    public Matrix apply(Frame rows) {
        double[][] out = new double[features.size()][rows.rows()];
        int first = 0;
        for (FittedColumn column : columns) {
            column.apply(rows.column(column.column()), out, first);
            first += column.features().size();
        }
        return Matrix.of(features, out, rows.rows());
    }

    /** Writes what was learnt; equal features have equal bytes. */
    public void write(BinaryWriter out) {
        out.writeByte(VERSION).writeByte(ENCODINGS.indexOf(encoding)).writeVarint(columns.size());
        columns.forEach(column -> column.write(out));
    }

    /**
     * Reads features written by {@link #write}.
     *
     * @throws CodecException if the bytes are truncated or damaged, or written by a newer version
     */
    public static FittedFeatures read(BinaryReader in) {
        int version = in.readByte();
        if (version != VERSION) {
            throw new CodecException("Cannot read features of version " + version);
        }
        int encoding = in.readByte();
        if (encoding >= ENCODINGS.size()) {
            throw new CodecException("Cannot read features: encoding " + encoding + " is not known");
        }
        int count = in.readCount(2);
        List<FittedColumn> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            columns.add(FittedColumn.read(in));
        }
        return new FittedFeatures(ENCODINGS.get(encoding), columns);
    }
}
