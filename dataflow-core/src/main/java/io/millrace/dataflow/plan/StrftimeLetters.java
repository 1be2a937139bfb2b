package io.millrace.dataflow.plan;

import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Patterns with the letters of {@code strftime}. */
final class StrftimeLetters {
    private static final String KNOWN = "Y y m b B d H I M S f p z a A j %";

    private StrftimeLetters() {}

    /**
     * The pieces of a pattern.
     *
     * @throws IllegalArgumentException for a letter that is not known
     */
    static List<TimeField> fields(String pattern) {
        List<TimeField> fields = new ArrayList<>();
        int i = 0;
        while (i < pattern.length()) {
            int percent = pattern.indexOf('%', i);
            if (percent < 0) {
                fields.add(new TimeField.Literal(pattern.substring(i)));
                break;
            }
            if (percent > i) {
                fields.add(new TimeField.Literal(pattern.substring(i, percent)));
            }
            String letter = percent + 1 < pattern.length() ? pattern.substring(percent + 1, percent + 2) : "";
            TimeField field = field(letter);
            if (field == null) {
                throw new IllegalArgumentException(
                        "'%" + letter + "' at position " + percent + " is none of % with " + KNOWN);
            }
            fields.add(field);
            i = percent + 2;
        }
        return fields;
    }

    private static @Nullable TimeField field(String letter) {
        return switch (letter) {
            case "Y" -> new TimeField.Year(ChronoField.YEAR);
            case "y" -> new TimeField.ShortYear(ChronoField.YEAR);
            case "m" -> new TimeField.Digits(ChronoField.MONTH_OF_YEAR, 1, 2);
            case "b" -> TimeNames.SHORT_MONTH;
            case "B" -> TimeNames.MONTH;
            case "d" -> new TimeField.Digits(ChronoField.DAY_OF_MONTH, 1, 2);
            case "j" -> new TimeField.Digits(ChronoField.DAY_OF_YEAR, 1, 3);
            case "a" -> TimeNames.SHORT_DAY;
            case "A" -> TimeNames.DAY;
            case "H" -> new TimeField.Digits(ChronoField.HOUR_OF_DAY, 1, 2);
            case "I" -> new TimeField.Digits(ChronoField.CLOCK_HOUR_OF_AMPM, 1, 2);
            case "M" -> new TimeField.Digits(ChronoField.MINUTE_OF_HOUR, 1, 2);
            case "S" -> new TimeField.Digits(ChronoField.SECOND_OF_MINUTE, 1, 2);
            case "f" -> new TimeField.Fraction(1, 6);
            case "p" -> TimeNames.HALF_OF_DAY;
            case "z" -> new TimeField.Offset();
            case "%" -> new TimeField.Literal("%");
            default -> null;
        };
    }
}
