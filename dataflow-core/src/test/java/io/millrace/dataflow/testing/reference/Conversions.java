package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.CellError.Code;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Casts. */
final class Conversions {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern TIME = Pattern.compile("(.{10,16}?)(?:[T ]([0-9]{2}):([0-9]{2})"
            + "(?::([0-9]{2})(?:\\.([0-9]{1,6})0*)?)?(?:Z|([+-])([0-9]{2})(?::?([0-9]{2}))?)?)?");
    private static final int MOST_OFFSET_MINUTES = 18 * 60;

    private Conversions() {}

    /**
     * The value as another type.
     *
     * @throws Wrong when it does not fit
     */
    static Object convert(Object value, DataType to) {
        try {
            return converted(value, to);
        } catch (ArithmeticException | DateTimeException | IllegalArgumentException misfit) {
            throw new Wrong(Code.CAST);
        }
    }

    private static Object converted(Object value, DataType to) {
        if (to instanceof DataType.Text) {
            return CellWords.of(value);
        }
        if (to instanceof DataType.ListOf list) {
            List<@Nullable Object> elements = new ArrayList<>();
            ((List<?>) value).forEach(element -> elements.add(part(element, list.element())));
            return elements;
        }
        if (to instanceof DataType.Struct struct) {
            Map<String, @Nullable Object> parts = new LinkedHashMap<>();
            for (Field field : struct.fields()) {
                parts.put(field.name(), part(((Map<?, ?>) value).get(field.name()), field.type()));
            }
            return parts;
        }
        if (to instanceof DataType.Bool) {
            return truth(value);
        }
        if (to instanceof DataType.Int64) {
            return whole(value);
        }
        if (to instanceof DataType.Float64) {
            return real(value);
        }
        if (to instanceof DataType.Decimal decimal) {
            return decimal(value, decimal);
        }
        if (to instanceof DataType.Date) {
            return date(value);
        }
        if (to instanceof DataType.Timestamp) {
            return timestamp(value);
        }
        if (to instanceof DataType.Binary && value instanceof String text) {
            return HexFormat.of().parseHex(text);
        }
        throw new NotInReference("cast to " + to);
    }

    private static boolean isOf(Object value, DataType type) {
        return (value instanceof Boolean && type instanceof DataType.Bool)
                || (value instanceof Long && type instanceof DataType.Int64)
                || (value instanceof Double && type instanceof DataType.Float64)
                || (value instanceof LocalDate && type instanceof DataType.Date)
                || (value instanceof Instant && type instanceof DataType.Timestamp)
                || (value instanceof byte[] && type instanceof DataType.Binary);
    }

    private static @Nullable Object part(@Nullable Object value, DataType to) {
        return value == null || isOf(value, to) ? value : converted(value, to);
    }

    private static boolean truth(Object value) {
        if (value instanceof Long number && (number == 0 || number == 1)) {
            return number == 1;
        }
        if (value instanceof String text && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            return text.equalsIgnoreCase("true");
        }
        throw new Wrong(Code.CAST);
    }

    private static long whole(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof String text) {
            if (!text.matches("[+-]?[0-9]+")) {
                throw new Wrong(Code.CAST);
            }
            return new BigInteger(text.startsWith("+") ? text.substring(1) : text).longValueExact();
        }
        return (value instanceof Double number ? new BigDecimal(number) : (BigDecimal) value).longValueExact();
    }

    private static double real(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        String text = (String) value;
        if (text.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        if (text.matches("(?i)[+-]?inf(inity)?")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (!NUMBER.matcher(text).matches() || Double.isInfinite(Double.parseDouble(text))) {
            throw new Wrong(Code.CAST);
        }
        return Double.parseDouble(text);
    }

    private static BigDecimal decimal(Object value, DataType.Decimal type) {
        String text = value instanceof Boolean truth ? (truth ? "1" : "0") : CellWords.of(value);
        if (!NUMBER.matcher(text).matches()) {
            throw new Wrong(Code.CAST);
        }
        BigDecimal exact = new BigDecimal(text);
        if (exact.signum() == 0) {
            return BigDecimal.ZERO.setScale(type.scale());
        }
        if (Math.abs((long) exact.scale()) > 1_000) {
            throw new Wrong(Code.CAST);
        }
        BigDecimal scaled = exact.setScale(type.scale(), RoundingMode.UNNECESSARY);
        if (scaled.precision() > type.precision()) {
            throw new Wrong(Code.CAST);
        }
        return scaled;
    }

    private static LocalDate date(Object value) {
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC).toLocalDate();
        }
        LocalDate date = day((String) value);
        Math.toIntExact(date.toEpochDay());
        return date;
    }

    private static LocalDate day(String text) {
        boolean form = text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
                || (text.matches("[+-][0-9]{4,9}-[0-9]{2}-[0-9]{2}") && text.length() <= 16);
        if (!form) {
            throw new Wrong(Code.CAST);
        }
        return LocalDate.parse(text);
    }

    private static Instant timestamp(Object value) {
        if (value instanceof LocalDate date) {
            return Times.inRange(date.atStartOfDay().toInstant(ZoneOffset.UTC));
        }
        Matcher matcher = TIME.matcher((String) value);
        if (!matcher.matches()) {
            throw new Wrong(Code.CAST);
        }
        LocalDateTime time = day(matcher.group(1)).atStartOfDay();
        if (matcher.group(2) == null) {
            return Times.inRange(time.toInstant(ZoneOffset.UTC));
        }
        String fraction = matcher.group(5) == null ? "0" : matcher.group(5);
        time = time.withHour(number(matcher, 2))
                .withMinute(number(matcher, 3))
                .withSecond(number(matcher, 4))
                .withNano(Integer.parseInt((fraction + "000000000").substring(0, 9)));
        int minutes = number(matcher, 7) * 60 + number(matcher, 8);
        if (number(matcher, 8) > 59 || minutes > MOST_OFFSET_MINUTES) {
            throw new Wrong(Code.CAST);
        }
        int sign = "-".equals(matcher.group(6)) ? -1 : 1;
        return Times.inRange(time.toInstant(ZoneOffset.ofTotalSeconds(sign * minutes * 60)));
    }

    private static int number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Integer.parseInt(matcher.group(group));
    }
}
