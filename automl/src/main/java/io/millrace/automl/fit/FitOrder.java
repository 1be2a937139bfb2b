package io.millrace.automl.fit;

import static java.util.Objects.requireNonNull;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import io.millrace.automl.learner.Parameters;
import io.millrace.automl.trial.Candidate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What one fit is asked to do.
 *
 * @param trial the number of the trial, for messages only
 * @param fold the fold whose rows are predicted
 * @param seed decides all that is random
 * @param finishByEpochMillis in runs bounded by time: when the fit must be content with the model it has, in
 *     milliseconds since 1970; empty in runs bounded by trials alone, which no clock may change
 */
public record FitOrder(int trial, Candidate candidate, int fold, long seed, OptionalLong finishByEpochMillis) {
    private static final int LONG = 0;
    private static final int DOUBLE = 1;
    private static final int TEXT = 2;
    private static final int FLAG = 3;

    /** Checks the arguments. */
    public FitOrder {
        requireNonNull(candidate, "candidate");
        requireNonNull(finishByEpochMillis, "finishByEpochMillis");
    }

    /** The bytes of the order. */
    public byte[] encode() {
        BinaryWriter out = new BinaryWriter();
        out.writeVarint(trial);
        write(candidate, out);
        out.writeVarint(fold).writeLong(seed).writeBoolean(finishByEpochMillis.isPresent());
        out.writeLong(finishByEpochMillis.orElse(0));
        return out.toByteArray();
    }

    /**
     * The order of bytes that {@link #encode} made.
     *
     * @throws CodecException if the bytes are truncated or damaged
     */
    public static FitOrder decode(byte[] bytes) {
        BinaryReader in = BinaryReader.of(bytes);
        int trial = (int) in.readVarint();
        Candidate candidate = readCandidate(in);
        int fold = (int) in.readVarint();
        long seed = in.readLong();
        boolean bounded = in.readBoolean();
        long finishBy = in.readLong();
        in.expectEnd();
        return new FitOrder(trial, candidate, fold, seed, bounded ? OptionalLong.of(finishBy) : OptionalLong.empty());
    }

    /** Writes a candidate; equal candidates have equal bytes. */
    public static void write(Candidate candidate, BinaryWriter out) {
        Map<String, Object> values = candidate.parameters().values();
        out.writeString(candidate.learner()).writeVarint(values.size());
        values.forEach((name, value) -> {
            out.writeString(name);
            if (value instanceof Long whole) {
                out.writeByte(LONG).writeLong(whole);
            } else if (value instanceof Double real) {
                out.writeByte(DOUBLE).writeDouble(real);
            } else if (value instanceof Boolean flag) {
                out.writeByte(FLAG).writeBoolean(flag);
            } else {
                out.writeByte(TEXT).writeString(String.valueOf(value));
            }
        });
    }

    /**
     * Reads a candidate written by {@link #write}.
     *
     * @throws CodecException if the bytes are truncated or damaged
     */
    public static Candidate readCandidate(BinaryReader in) {
        String learner = in.readString();
        int count = in.readCount(2);
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = in.readString();
            int kind = in.readByte();
            values.put(
                    name,
                    switch (kind) {
                        case LONG -> in.readLong();
                        case DOUBLE -> in.readDouble();
                        case TEXT -> in.readString();
                        case FLAG -> in.readBoolean();
                        default -> throw new CodecException("Cannot read a parameter of kind " + kind);
                    });
        }
        try {
            return new Candidate(learner, Parameters.of(values));
        } catch (IllegalArgumentException damaged) {
            throw new CodecException("Cannot read a candidate: " + damaged.getMessage());
        }
    }
}
