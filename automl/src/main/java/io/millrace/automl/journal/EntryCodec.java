package io.millrace.automl.journal;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import io.millrace.automl.fit.FitOrder;
import io.millrace.automl.trial.Outcome;
import java.util.ArrayList;
import java.util.List;

/** The bytes of records. The result of a fit stands at the end of its record, so that it can be read by itself. */
final class EntryCodec implements Entry.Visitor<BinaryWriter> {
    private static final int SESSION_STARTED = 1;
    private static final int DATA_READ = 2;
    private static final int TRIAL_STARTED = 3;
    private static final int FIT_STARTED = 4;
    private static final int FIT_ENDED = 5;
    private static final int TRIAL_ENDED = 6;
    private static final int SESSION_ENDED = 7;

    private static final int SCORED = 0;
    private static final int SKIPPED = 1;
    private static final int FAILED = 2;

    static byte[] bytes(Entry entry) {
        return entry.accept(new EntryCodec()).toByteArray();
    }

    /** Reads a record that begins at {@code position} of the file. */
    static Entry read(byte[] payload, long position) {
        BinaryReader in = BinaryReader.of(payload);
        int kind = in.readByte();
        Entry entry =
                switch (kind) {
                    case SESSION_STARTED -> new Entry.SessionStarted(in.readString());
                    case DATA_READ -> new Entry.DataRead(in.readVarint(), in.readString());
                    case TRIAL_STARTED -> new Entry.TrialStarted((int) in.readVarint(), FitOrder.readCandidate(in));
                    case FIT_STARTED -> new Entry.FitStarted((int) in.readVarint(), (int) in.readVarint());
                    case FIT_ENDED -> fitEnded(in, payload, position);
                    case TRIAL_ENDED -> new Entry.TrialEnded((int) in.readVarint(), outcome(in));
                    case SESSION_ENDED -> new Entry.SessionEnded(in.readVarint());
                    default -> throw new CodecException("Cannot read a record of kind " + kind);
                };
        if (kind != FIT_ENDED) {
            in.expectEnd();
        }
        return entry;
    }

    private static Entry fitEnded(BinaryReader in, byte[] payload, long position) {
        int trial = (int) in.readVarint();
        int fold = (int) in.readVarint();
        long millis = in.readVarint();
        long spent = in.readVarint();
        int length = in.readCount(1);
        if (length != in.remaining()) {
            throw new CodecException("Cannot read a result of " + length + " bytes: " + in.remaining() + " remain");
        }
        return new Entry.FitEnded(trial, fold, millis, spent, new Stored(position + payload.length - length, length));
    }

    private static Outcome outcome(BinaryReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case SCORED -> {
                double score = in.readDouble();
                List<Double> folds = new ArrayList<>();
                for (double fold : in.readDoubles()) {
                    folds.add(fold);
                }
                yield new Outcome.Scored(score, folds);
            }
            case SKIPPED -> new Outcome.Skipped(in.readString());
            case FAILED -> new Outcome.Failed(in.readString(), in.readString());
            default -> throw new CodecException("Cannot read an outcome of kind " + kind);
        };
    }

    /** The bytes of the end of a fit, whose result is not in the journal yet. */
    static byte[] fitEnded(int trial, int fold, long millis, long spentMillis, byte[] result) {
        return new BinaryWriter()
                .writeByte(FIT_ENDED)
                .writeVarint(trial)
                .writeVarint(fold)
                .writeVarint(millis)
                .writeVarint(spentMillis)
                .writeBytes(result)
                .toByteArray();
    }

    @Override
    public BinaryWriter visit(Entry.SessionStarted entry) {
        return new BinaryWriter().writeByte(SESSION_STARTED).writeString(entry.limits());
    }

    @Override
    public BinaryWriter visit(Entry.DataRead entry) {
        return new BinaryWriter().writeByte(DATA_READ).writeVarint(entry.rows()).writeString(entry.fingerprint());
    }

    @Override
    public BinaryWriter visit(Entry.TrialStarted entry) {
        BinaryWriter out = new BinaryWriter().writeByte(TRIAL_STARTED).writeVarint(entry.trial());
        FitOrder.write(entry.candidate(), out);
        return out;
    }

    @Override
    public BinaryWriter visit(Entry.FitStarted entry) {
        return new BinaryWriter()
                .writeByte(FIT_STARTED)
                .writeVarint(entry.trial())
                .writeVarint(entry.fold());
    }

    @Override
    public BinaryWriter visit(Entry.FitEnded entry) {
        throw new IllegalArgumentException("the end of a fit is written with its result");
    }

    @Override
    public BinaryWriter visit(Entry.TrialEnded entry) {
        BinaryWriter out = new BinaryWriter().writeByte(TRIAL_ENDED).writeVarint(entry.trial());
        return entry.outcome().accept(new Outcome.Visitor<>() {
            @Override
            public BinaryWriter visit(Outcome.Scored outcome) {
                return out.writeByte(SCORED)
                        .writeDouble(outcome.score())
                        .writeDoubles(outcome.folds().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray());
            }

            @Override
            public BinaryWriter visit(Outcome.Skipped outcome) {
                return out.writeByte(SKIPPED).writeString(outcome.reason());
            }

            @Override
            public BinaryWriter visit(Outcome.Failed outcome) {
                return out.writeByte(FAILED).writeString(outcome.reason()).writeString(outcome.detail());
            }
        });
    }

    @Override
    public BinaryWriter visit(Entry.SessionEnded entry) {
        return new BinaryWriter().writeByte(SESSION_ENDED).writeVarint(entry.spentMillis());
    }
}
