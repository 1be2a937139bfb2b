package io.millrace.dataflow.learn.example;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.learn.example.Fragment.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fragments of a text: all of it, pieces between separators, runs of characters of a kind, stretches between two marks;
 * of each of these all, some characters of it, in another case, or filled up with zeros.
 */
final class TextFragments {
    private static final int MOST_PARTS = 6;
    private static final int MOST_SEPARATORS = 8;
    private static final int LONGEST_FILLED = 8;
    private static final int LONGEST_SLICE = 40;
    private static final int LONGEST_SLICE_OF_PART = 10;
    private static final Pattern MARKS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private final Candidates candidates;
    private final TreeSet<Integer> widths = new TreeSet<>();
    private final TreeSet<String> marks = new TreeSet<>(List.of(""));

    TextFragments(Candidates candidates, List<String> wanted) {
        this.candidates = candidates;
        for (String text : wanted) {
            for (int width = 2; width <= LONGEST_FILLED && text.indexOf('0') >= 0; width++) {
                widths.add(width);
            }
            Matcher digits = DIGITS.matcher(text);
            while (digits.find()) {
                widths.add(digits.end() - digits.start());
            }
            Matcher found = MARKS.matcher(text);
            while (found.find() && marks.size() < MOST_SEPARATORS) {
                marks.add(found.group());
            }
        }
    }

    /** Adds the fragments of a text. */
    void addAll(Fragment text) {
        slices(text, LONGEST_SLICE);
        middles(text);
        changes(text);
        for (Fragment part : parts(text)) {
            slices(part, LONGEST_SLICE_OF_PART);
        }
        for (Fragment part : pieces(text)) {
            pieces(part).forEach(this::addForms);
        }
    }

    /** Adds the text without what is not of some kind, and with other marks between its parts. */
    private void changes(Fragment text) {
        for (TokenKind kind : TokenKind.values()) {
            addForms(text.changed(new Change(
                    part -> part.replaceAll(kind.others(), ""),
                    value -> value.text().replacePattern(kind.others(), ""),
                    words -> "all " + kind.noun() + " of " + words,
                    5 + kind.cost())));
        }
        addForms(text.changed(new Change(
                part -> part.strip().replaceAll("\\s+", " "),
                value -> value.text().collapseWhiteSpace(),
                words -> words + " with single spaces",
                3)));
        for (String separator : separators(text)) {
            for (String mark : marks) {
                if (!mark.equals(separator)) {
                    addForms(text.changed(new Change(
                            part -> part.replace(separator, mark),
                            value -> value.text().replace(separator, mark),
                            words -> words
                                    + (mark.isEmpty()
                                            ? " without " + Expr.lit(separator)
                                            : " with " + Expr.lit(mark) + " for " + Expr.lit(separator)),
                            6)));
                }
            }
        }
    }

    /** The pieces of a text between separators, and what stands before the last one. */
    private static List<Fragment> pieces(Fragment text) {
        List<Fragment> pieces = new ArrayList<>();
        for (String separator : separators(text)) {
            for (int i = -2; i < 3; i++) {
                addPart(pieces, text, separator, i);
            }
            addStart(pieces, text, separator);
        }
        return pieces;
    }

    /** Adds a fragment as it is, in other cases, and filled up with zeros. */
    void addForms(@Nullable Fragment fragment) {
        if (fragment == null) {
            return;
        }
        candidates.add(fragment);
        form(
                fragment,
                text -> text.toUpperCase(Locale.ROOT),
                value -> value.text().upper(),
                " in capitals",
                1);
        form(
                fragment,
                text -> text.toLowerCase(Locale.ROOT),
                value -> value.text().lower(),
                " in small letters",
                1);
        form(fragment, TextFragments::titled, value -> value.text().titleCase(), " in title case", 2);
        if (fragment.texts().stream().allMatch(text -> DIGITS.matcher(text).matches())) {
            for (int width : widths) {
                UnaryOperator<String> filled = text -> "0".repeat(Math.max(0, width - text.length())) + text;
                form(fragment, filled, value -> value.text().padStart(width, "0"), " with " + width + " digits", 2);
            }
        }
    }

    private void form(Fragment fragment, UnaryOperator<String> of, UnaryOperator<Expr> expr, String words, int cost) {
        Fragment changed = fragment.changed(new Change(of, expr, before -> before + words, cost));
        if (changed != null) {
            candidates.add(changed);
        }
    }

    /** All of a text, its first and its last characters, and what is left without some of them. */
    private void slices(Fragment text, int longest) {
        addForms(text);
        addForms(text.changed(new Change(
                String::strip, value -> value.text().trim(), words -> words + " without white space around it", 1)));
        int most = Math.min(longest, shortest(text));
        for (int i = 1; i <= most; i++) {
            int count = i;
            addForms(text.changed(new Change(
                    part -> slice(part, 0, count),
                    value -> value.text().left(count),
                    words -> characters("the first", count) + " of " + words,
                    2 + count)));
            addForms(text.changed(new Change(
                    part -> slice(part, points(part) - count, count),
                    value -> value.text().right(count),
                    words -> characters("the last", count) + " of " + words,
                    2 + count)));
            addForms(text.changed(new Change(
                    part -> slice(part, count, LONGEST_SLICE * 100),
                    value -> value.text().substring(count),
                    words -> words + " without " + characters("the first", count),
                    3 + count)));
            addForms(text.changed(new Change(
                    part -> slice(part, 0, points(part) - count),
                    value -> value.text().extract("(?s)^(.*).{" + count + "}\\z", 1),
                    words -> words + " without " + characters("the last", count),
                    3 + count)));
        }
    }

    /** Characters from one place to another, counted from the start or from the end. */
    private void middles(Fragment text) {
        int most = Math.min(LONGEST_SLICE, shortest(text));
        for (int i = 1; i < most; i++) {
            for (int length = 1; i + length <= most; length++) {
                int start = i;
                int count = length;
                addForms(text.changed(new Change(
                        part -> slice(part, start, count),
                        value -> value.text().substring(start, count),
                        words -> "characters " + (start + 1) + " to " + (start + count) + " of " + words,
                        5 + start + count)));
                addForms(text.changed(new Change(
                        part -> slice(part, points(part) - start - count, count),
                        value -> value.text().substring(-start - count, count),
                        words -> characters("the last", count) + " before " + characters("the last", start) + " of "
                                + words,
                        6 + start + count)));
                addForms(text.changed(new Change(
                        part -> slice(part, start, points(part) - start - count),
                        value -> value.text().extract("(?s)^.{" + start + "}(.*).{" + count + "}\\z", 1),
                        words -> words + " without " + characters("the first", start) + " and "
                                + characters("the last", count),
                        6 + start + count)));
            }
        }
    }

    /** The pieces, runs and stretches of a text that all examples have. */
    private static List<Fragment> parts(Fragment text) {
        List<Fragment> parts = new ArrayList<>();
        List<String> separators = separators(text);
        for (String separator : separators) {
            for (int i = -3; i < MOST_PARTS; i++) {
                addPart(parts, text, separator, i);
            }
            addStart(parts, text, separator);
        }
        for (String start : separators) {
            for (String end : separators) {
                if (!start.equals(end)) {
                    String pattern = "(?s)" + Pattern.quote(start) + "(.*?)" + Pattern.quote(end);
                    add(
                            parts,
                            text,
                            extraction(
                                    pattern,
                                    words -> words + " between " + Expr.lit(start) + " and " + Expr.lit(end),
                                    6));
                }
            }
        }
        for (TokenKind kind : TokenKind.values()) {
            for (int i = 1; i < MOST_PARTS; i++) {
                int number = i;
                add(
                        parts,
                        text,
                        extraction(
                                kind.fromStart(i), words -> kind.words(number) + " of " + words, 3 + i + kind.cost()));
            }
            for (int i = 1; i <= 3; i++) {
                int number = i;
                add(
                        parts,
                        text,
                        extraction(
                                kind.fromEnd(i), words -> kind.words(-number) + " of " + words, 3 + i + kind.cost()));
            }
        }
        return parts;
    }

    private static void addPart(List<Fragment> parts, Fragment text, String separator, int index) {
        String mark = " of {} split by " + Expr.lit(separator);
        String name = Ordinals.words(index >= 0 ? index + 1 : index, "part");
        add(
                parts,
                text,
                new Change(
                        part -> pieces(part, separator, index, false),
                        value -> value.text().part(separator, index),
                        words -> name + mark.replace("{}", words),
                        3 + (index >= 0 ? index : -2 * (index + 1))));
        if (index > 0) {
            add(
                    parts,
                    text,
                    new Change(
                            part -> pieces(part, separator, index, true),
                            value -> value.text().partsFrom(separator, index),
                            words ->
                                    Ordinals.words(index + 1, "part") + " and all after it" + mark.replace("{}", words),
                            5 + index));
        }
    }

    private static void addStart(List<Fragment> parts, Fragment text, String separator) {
        add(
                parts,
                text,
                new Change(
                        part -> part.contains(separator) ? part.substring(0, part.lastIndexOf(separator)) : null,
                        value -> value.text().extract("(?s)^(.*)" + Pattern.quote(separator), 1),
                        words -> words + " up to the last " + Expr.lit(separator),
                        5));
    }

    private static void add(List<Fragment> parts, Fragment text, Change change) {
        Fragment part = text.changed(change);
        if (part != null && !part.texts().equals(text.texts())) {
            parts.add(part);
        }
    }

    private static Change extraction(String pattern, UnaryOperator<String> words, int cost) {
        Pattern compiled = Pattern.compile(pattern);
        return new Change(
                text -> {
                    Matcher matcher = compiled.matcher(text);
                    return matcher.find() ? matcher.group(1) : null;
                },
                value -> value.text().extract(pattern, 1),
                words,
                cost);
    }

    /** Characters that are no letters and digits, and runs of them, which all texts have; short ones first. */
    private static List<String> separators(Fragment text) {
        TreeSet<String> found = new TreeSet<>(
                java.util.Comparator.comparingInt(String::length).thenComparing(java.util.Comparator.naturalOrder()));
        Matcher marks = MARKS.matcher(text.texts().get(0));
        while (marks.find()) {
            found.add(marks.group());
            marks.group().codePoints().forEach(point -> found.add(Character.toString(point)));
        }
        return found.stream()
                .filter(mark -> text.texts().stream().allMatch(each -> each.contains(mark)))
                .limit(MOST_SEPARATORS)
                .toList();
    }

    private static @Nullable String pieces(String text, String separator, int index, boolean andAllAfter) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + separator.length())) {
            starts.add(at + separator.length());
        }
        int place = index < 0 ? starts.size() + index : index;
        if (place < 0 || place >= starts.size()) {
            return null;
        }
        boolean last = andAllAfter || place + 1 == starts.size();
        return text.substring(starts.get(place), last ? text.length() : starts.get(place + 1) - separator.length());
    }

    private static String characters(String which, int count) {
        return count == 1 ? which + " character" : which + " " + count + " characters";
    }

    private static int shortest(Fragment text) {
        return text.texts().stream().mapToInt(TextFragments::points).min().orElse(0);
    }

    private static int points(String text) {
        return text.codePointCount(0, text.length());
    }

    private static @Nullable String slice(String text, int start, int length) {
        int points = points(text);
        if (start < 0 || start >= points || length <= 0) {
            return null;
        }
        int from = text.offsetByCodePoints(0, start);
        return text.substring(from, text.offsetByCodePoints(from, Math.min(length, points - start)));
    }

    /** As {@code title_case} does it; where it does not, the engine tells when it looks at the examples. */
    private static String titled(String text) {
        StringBuilder result = new StringBuilder();
        boolean inside = false;
        for (int point : text.codePoints().toArray()) {
            boolean part = Character.isLetterOrDigit(point) || (inside && (point == '\'' || point == '’'));
            result.appendCodePoint(inside ? Character.toLowerCase(point) : Character.toTitleCase(point));
            inside = part;
        }
        return result.toString();
    }
}
