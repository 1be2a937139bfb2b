package io.millrace.dataflow.plan;

import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalField;
import java.util.Map;
import java.util.TreeMap;

/** One piece of a {@link TimePattern}: a number, a name, an offset or the text between them. */
interface TimeField {
    /** Adds the piece to a formatter. */
    void appendTo(DateTimeFormatterBuilder builder, Place place);

    /** Whether it is written in digits. */
    default boolean isNumber() {
        return false;
    }

    /** Whether it is of the time of day. */
    default boolean isTime() {
        return false;
    }

    /** Whether it is an offset or a zone. */
    default boolean isOffset() {
        return false;
    }

    /** Where and for what a piece is. */
    enum Place {
        /** It is written. */
        PRINTED,
        /** It is read, and a number stands right before or after it. */
        TOUCHED,
        /** It is read, and no number touches it. */
        APART
    }

    /** Text that stands for itself. */
    record Literal(String text) implements TimeField {
        @Override
        public void appendTo(DateTimeFormatterBuilder builder, Place place) {
            builder.appendLiteral(text);
        }

        @Override
        public boolean isNumber() {
            char first = text.charAt(0);
            return first >= '0' && first <= '9';
        }
    }

    /** A number of {@code width} digits, of which fewer may be read where nothing touches it and {@code least} says so. */
    record Digits(TemporalField field, int least, int width) implements TimeField {
        @Override
        public void appendTo(DateTimeFormatterBuilder builder, Place place) {
            if (place == Place.APART && least < width) {
                builder.appendValue(field, least, width, SignStyle.NOT_NEGATIVE);
            } else {
                builder.appendValue(field, width);
            }
        }

        @Override
        public boolean isNumber() {
            return true;
        }

        @Override
        public boolean isTime() {
            return field.isTimeBased();
        }
    }

    /** A number of at least one digit. */
    record Open(TemporalField field) implements TimeField {
        @Override
        public void appendTo(DateTimeFormatterBuilder builder, Place place) {
            builder.appendValue(field);
        }

        @Override
        public boolean isNumber() {
            return true;
        }

        @Override
        public boolean isTime() {
            return field.isTimeBased();
        }
    }

    /** A year of at least four digits; of exactly four where a number touches it. */
    record Year(TemporalField field) implements TimeField {
        @Override
        public void appendTo(DateTimeFormatterBuilder builder, Place place) {
            if (place == Place.TOUCHED) {
                builder.appendValue(field, 4);
            } else {
                builder.appendValue(field, 4, 10, SignStyle.EXCEEDS_PAD);
            }
        }

        @Override
        public boolean isNumber() {
            return true;
        }
    }

    /** A year of two digits, from 1950 to 2049. */
    record ShortYear(TemporalField field) implements TimeField {
        private static final int FIRST = 1950;

        @Override
        public void appendTo(DateTimeFormatterBuilder builder, Place place) {
            builder.appendValueReduced(field, 2, 2, FIRST);
        }

        @Override
        public boolean isNumber() {
            return true;
        }
    }

    /** The fraction of a second, of {@code width} digits; when read, of at least {@code least} where nothing touches it. */
    record Fraction(int least, int width) implements TimeField {
        @Override
        public void appendTo(DateTimeFormatterBuilder builder, Place place) {
            builder.appendFraction(ChronoField.NANO_OF_SECOND, place == Place.APART ? least : width, width, false);
        }

        @Override
        public boolean isNumber() {
            return true;
        }

        @Override
        public boolean isTime() {
            return true;
        }
    }

    /** A name for each value, in any case when read. */
    record Name(TemporalField field, Map<Long, String> names) implements TimeField {
        @Override
        public void appendTo(DateTimeFormatterBuilder builder, Place place) {
            builder.appendText(field, names);
        }

        @Override
        public boolean isTime() {
            return field.isTimeBased();
        }

        /** Names of the values from {@code first} on. */
        static Name of(TemporalField field, long first, String... names) {
            Map<Long, String> byValue = new TreeMap<>();
            for (String name : names) {
                byValue.put(first + byValue.size(), name);
            }
            return new Name(field, Map.copyOf(byValue));
        }
    }

    /** An offset such as {@code +0530}; when read, with or without a colon or minutes, or {@code Z}. */
    record Offset() implements TimeField {
        @Override
        public void appendTo(DateTimeFormatterBuilder builder, Place place) {
            if (place == Place.PRINTED) {
                builder.appendOffset("+HHMM", "+0000");
            } else {
                // Whether one of them was there is seen to by TimePattern.
                builder.optionalStart().appendOffset("+HH:MM", "Z").optionalEnd();
                builder.optionalStart().appendOffset("+HHMM", "+0000").optionalEnd();
                builder.optionalStart().appendOffset("+HH", "+00").optionalEnd();
            }
        }

        @Override
        public boolean isOffset() {
            return true;
        }
    }

    /** Letters of {@code DateTimeFormatter} that mean an offset or a zone. */
    record Zone(String letters) implements TimeField {
        @Override
        public void appendTo(DateTimeFormatterBuilder builder, Place place) {
            builder.appendPattern(letters);
        }

        @Override
        public boolean isOffset() {
            return true;
        }
    }

    /** Where an optional part starts or ends. */
    enum Optional implements TimeField {
        START,
        END;

        @Override
        public void appendTo(DateTimeFormatterBuilder builder, Place place) {
            if (this == START) {
                builder.optionalStart();
            } else {
                builder.optionalEnd();
            }
        }
    }
}
