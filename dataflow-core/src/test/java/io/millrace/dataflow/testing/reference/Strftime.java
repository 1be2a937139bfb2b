package io.millrace.dataflow.testing.reference;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Patterns with the letters of {@code strftime}. */
final class Strftime {
    private static final String NUMBERS = "YymdjHIMSf";
    private static final String MONTHS = names(12, number -> Month.of(number).name());
    private static final String DAYS = names(7, number -> DayOfWeek.of(number).name());

    private Strftime() {}

    private static String names(int count, java.util.function.IntFunction<String> name) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> capitalized(name.apply(number)))
                .collect(Collectors.joining("|"));
    }

    private static String capitalized(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String shortened(String names) {
        return names.replaceAll("([A-Z][a-z]{2})[a-z]*", "$1");
    }

    static String write(String pattern, ZonedDateTime time) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            text.append(pattern.charAt(i) == '%' ? written(pattern.charAt(++i), time) : pattern.charAt(i));
        }
        return text.toString();
    }

    private static String written(char letter, ZonedDateTime time) {
        return switch (letter) {
            case 'Y' -> year(time.getYear());
            case 'y' -> padded(Math.abs(time.getYear()) % 100, 2);
            case 'm' -> padded(time.getMonthValue(), 2);
            case 'd' -> padded(time.getDayOfMonth(), 2);
            case 'j' -> padded(time.getDayOfYear(), 3);
            case 'H' -> padded(time.getHour(), 2);
            case 'I' -> padded((time.getHour() + 11) % 12 + 1, 2);
            case 'M' -> padded(time.getMinute(), 2);
            case 'S' -> padded(time.getSecond(), 2);
            case 'f' -> padded(time.getNano() / 1000, 6);
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'B' -> capitalized(time.getMonth().name());
            case 'b' -> shortened(capitalized(time.getMonth().name()));
            case 'A' -> capitalized(time.getDayOfWeek().name());
            case 'a' -> shortened(capitalized(time.getDayOfWeek().name()));
            case 'z' -> offset(time.getOffset());
            case '%' -> "%";
            default -> throw new NotInReference("the letter %" + letter);
        };
    }

    private static String year(int year) {
        String digits = padded(Math.abs(year), 4);
        return (year < 0 ? "-" : year > 9999 ? "+" : "") + digits;
    }

    /** Hours and minutes; seconds, which offsets of long ago have, are left out. */
    private static String offset(ZoneOffset offset) {
        int minutes = Math.abs(offset.getTotalSeconds()) / 60;
        return (offset.getTotalSeconds() < 0 && minutes > 0 ? "-" : "+")
                + padded(minutes / 60, 2)
                + padded(minutes % 60, 2);
    }

    private static String padded(int number, int width) {
        return String.format(Locale.ROOT, "%0" + width + "d", number);
    }

    /** What the text says, or empty when it is not written so. */
    static Optional<TimeForms.Said> read(String pattern, String text) {
        StringBuilder regex = new StringBuilder();
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%' || pattern.charAt(i + 1) == '%') {
                regex.append(Pattern.quote(Character.toString(c)));
                i += c == '%' ? 1 : 0;
            } else {
                boolean touched = isNumber(pattern, i - 2)
                        || isNumber(pattern, i + 2)
                        || isDigit(pattern, i - 1)
                        || isDigit(pattern, i + 2);
                letters.append(pattern.charAt(++i));
                regex.append('(').append(form(pattern.charAt(i), touched)).append(')');
            }
        }
        Matcher matcher =
                Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE).matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<Character, String> parts = new HashMap<>();
        for (int i = 0; i < letters.length(); i++) {
            String part = matcher.group(i + 1);
            String before = parts.put(letters.charAt(i), part);
            if (before != null && !before.equalsIgnoreCase(part)) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(new TimeForms.Said(day(parts), time(parts), zone(parts)));
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    private static boolean isNumber(String pattern, int i) {
        return i >= 0
                && i + 1 < pattern.length()
                && pattern.charAt(i) == '%'
                && NUMBERS.indexOf(pattern.charAt(i + 1)) >= 0;
    }

    private static boolean isDigit(String pattern, int i) {
        return i >= 0 && i < pattern.length() && pattern.charAt(i) >= '0' && pattern.charAt(i) <= '9';
    }

    private static String form(char letter, boolean touched) {
        return switch (letter) {
            case 'Y' -> touched ? "[0-9]{4}" : "[0-9]{4}|\\+[0-9]{5,10}|-[0-9]{4,10}";
            case 'y' -> "[0-9]{2}";
            case 'm', 'd', 'H', 'I', 'M', 'S' -> touched ? "[0-9]{2}" : "[0-9]{1,2}";
            case 'j' -> touched ? "[0-9]{3}" : "[0-9]{1,3}";
            case 'f' -> touched ? "[0-9]{6}" : "[0-9]{1,6}";
            case 'p' -> "AM|PM";
            case 'B' -> MONTHS;
            case 'b' -> shortened(MONTHS);
            case 'A' -> DAYS;
            case 'a' -> shortened(DAYS);
            case 'z' -> "Z|[+-][0-9]{2}(?::?[0-9]{2})?";
            default -> throw new NotInReference("the letter %" + letter);
        };
    }

    private static LocalDate day(Map<Character, String> parts) {
        int year;
        if (parts.containsKey('y')) {
            int short2 = Integer.parseInt(parts.get('y'));
            year = short2 < 50 ? 2000 + short2 : 1900 + short2;
        } else {
            long whole = Long.parseLong(parts.getOrDefault('Y', "x"));
            year = Math.abs(whole) > 999_999_999 ? fail() : (int) whole;
        }
        LocalDate day;
        if (parts.containsKey('j')) {
            day = LocalDate.ofYearDay(year, Integer.parseInt(parts.get('j')));
        } else {
            int month = parts.containsKey('m')
                    ? Integer.parseInt(parts.get('m'))
                    : place(MONTHS, parts.getOrDefault('b', parts.getOrDefault('B', "")));
            day = LocalDate.of(year, month, Integer.parseInt(parts.getOrDefault('d', "x")));
        }
        String weekday = parts.getOrDefault('a', parts.get('A'));
        if (weekday != null && place(DAYS, weekday) != day.getDayOfWeek().getValue()) {
            fail();
        }
        return day;
    }

    private static int fail() {
        throw new DateTimeException("no such day");
    }

    private static int place(String names, String name) {
        String[] all = names.split("\\|", -1);
        for (int i = 0; i < all.length; i++) {
            if (all[i].regionMatches(true, 0, name, 0, 3)) {
                return i + 1;
            }
        }
        return fail();
    }

    private static LocalTime time(Map<Character, String> parts) {
        int hour;
        if (parts.containsKey('I')) {
            int ofHalf = Integer.parseInt(parts.get('I'));
            if (ofHalf < 1 || ofHalf > 12) {
                fail();
            }
            hour = ofHalf % 12 + ("PM".equalsIgnoreCase(parts.get('p')) ? 12 : 0);
        } else {
            hour = number(parts, 'H');
        }
        String fraction = (parts.getOrDefault('f', "") + "000000").substring(0, 6);
        return LocalTime.of(hour, number(parts, 'M'), number(parts, 'S'), Integer.parseInt(fraction) * 1000);
    }

    private static int number(Map<Character, String> parts, char letter) {
        return Integer.parseInt(parts.getOrDefault(letter, "0"));
    }

    private static @org.jspecify.annotations.Nullable ZoneId zone(Map<Character, String> parts) {
        String offset = parts.get('z');
        return offset == null ? null : ZoneOffset.of(offset.equalsIgnoreCase("z") ? "Z" : offset);
    }
}
