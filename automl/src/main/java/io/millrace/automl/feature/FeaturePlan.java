package io.millrace.automl.feature;

import static java.util.Objects.requireNonNull;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import java.util.ArrayList;
import java.util.List;

/**
 * What will be learnt from which column. Decided once from the shape of the whole training frame, never from the
 * target, so that every fold has the same kinds of features. Immutable.
 *
 * @param columns one entry for each column of the frame, in its order
 */
public record FeaturePlan(List<Planned> columns) {
    private static final int VERSION = 1;
    private static final List<Treatment> TREATMENTS = List.of(Treatment.values());

    /** Copies the list. */
    public FeaturePlan {
        columns = List.copyOf(columns);
    }

    /**
     * What will be learnt from one column.
     *
     * @param column the name of the column
     * @param treatment how its values become features
     * @param reason why it is ignored; empty if it is not
     */
    public record Planned(String column, Treatment treatment, String reason) {
        /** Checks the arguments. */
        public Planned {
            requireNonNull(column, "column");
            requireNonNull(treatment, "treatment");
            requireNonNull(reason, "reason");
        }
    }

    /** Plans for the columns of {@code training}, which must not hold the target. */
    public static FeaturePlan of(Frame training) {
        return new FeaturePlan(
                training.columns().stream().map(FeaturePlanner::plan).toList());
    }

    /** The entries of the columns that are not ignored. */
    public List<Planned> used() {
        return columns.stream()
                .filter(planned -> planned.treatment() != Treatment.IGNORED)
                .toList();
    }

    /** The entries of the columns that are ignored. */
    public List<Planned> ignored() {
        return columns.stream()
                .filter(planned -> planned.treatment() == Treatment.IGNORED)
                .toList();
    }

    /** Writes the plan; equal plans have equal bytes. */
    public void write(BinaryWriter out) {
        out.writeByte(VERSION).writeVarint(columns.size());
        for (Planned planned : columns) {
            out.writeString(planned.column())
                    .writeByte(TREATMENTS.indexOf(planned.treatment()))
                    .writeString(planned.reason());
        }
    }

    /**
     * Reads a plan written by {@link #write}.
     *
     * @throws CodecException if the bytes are truncated or damaged, or written by a newer version
     */
    public static FeaturePlan read(BinaryReader in) {
        int version = in.readByte();
        if (version != VERSION) {
            throw new CodecException("Cannot read a feature plan of version " + version);
        }
        int count = in.readCount(3);
        List<Planned> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String column = in.readString();
            int treatment = in.readByte();
            if (treatment >= TREATMENTS.size()) {
                throw new CodecException("Cannot read a feature plan: treatment " + treatment + " is not known");
            }
            columns.add(new Planned(column, TREATMENTS.get(treatment), in.readString()));
        }
        return new FeaturePlan(columns);
    }
}
