package io.millrace.automl.feature;

import io.millrace.automl.feature.FeaturePlan.Planned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Decides how a column is treated, from its values alone. The threshold of three words is AutoGluon's; the others were
 * chosen on small public tables.
 */
final class FeaturePlanner {
    private static final String NEVER_THERE = "all values are missing";
    private static final String CONSTANT = "all values are the same";
    private static final String IDENTIFIER = "nearly every value is different, as in an identifier";

    /** Texts of at least this many words on average are read word by word. */
    private static final double WORDS_OF_A_TEXT = 3;
    /** Texts that repeat as often as this share of distinct values says are also categories. */
    private static final double MOSTLY_DISTINCT = 0.5;
    /** At least this share of distinct values makes an identifier of texts that have no parts in common. */
    private static final double IDENTIFIER_SHARE = 0.95;
    /** A part is common when at least this share of the values, and at least {@link #FEWEST_SHARING}, have it. */
    private static final double COMMON_PART = 0.01;

    private static final int FEWEST_SHARING = 3;
    private static final double COMMON_PART_OF_MIXED = 0.05;
    private static final double MOST_PARTS_OF_A_CODE = 2.5;
    private static final int LONG_PART = 3;
    private static final double CONSTANT_PART = 0.98;
    private static final int FEWEST_FOR_A_JUDGEMENT = 20;

    private FeaturePlanner() {}

    static Planned plan(Frame.Column column) {
        int present = 0;
        for (int row = 0; row < column.size(); row++) {
            present += column.isMissing(row) ? 0 : 1;
        }
        if (present == 0) {
            return ignored(column, NEVER_THERE);
        }
        if (column instanceof Frame.Numbers numbers) {
            return number(numbers, present);
        }
        return column instanceof Frame.Times times ? time(times, present) : text((Frame.Texts) column, present);
    }

    private static Planned number(Frame.Numbers column, int present) {
        double first = Double.NaN;
        boolean varies = false;
        boolean whole = true;
        for (int row = 0; row < column.size(); row++) {
            double value = column.value(row);
            if (Double.isNaN(value)) {
                continue;
            }
            first = Double.isNaN(first) ? value : first;
            varies |= value != first;
            whole &= value == Math.rint(value);
        }
        if (!varies && present == column.size()) {
            return ignored(column, CONSTANT);
        }
        if (whole && present >= FEWEST_FOR_A_JUDGEMENT && isNamedIdentifier(column.name()) && allDistinct(column)) {
            return ignored(column, "every value is different, and its name is that of an identifier");
        }
        return used(column, Treatment.NUMBER);
    }

    private static boolean allDistinct(Frame.Numbers column) {
        Set<Double> seen = new HashSet<>();
        for (int row = 0; row < column.size(); row++) {
            if (!column.isMissing(row) && !seen.add(column.value(row))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the last word of the name, as in {@code customer_id} or {@code PassengerId}, says identifier. */
    private static boolean isNamedIdentifier(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("id") || lower.equals("index") || lower.equals("uuid") || lower.equals("rownum")) {
            return true;
        }
        if (lower.length() < 3 || !lower.endsWith("id")) {
            return false;
        }
        char before = name.charAt(name.length() - 3);
        return !Character.isLetter(before)
                || (Character.isLowerCase(before) && Character.isUpperCase(name.charAt(name.length() - 2)));
    }

    private static Planned time(Frame.Times column, int present) {
        long first = Frame.Times.MISSING;
        boolean varies = false;
        boolean timeOfDay = false;
        for (int row = 0; row < column.size(); row++) {
            if (!column.isMissing(row)) {
                long micros = column.micros(row);
                first = first == Frame.Times.MISSING ? micros : first;
                varies |= micros != first;
                timeOfDay |= Math.floorMod(micros, TimePart.MICROS_A_DAY) != 0;
            }
        }
        if (!varies && present == column.size()) {
            return ignored(column, CONSTANT);
        }
        return used(column, timeOfDay ? Treatment.DATE_AND_TIME : Treatment.DATE);
    }

    private static Planned text(Frame.Texts column, int present) {
        int[] counts = new int[column.distinct()];
        for (int row = 0; row < column.size(); row++) {
            if (!column.isMissing(row)) {
                counts[column.code(row)]++;
            }
        }
        int distinct = 0;
        long words = 0;
        for (int code = 0; code < counts.length; code++) {
            if (counts[code] > 0) {
                distinct++;
                words += (long) counts[code] * words(column.text(code));
            }
        }
        if (distinct == 1 && present == column.size()) {
            return ignored(column, CONSTANT);
        }
        if (distinct < FEWEST_FOR_A_JUDGEMENT) {
            return used(column, Treatment.CATEGORY);
        }
        boolean repeats = distinct <= MOSTLY_DISTINCT * present;
        if ((double) words / present >= WORDS_OF_A_TEXT) {
            return used(column, repeats ? Treatment.CATEGORY_AND_TEXT : Treatment.TEXT);
        }
        if (repeats) {
            return used(column, Treatment.CATEGORY);
        }
        boolean identifies = distinct >= IDENTIFIER_SHARE * present;
        if (sharesParts(column, counts, present)) {
            return used(column, identifies ? Treatment.TEXT : Treatment.CATEGORY_AND_TEXT);
        }
        return identifies ? ignored(column, IDENTIFIER) : used(column, Treatment.CATEGORY);
    }

    private static int words(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean space = Character.isWhitespace(text.charAt(i));
            words += !space && !inside ? 1 : 0;
            inside = !space;
        }
        return words;
    }

    /**
     * Whether some part of the texts, such as the letter of a cabin number, is common to several but not to all. In
     * texts that mix letters and digits freely, as random keys do, a part counts from {@link #LONG_PART} letters on.
     */
    private static boolean sharesParts(Frame.Texts column, int[] counts, int present) {
        Map<String, Integer> rows = new HashMap<>();
        long parts = 0;
        long words = 0;
        for (int code = 0; code < counts.length; code++) {
            if (counts[code] > 0) {
                List<String> found = new ArrayList<>();
                Tokens.each(column.text(code), part -> {
                    if (Character.isLetterOrDigit(part.codePointAt(0))) {
                        found.add(part);
                    }
                });
                parts += found.size();
                words += words(column.text(code));
                int count = counts[code];
                Set.copyOf(found).forEach(part -> rows.merge(part, count, Integer::sum));
            }
        }
        boolean mixed = parts > MOST_PARTS_OF_A_CODE * words;
        double fewest = Math.max(FEWEST_SHARING, (mixed ? COMMON_PART_OF_MIXED : COMMON_PART) * present);
        int shortest = mixed ? LONG_PART : 1;
        return rows.entrySet().stream()
                .anyMatch(part -> part.getKey().length() >= shortest
                        && part.getValue() >= fewest
                        && part.getValue() <= CONSTANT_PART * present);
    }

    private static Planned used(Frame.Column column, Treatment treatment) {
        return new Planned(column.name(), treatment, "");
    }

    private static Planned ignored(Frame.Column column, String reason) {
        return new Planned(column.name(), Treatment.IGNORED, reason);
    }
}
