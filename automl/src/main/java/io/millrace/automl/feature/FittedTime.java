package io.millrace.automl.feature;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import io.millrace.automl.learner.Matrix.Feature;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** A date or a time as the numbers read off it, each with what was learnt about it. */
record FittedTime(String column, List<TimePart> parts, List<FittedColumn> fitted, List<Feature> features)
        implements FittedColumn {
    static final int KIND = 4;
    private static final List<TimePart> PARTS = List.of(TimePart.values());

    private static FittedTime of(String column, List<TimePart> parts, List<FittedColumn> fitted) {
        List<Feature> features = new ArrayList<>();
        fitted.forEach(part -> features.addAll(part.features()));
        return new FittedTime(column, List.copyOf(parts), List.copyOf(fitted), List.copyOf(features));
    }

    /** Learns about each part with {@code fit}, which gets the part's values under the name of its feature. */
    static FittedTime fit(
            Frame.Times training, List<TimePart> parts, BiFunction<TimePart, Frame.Numbers, FittedColumn> fit) {
        List<FittedColumn> fitted = new ArrayList<>();
        for (TimePart part : parts) {
            fitted.add(fit.apply(part, values(training, part)));
        }
        return of(training.name(), parts, fitted);
    }

    private static Frame.Numbers values(Frame.Times times, TimePart part) {
        double[] values = new double[times.size()];
        for (int row = 0; row < values.length; row++) {
            long micros = times.micros(row);
            values[row] = times.isMissing(row)
                    ? Double.NaN
                    : part.of(micros, LocalDate.ofEpochDay(Math.floorDiv(micros, TimePart.MICROS_A_DAY)));
        }
        return new Frame.Numbers(times.name() + ":" + part.partName(), values);
    }

    static FittedTime readBody(BinaryReader in) {
        String column = in.readString();
        int count = in.readCount(2);
        List<TimePart> parts = new ArrayList<>(count);
        List<FittedColumn> fitted = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int part = in.readByte();
            if (part >= PARTS.size()) {
                throw new CodecException("Cannot read a feature: part " + part + " of a date is not known");
            }
            parts.add(PARTS.get(part));
            int kind = in.readByte();
            fitted.add(
                    switch (kind) {
                        case FittedNumber.KIND -> FittedNumber.readBody(in);
                        case FittedSpline.KIND -> FittedSpline.readBody(in);
                        default -> throw new CodecException("Cannot read a feature of kind " + kind + " in a date");
                    });
        }
        return of(column, parts, fitted);
    }

    @Override
    public void apply(Frame.Column values, double[][] out, int first) {
        Frame.Times times = FittedColumn.as(Frame.Times.class, values);
        int at = first;
        for (int part = 0; part < parts.size(); part++) {
            FittedColumn each = fitted.get(part);
            each.apply(values(times, parts.get(part)), out, at);
            at += each.features().size();
        }
    }

    @Override
    public void write(BinaryWriter out) {
        out.writeByte(KIND).writeString(column).writeVarint(parts.size());
        for (int part = 0; part < parts.size(); part++) {
            out.writeByte(PARTS.indexOf(parts.get(part)));
            fitted.get(part).write(out);
        }
    }
}
