package io.millrace.dataflow.kernel;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.ArrowTypes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/**
 * How the text of a cell becomes a value of a type, and back. The only parser and formatter of cell text in Millrace:
 * CSV, casts and output all go through it, on every engine.
 *
 * <p>Strict: no white space around a value, no grouping of digits, a point before decimals, ASCII digits.
 *
 * <ul>
 *   <li>{@code bool}: {@code true} or {@code false} in any case.
 *   <li>{@code int64}: digits with an optional sign, within 64 bits.
 *   <li>{@code float64}: digits with an optional sign, point and exponent, not beyond the range of a double; or
 *       {@code NaN}, {@code Infinity} or {@code inf} in any case, the last two with an optional sign.
 *   <li>{@code decimal(p, s)}: written as a float64, its value exactly a decimal of that precision and scale; nothing
 *       is rounded.
 *   <li>{@code text}: any text.
 *   <li>{@code date}: {@code 2024-03-01}; years outside 0000 to 9999 with a sign, as {@link LocalDate} prints them.
 *   <li>{@code timestamp}: a date, {@code T} or a space, {@code 12:30} with optional seconds and fraction, and an
 *       optional {@code Z} or offset ({@code +02:00}, {@code +0200}, {@code +02}); without either it is UTC. A date
 *       alone is its midnight in UTC. Digits of the fraction beyond the sixth must be zeros.
 *   <li>{@code binary}: pairs of hexadecimal digits in any case.
 *   <li>Lists and structs have a text form for output; no text reads as one.
 * </ul>
 */
public final class CellText {
    private CellText() {}

    /**
     * Writes the value that {@code text} stands for into a row of a vector, growing it where needed.
     *
     * @param target a vector as {@link ArrowTypes#vector} makes it for {@code type}
     * @return false when the text does not fit the type; then nothing is written
     */
    public static boolean parse(String text, DataType type, FieldVector target, int row) {
        return parser(type).parse(text, target, row);
    }

    /** Whether {@code text} stands for a value of {@code type}. */
    public static boolean fits(String text, DataType type) {
        return parser(type).parse(text, null, 0);
    }

    /** The parser of one type, for loops over many cells. Thread-safe. */
    public static Parser parser(DataType type) {
        return type.accept(ParserVisitor.INSTANCE);
    }

    /**
     * The shortest text that parses back to an equal value. A float64 is written as {@link Double#toString(double)}
     * does, a timestamp in UTC with {@code Z} and without trailing zeros in its fraction, a list or struct as JSON.
     *
     * @param row a row that is not null
     */
    public static String format(DataType type, FieldVector vector, int row) {
        if (type instanceof DataType.Text) {
            return new String(((VarCharVector) vector).get(row), StandardCharsets.UTF_8);
        }
        if (type instanceof DataType.Int64) {
            return Long.toString(((BigIntVector) vector).get(row));
        }
        if (type instanceof DataType.Float64) {
            return Double.toString(((Float8Vector) vector).get(row));
        }
        if (type instanceof DataType.Bool) {
            return ((BitVector) vector).get(row) != 0 ? "true" : "false";
        }
        if (type instanceof DataType.Timestamp) {
            return TimeText.formatTimestamp(((TimeStampMicroTZVector) vector).get(row));
        }
        if (type instanceof DataType.Date) {
            return LocalDate.ofEpochDay(((DateDayVector) vector).get(row)).toString();
        }
        if (type instanceof DataType.Decimal) {
            return ((DecimalVector) vector).getObjectNotNull(row).toPlainString();
        }
        if (type instanceof DataType.Binary) {
            return HexFormat.of().formatHex(((VarBinaryVector) vector).get(row));
        }
        return json(type, vector, row);
    }

    /**
     * The JSON of a value: numbers, true and false as they are; lists and structs as arrays and objects; everything else,
     * and a float64 that is no finite number, as a string.
     */
    static String json(DataType type, FieldVector vector, int row) {
        StringBuilder json = new StringBuilder();
        appendJson(json, type, ArrowTypes.value(type, vector, row));
        return json.toString();
    }

    private static void appendJson(StringBuilder json, DataType type, @Nullable Object value) {
        if (value == null) {
            json.append("null");
        } else if (type instanceof DataType.ListOf list) {
            String separator = "[";
            for (Object element : (List<?>) value) {
                json.append(separator);
                appendJson(json, list.element(), element);
                separator = ",";
            }
            json.append(separator.equals("[") ? "[]" : "]");
        } else if (type instanceof DataType.Struct struct) {
            String separator = "{";
            for (var part : struct.fields()) {
                json.append(separator);
                appendJsonString(json, part.name());
                json.append(':');
                appendJson(json, part.type(), ((Map<?, ?>) value).get(part.name()));
                separator = ",";
            }
            json.append(separator.equals("{") ? "{}" : "}");
        } else if (value instanceof Boolean || value instanceof Long) {
            json.append(value);
        } else if (value instanceof BigDecimal decimal) {
            json.append(decimal.toPlainString());
        } else if (value instanceof Double number && Double.isFinite(number)) {
            json.append(number);
        } else if (value instanceof java.time.Instant instant) {
            appendJsonString(json, TimeText.formatTimestamp(TimeText.micros(instant)));
        } else if (value instanceof byte[] bytes) {
            appendJsonString(json, HexFormat.of().formatHex(bytes));
        } else {
            appendJsonString(json, value.toString());
        }
    }

    private static void appendJsonString(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    /** Parses the cells of one type. */
    @FunctionalInterface
    public interface Parser {
        /**
         * Writes the value that {@code text} stands for into a row of {@code target}; only judges it when there is no
         * target.
         *
         * @return false when the text does not fit the type; then nothing is written
         */
        boolean parse(String text, @Nullable FieldVector target, int row);
    }

    private static final class ParserVisitor implements DataType.Visitor<Parser> {
        static final ParserVisitor INSTANCE = new ParserVisitor();

        @Override
        public Parser visit(DataType.Bool type) {
            return CellText::parseBool;
        }

        @Override
        public Parser visit(DataType.Int64 type) {
            return CellText::parseInt64;
        }

        @Override
        public Parser visit(DataType.Float64 type) {
            return CellText::parseFloat64;
        }

        @Override
        public Parser visit(DataType.Decimal type) {
            return (text, target, row) -> parseDecimal(text, type, target, row);
        }

        @Override
        public Parser visit(DataType.Text type) {
            return CellText::parseText;
        }

        @Override
        public Parser visit(DataType.Date type) {
            return CellText::parseDate;
        }

        @Override
        public Parser visit(DataType.Timestamp type) {
            return CellText::parseTimestamp;
        }

        @Override
        public Parser visit(DataType.Binary type) {
            return CellText::parseBinary;
        }

        @Override
        public Parser visit(DataType.ListOf type) {
            return (text, target, row) -> false;
        }

        @Override
        public Parser visit(DataType.Struct type) {
            return (text, target, row) -> false;
        }
    }

    private static boolean parseBool(String text, @Nullable FieldVector target, int row) {
        boolean value = text.equalsIgnoreCase("true");
        if (!value && !text.equalsIgnoreCase("false")) {
            return false;
        }
        if (target != null) {
            ((BitVector) target).setSafe(row, value ? 1 : 0);
        }
        return true;
    }

    private static boolean parseInt64(String text, @Nullable FieldVector target, int row) {
        int length = text.length();
        int i = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        boolean negative = i == 1 && text.charAt(0) == '-';
        if (i == length) {
            return false;
        }
        // Counts downwards, as the least number has no positive counterpart.
        long limit = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
        long value = 0;
        for (; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || value < limit / 10 || value * 10 < limit + digit) {
                return false;
            }
            value = value * 10 - digit;
        }
        if (target != null) {
            ((BigIntVector) target).setSafe(row, negative ? value : -value);
        }
        return true;
    }

    private static boolean parseFloat64(String text, @Nullable FieldVector target, int row) {
        long bits = NumberText.parseDouble(text);
        if (bits == NumberText.NOT_A_DOUBLE) {
            return false;
        }
        if (target != null) {
            ((Float8Vector) target).setSafe(row, Double.longBitsToDouble(bits));
        }
        return true;
    }

    private static boolean parseDecimal(String text, DataType.Decimal type, @Nullable FieldVector target, int row) {
        BigDecimal value = NumberText.parseDecimal(text, type.precision(), type.scale());
        if (value == null) {
            return false;
        }
        if (target != null) {
            ((DecimalVector) target).setSafe(row, value);
        }
        return true;
    }

    private static boolean parseText(String text, @Nullable FieldVector target, int row) {
        if (target != null) {
            ((VarCharVector) target).setSafe(row, text.getBytes(StandardCharsets.UTF_8));
        }
        return true;
    }

    private static boolean parseDate(String text, @Nullable FieldVector target, int row) {
        long day = TimeText.parseDate(text, text.length());
        if (day < Integer.MIN_VALUE || day > Integer.MAX_VALUE) {
            return false;
        }
        if (target != null) {
            ((DateDayVector) target).setSafe(row, (int) day);
        }
        return true;
    }

    private static boolean parseTimestamp(String text, @Nullable FieldVector target, int row) {
        long micros = TimeText.parseTimestamp(text);
        if (!TimeText.isTimestamp(text, micros)) {
            return false;
        }
        if (target != null) {
            ((TimeStampMicroTZVector) target).setSafe(row, micros);
        }
        return true;
    }

    private static boolean parseBinary(String text, @Nullable FieldVector target, int row) {
        int length = text.length();
        if (length % 2 != 0) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        if (target != null) {
            ((VarBinaryVector) target).setSafe(row, HexFormat.of().parseHex(text));
        }
        return true;
    }
}
