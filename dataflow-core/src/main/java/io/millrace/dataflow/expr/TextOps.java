package io.millrace.dataflow.expr;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** Operations on text. Each gives null for null. Lengths and positions count Unicode code points. */
public final class TextOps {
    private final Expr input;

    TextOps(Expr input) {
        this.input = input;
    }

    /** In lower case, by the root locale. */
    public Expr lower() {
        return Expr.call("lower", input);
    }

    /** In upper case, by the root locale. */
    public Expr upper() {
        return Expr.call("upper", input);
    }

    /** Without white space at both ends, as {@link String#strip} defines it. */
    public Expr trim() {
        return Expr.call("trim", input);
    }

    /** Without any of {@code characters} at both ends. */
    public Expr trim(Object characters) {
        return Expr.call("trim", input, characters);
    }

    /** Without white space at the start. */
    public Expr trimStart() {
        return Expr.call("trim_start", input);
    }

    /** Without any of {@code characters} at the start. */
    public Expr trimStart(Object characters) {
        return Expr.call("trim_start", input, characters);
    }

    /** Without white space at the end. */
    public Expr trimEnd() {
        return Expr.call("trim_end", input);
    }

    /** Without any of {@code characters} at the end. */
    public Expr trimEnd(Object characters) {
        return Expr.call("trim_end", input, characters);
    }

    /** With one space in place of each run of white space, and none at the ends. */
    public Expr collapseWhiteSpace() {
        return Expr.call("collapse_white_space", input);
    }

    /** With the first letter in title case and the rest in lower case, by the root locale. */
    public Expr capitalize() {
        return Expr.call("capitalize", input);
    }

    /**
     * With the first letter of every word in title case and the rest in lower case, by the root locale. A word is a run
     * of letters, digits and marks, and of apostrophes after the first of them.
     */
    public Expr titleCase() {
        return Expr.call("title_case", input);
    }

    /** In a normal form of Unicode, so that texts that look the same are the same. */
    public Expr normalize(Normalizer.Form form) {
        return Expr.call("normalize", input, form.name());
    }

    /**
     * Filled up at the start with {@code filler}, repeated and cut, to {@code length}. A longer text stays as it is, and
     * so does any when {@code filler} is empty. More than 16,777,216 missing is an {@code OVERFLOW} error.
     */
    public Expr padStart(Object length, Object filler) {
        return Expr.call("pad_start", input, length, filler);
    }

    /** As {@link #padStart}, filled up at the end. */
    public Expr padEnd(Object length, Object filler) {
        return Expr.call("pad_end", input, length, filler);
    }

    /**
     * This {@code times} times. Fewer than 0 is a {@code DOMAIN} error, a result beyond 16,777,216 UTF-16 units an
     * {@code OVERFLOW} error.
     */
    public Expr repeat(Object times) {
        return Expr.call("repeat", input, times);
    }

    /** The code points from the last to the first. */
    public Expr reverse() {
        return Expr.call("reverse", input);
    }

    /** From position {@code start} on, which is from 0, or counts from the end when negative. Empty beyond the end. */
    public Expr substring(Object start) {
        return Expr.call("substring", input, start);
    }

    /**
     * From position {@code start}, as {@link #substring(Object)}, at most {@code length} code points. Positions outside
     * of the text give nothing. A negative length is a {@code DOMAIN} error.
     */
    public Expr substring(Object start, Object length) {
        return Expr.call("substring", input, start, length);
    }

    /** The first {@code length} code points, or all. A negative length is a {@code DOMAIN} error. */
    public Expr left(Object length) {
        return Expr.call("left", input, length);
    }

    /** The last {@code length} code points, or all. A negative length is a {@code DOMAIN} error. */
    public Expr right(Object length) {
        return Expr.call("right", input, length);
    }

    /**
     * The piece at {@code index}, from 0 or, when negative, from the last piece, which is -1. Pieces stand between
     * occurrences of {@code separator}; without one, or with an empty separator, all is the only piece. Null when there
     * is no such piece.
     */
    public Expr part(Object separator, Object index) {
        return Expr.call("part", input, separator, index);
    }

    /** The piece that {@link #part} gives and all that follows it. Null when there is no such piece. */
    public Expr partsFrom(Object separator, Object index) {
        return Expr.call("parts_from", input, separator, index);
    }

    /** How often {@code part} occurs, without overlaps, an int64. An empty one never does. */
    public Expr countOf(Object part) {
        return Expr.call("count_of", input, part);
    }

    /** The position at which {@code part} first begins, from 0. Null when it does not occur. */
    public Expr indexOf(Object part) {
        return Expr.call("index_of", input, part);
    }

    /** The number of code points, an int64. */
    public Expr length() {
        return Expr.call("length", input);
    }

    /** Whether it holds {@code part}, literally. */
    public Expr contains(Object part) {
        return Expr.call("contains", input, part);
    }

    /** Whether it begins with {@code prefix}, literally. */
    public Expr startsWith(Object prefix) {
        return Expr.call("starts_with", input, prefix);
    }

    /** Whether it ends with {@code suffix}, literally. */
    public Expr endsWith(Object suffix) {
        return Expr.call("ends_with", input, suffix);
    }

    /** With every occurrence of {@code part}, literally, replaced. */
    public Expr replace(Object part, Object replacement) {
        return Expr.call("replace", input, part, replacement);
    }

    /** What stands before the first {@code separator}; all of it when there is none. */
    public Expr before(Object separator) {
        return Expr.call("before", input, separator);
    }

    /** What stands after the first {@code separator}; null when there is none. */
    public Expr after(Object separator) {
        return Expr.call("after", input, separator);
    }

    /** The pieces between separators, literally, as a list; a list of all of it when there is none. */
    public Expr splitList(String separator) {
        return Expr.call("split_list", input, separator);
    }

    /** Followed by {@code others}. Null when any of them is null. */
    public Expr concat(Object... others) {
        Object[] all = new Object[others.length + 1];
        all[0] = input;
        System.arraycopy(others, 0, all, 1, others.length);
        return Expr.call("concat", all);
    }

    /**
     * Whether {@code pattern}, a {@link java.util.regex.Pattern}, fits all of it. An invalid pattern is refused when the
     * step is added. A text on which the pattern takes more than 200,000 steps, and 1,000 for each character, is a
     * {@code MATCH_LIMIT} error; so it is in the other methods that take a pattern.
     */
    public Expr matches(String pattern) {
        return Expr.call("matches", input, pattern);
    }

    /** Whether {@code pattern} fits somewhere in it; otherwise as {@link #matches}. */
    public Expr containsMatch(String pattern) {
        return Expr.call("contains_match", input, pattern);
    }

    /** The first stretch that {@code pattern} fits. Null when there is none. */
    public Expr extract(String pattern) {
        return Expr.call("extract", input, pattern);
    }

    /**
     * What the group of this number, 0 being all, holds in the first stretch that {@code pattern} fits. Null when there
     * is none, or the group has no part in it. A group that the pattern does not have is refused.
     */
    public Expr extract(String pattern, int group) {
        return Expr.call("extract", input, pattern, group);
    }

    /** As {@link #extract(String, int)}, for a group written {@code (?<name>...)}. */
    public Expr extract(String pattern, String group) {
        return Expr.call("extract", input, pattern, group);
    }

    /**
     * What the groups written {@code (?<name>...)} hold in the first stretch that {@code pattern} fits: a struct with a field
     * of text for each, in their order, null for one that has no part in it. Null when the pattern fits nowhere; a pattern
     * without such groups is refused.
     */
    public Expr extractGroups(String pattern) {
        return Expr.call("extract_groups", input, pattern);
    }

    /**
     * With every stretch that {@code pattern} fits replaced. In the replacement <code>$1</code> and <code>${name}</code>
     * stand for groups, and a backslash takes a character as it is.
     */
    public Expr replacePattern(String pattern, String replacement) {
        return Expr.call("replace_pattern", input, pattern, replacement);
    }

    /**
     * The float64 that it is when numbers are written with these marks, for example {@code toNumber(",", ".")}.
     * White space around it is passed over. Groups have three digits; an empty {@code grouping} allows none; that of a
     * space allows the unbreakable spaces too. What is no number is a {@code CAST} error.
     */
    public Expr toNumber(String decimalMark, String groupingMark) {
        return Expr.call("to_number", input, decimalMark, groupingMark);
    }

    /** True for any of {@code trueTexts}, false for any of {@code falseTexts}, in any case; else a {@code CAST} error. */
    public Expr toBool(List<String> trueTexts, List<String> falseTexts) {
        List<Object> arguments = new ArrayList<>(List.of(input));
        for (String text : trueTexts) {
            arguments.addAll(List.of(text, true));
        }
        for (String text : falseTexts) {
            arguments.addAll(List.of(text, false));
        }
        return Expr.call("to_bool", arguments.toArray());
    }
}
