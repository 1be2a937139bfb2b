package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.table.CellError;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as texts. */
final class CellWords {
    private CellWords() {}

    /** The text form of a value. */
    static String of(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Instant instant) {
            OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
            String fraction = time.getNano() == 0
                    ? ""
                    : String.format(Locale.ROOT, ".%06d", time.getNano() / 1000).replaceAll("0+$", "");
            String clock =
                    String.format(Locale.ROOT, "T%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
            return time.toLocalDate() + clock + fraction + "Z";
        }
        return value instanceof List<?> || value instanceof Map<?, ?> ? json(value) : value.toString();
    }

    /** The JSON of a value. */
    static String json(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(CellWords::json).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Map<?, ?> struct) {
            return struct.entrySet().stream()
                    .map(part -> quoted((String) part.getKey()) + ":" + json(part.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        boolean isPlain = value == null
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof BigDecimal
                || (value instanceof Double number && Double.isFinite(number));
        return value == null ? "null" : isPlain ? of(value) : quoted(of(value));
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isControl = c < 0x20;
            json.append(
                    isControl ? String.format(Locale.ROOT, "\\u%04x", (int) c) : c == '"' || c == '\\' ? "\\" + c : c);
        }
        return json.append('"').toString();
    }

    /** A call with its arguments, as errors show it. */
    static String call(String name, List<@Nullable Object> arguments) {
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(argument == null || argument instanceof CellError ? "null" : of(argument));
        }
        return name + "(" + String.join(", ", texts) + ")";
    }
}
