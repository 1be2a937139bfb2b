package io.millrace.automl.pipeline;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Some input rows, and what the pipeline gave for them when it was made. Scored again whenever it is loaded. */
final class GoldenRows {
    /** The most rows that a pipeline keeps. */
    static final int MOST_ROWS = 20;

    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int WHOLE = 3;
    private static final int NUMBER = 4;
    private static final int DECIMAL = 5;
    private static final int TEXT = 6;
    private static final int DATE = 7;
    private static final int TIMESTAMP = 8;

    private final List<List<@Nullable Object>> rows;
    private final double[][] outputs;

    /** Rows in the order of the input schema, and {@code outputs[output][row]}. */
    GoldenRows(List<List<@Nullable Object>> rows, double[][] outputs) {
        this.rows = rows;
        this.outputs = outputs;
    }

    List<List<@Nullable Object>> rows() {
        return rows;
    }

    /** The first row for which {@code scored} has another bit; empty if there is none. */
    OptionalInt firstDifference(double[][] scored) {
        for (int row = 0; row < rows.size(); row++) {
            for (int output = 0; output < outputs.length; output++) {
                if (scored.length != outputs.length
                        || Double.doubleToLongBits(scored[output][row])
                                != Double.doubleToLongBits(outputs[output][row])) {
                    return OptionalInt.of(row);
                }
            }
        }
        return OptionalInt.empty();
    }

    /** The expected outputs of a row. */
    double[] expected(int row) {
        return Arrays.stream(outputs).mapToDouble(output -> output[row]).toArray();
    }

    void write(BinaryWriter out) {
        out.writeVarint(rows.size())
                .writeVarint(rows.isEmpty() ? 0 : rows.get(0).size());
        rows.forEach(row -> row.forEach(value -> write(out, value)));
        out.writeVarint(outputs.length);
        for (double[] output : outputs) {
            out.writeDoubles(output);
        }
    }

    private static void write(BinaryWriter out, @Nullable Object value) {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof Boolean bool) {
            out.writeByte(bool ? TRUE : FALSE);
        } else if (value instanceof Long whole) {
            out.writeByte(WHOLE).writeLong(whole);
        } else if (value instanceof Double number) {
            out.writeByte(NUMBER).writeDouble(number);
        } else if (value instanceof BigDecimal decimal) {
            out.writeByte(DECIMAL)
                    .writeVarint(decimal.scale())
                    .writeBytes(decimal.unscaledValue().toByteArray());
        } else if (value instanceof String text) {
            out.writeByte(TEXT).writeString(text);
        } else if (value instanceof LocalDate date) {
            out.writeByte(DATE).writeLong(date.toEpochDay());
        } else if (value instanceof Instant instant) {
            out.writeByte(TIMESTAMP).writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
        } else {
            throw new IllegalArgumentException(
                    "a golden row cannot hold a " + value.getClass().getName());
        }
    }

    static GoldenRows read(BinaryReader in) {
        int count = in.readCount(1);
        int columns = in.readCount(1);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                values.add(readValue(in));
            }
            rows.add(Collections.unmodifiableList(values));
        }
        double[][] outputs = new double[in.readCount(1)][];
        for (int output = 0; output < outputs.length; output++) {
            outputs[output] = in.readDoubles();
            if (outputs[output].length != count) {
                throw new CodecException(
                        "Cannot read golden rows: " + outputs[output].length + " outputs for " + count);
            }
        }
        return new GoldenRows(Collections.unmodifiableList(rows), outputs);
    }

    private static @Nullable Object readValue(BinaryReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case WHOLE -> in.readLong();
            case NUMBER -> in.readDouble();
            case DECIMAL -> readDecimal(in);
            case TEXT -> in.readString();
            case DATE -> LocalDate.ofEpochDay(in.readLong());
            case TIMESTAMP -> Instant.EPOCH.plus(in.readLong(), ChronoUnit.MICROS);
            default -> throw new CodecException("Cannot read a value of kind " + kind);
        };
    }

    private static BigDecimal readDecimal(BinaryReader in) {
        int scale = in.readCount(0);
        byte[] digits = in.readBytes();
        if (digits.length == 0) {
            throw new CodecException("Cannot read a decimal without digits");
        }
        return new BigDecimal(new BigInteger(digits), scale);
    }
}
