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
        if (value instanceof List<?> || value instanceof java.util.Map<?, ?>) {
            throw new NotInReference("the text of lists and structs");
        }
        return value.toString();
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
