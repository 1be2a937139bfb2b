package io.millrace.dataflow.plan;

import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Patterns with the letters of {@code DateTimeFormatter}, as far as they mean the same in every locale. {@code y} is the
 * year as {@code u}, so that no era is needed.
 */
final class JavaTimeLetters {
    private static final String KNOWN = "y u Y Q M L w d D E H k K h a m s S n A N x X Z V";

    private JavaTimeLetters() {}

    /**
     * The pieces of a pattern.
     *
     * @throws IllegalArgumentException for a letter that is not known, or a quote or bracket without its other
     */
    static List<TimeField> fields(String pattern) {
        List<TimeField> fields = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int optional = 0;
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            if (c == '\'') {
                i = quoted(pattern, i, literal);
                continue;
            }
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && "[]{}#".indexOf(c) < 0) {
                literal.append(c);
                i++;
                continue;
            }
            flush(literal, fields);
            int end = i + 1;
            while (letter && end < pattern.length() && pattern.charAt(end) == c) {
                end++;
            }
            TimeField field = letter ? field(c, end - i) : bracket(c);
            optional += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (field == null || optional < 0) {
                throw new IllegalArgumentException("'" + pattern.substring(i, end) + "' at position " + i
                        + (letter ? " is no letter or number of letters of " + KNOWN : " is out of place"));
            }
            fields.add(field);
            i = end;
        }
        if (optional > 0) {
            throw new IllegalArgumentException("'[' is not closed");
        }
        flush(literal, fields);
        return fields;
    }

    /** Takes a quoted text, in which two quotes are one, and gives the position after it. */
    private static int quoted(String pattern, int start, StringBuilder literal) {
        if (pattern.startsWith("''", start)) {
            literal.append('\'');
            return start + 2;
        }
        int i = start + 1;
        while (i < pattern.length()) {
            if (pattern.startsWith("''", i)) {
                literal.append('\'');
                i += 2;
            } else if (pattern.charAt(i) == '\'') {
                return i + 1;
            } else {
                literal.append(pattern.charAt(i++));
            }
        }
        throw new IllegalArgumentException("the quote at position " + start + " is not closed");
    }

    private static void flush(StringBuilder literal, List<TimeField> fields) {
        if (literal.length() > 0) {
            fields.add(new TimeField.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private static @Nullable TimeField bracket(char c) {
        return c == '[' ? TimeField.Optional.START : c == ']' ? TimeField.Optional.END : null;
    }

    private static @Nullable TimeField field(char letter, int count) {
        return switch (letter) {
            case 'y', 'u' -> year(ChronoField.YEAR, count);
            case 'Y' -> year(IsoFields.WEEK_BASED_YEAR, count);
            case 'Q' -> number(IsoFields.QUARTER_OF_YEAR, count, 2);
            case 'M', 'L' ->
                count == 3
                        ? TimeNames.SHORT_MONTH
                        : count == 4 ? TimeNames.MONTH : number(ChronoField.MONTH_OF_YEAR, count, 2);
            case 'w' -> number(IsoFields.WEEK_OF_WEEK_BASED_YEAR, count, 2);
            case 'd' -> number(ChronoField.DAY_OF_MONTH, count, 2);
            case 'D' -> number(ChronoField.DAY_OF_YEAR, count, 3);
            case 'E' -> count <= 3 ? TimeNames.SHORT_DAY : count == 4 ? TimeNames.DAY : null;
            case 'H' -> number(ChronoField.HOUR_OF_DAY, count, 2);
            case 'k' -> number(ChronoField.CLOCK_HOUR_OF_DAY, count, 2);
            case 'K' -> number(ChronoField.HOUR_OF_AMPM, count, 2);
            case 'h' -> number(ChronoField.CLOCK_HOUR_OF_AMPM, count, 2);
            case 'a' -> count == 1 ? TimeNames.HALF_OF_DAY : null;
            case 'm' -> number(ChronoField.MINUTE_OF_HOUR, count, 2);
            case 's' -> number(ChronoField.SECOND_OF_MINUTE, count, 2);
            case 'S' -> count <= 9 ? new TimeField.Fraction(count, count) : null;
            case 'n' -> number(ChronoField.NANO_OF_SECOND, count, 9);
            case 'A' -> number(ChronoField.MILLI_OF_DAY, count, 8);
            case 'N' -> number(ChronoField.NANO_OF_DAY, count, 14);
            case 'x', 'X' ->
                count <= 5 ? new TimeField.Zone(String.valueOf(letter).repeat(count)) : null;
            case 'Z' -> count <= 3 || count == 5 ? new TimeField.Zone("Z".repeat(count)) : null;
            case 'V' -> count == 2 ? new TimeField.Zone("VV") : null;
            default -> null;
        };
    }

    private static TimeField year(TemporalField field, int count) {
        return count == 2
                ? new TimeField.ShortYear(field)
                : count == 4 ? new TimeField.Year(field) : new TimeField.Open(field);
    }

    /** One letter takes any number of digits, more of them exactly so many. */
    private static @Nullable TimeField number(TemporalField field, int count, int most) {
        if (count > most) {
            return null;
        }
        return count == 1 ? new TimeField.Open(field) : new TimeField.Digits(field, count, count);
    }
}
