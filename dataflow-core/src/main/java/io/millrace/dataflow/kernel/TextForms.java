package io.millrace.dataflow.kernel;

import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.table.CellError.Code;
import java.text.Normalizer;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Texts filled up, cut at their ends, and written in other forms. */
final class TextForms {
    /** The most UTF-16 units of a text that is made by repeating. */
    static final int LONGEST = 1 << 24;

    private TextForms() {}

    static Kernel padStart() {
        return pad("pad_start", true);
    }

    static Kernel padEnd() {
        return pad("pad_end", false);
    }

    static Kernel repeat() {
        return RowByRow.of("repeat", (arguments, row, target) -> {
            String text = arguments.string(0, row);
            long times = arguments.int64(1, row);
            if (times < 0) {
                return Code.DOMAIN;
            }
            if (!text.isEmpty() && times > LONGEST / text.length()) {
                return Code.OVERFLOW;
            }
            return TextParts.write(text.isEmpty() ? text : text.repeat((int) times), target, row);
        });
    }

    static Kernel reverse() {
        return ofString("reverse", text -> new StringBuilder(text).reverse().toString());
    }

    /** Without white space, or the given characters, at both ends. */
    static Kernel trim(TypedExpr.Call call) {
        return cut("trim", call, String::strip, true, true);
    }

    static Kernel trimStart(TypedExpr.Call call) {
        return cut("trim_start", call, String::stripLeading, true, false);
    }

    static Kernel trimEnd(TypedExpr.Call call) {
        return cut("trim_end", call, String::stripTrailing, false, true);
    }

    static Kernel collapseWhiteSpace() {
        return ofString("collapse_white_space", TextForms::collapsed);
    }

    static Kernel capitalize() {
        return ofString("capitalize", text -> {
            if (text.isEmpty()) {
                return text;
            }
            int end = text.offsetByCodePoints(0, 1);
            return titled(text.substring(0, end)) + text.substring(end).toLowerCase(Locale.ROOT);
        });
    }

    static Kernel titleCase() {
        return ofString("title_case", TextForms::titleCased);
    }

    static Kernel normalize(TypedExpr.Call call) {
        Normalizer.Form form = Normalizer.Form.valueOf(Constants.text(call, 1));
        return ofString("normalize", text -> Normalizer.normalize(text, form));
    }

    private static Kernel ofString(String name, UnaryOperator<String> function) {
        return RowByRow.of(
                name,
                (arguments, row, target) -> TextParts.write(function.apply(arguments.string(0, row)), target, row));
    }

    private static Kernel cut(
            String name, TypedExpr.Call call, UnaryOperator<String> whiteSpace, boolean start, boolean end) {
        if (call.arguments().size() == 1) {
            return ofString(name, whiteSpace);
        }
        return RowByRow.of(
                name,
                (arguments, row, target) -> TextParts.write(
                        cut(arguments.string(0, row), arguments.string(1, row), start, end), target, row));
    }

    private static String cut(String text, String characters, boolean start, boolean end) {
        int from = 0;
        int to = text.length();
        while (start && from < to && characters.indexOf(text.codePointAt(from)) >= 0) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (end && from < to && characters.indexOf(text.codePointBefore(to)) >= 0) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    private static Kernel pad(String name, boolean start) {
        return RowByRow.of(name, (arguments, row, target) -> {
            String text = arguments.string(0, row);
            String filler = arguments.string(2, row);
            long missing = arguments.int64(1, row) - text.codePointCount(0, text.length());
            if (missing <= 0 || filler.isEmpty()) {
                return TextParts.write(text, target, row);
            }
            if (missing > LONGEST) {
                return Code.OVERFLOW;
            }
            return write(text, filled(filler, (int) missing), start, target, row);
        });
    }

    private static @Nullable Code write(String text, String padding, boolean start, FieldVector target, int row) {
        return TextParts.write(start ? padding + text : text + padding, target, row);
    }

    /** So many code points of {@code filler} repeated. */
    private static String filled(String filler, int length) {
        int count = filler.codePointCount(0, filler.length());
        return filler.repeat(length / count) + TextParts.slice(filler, 0, length % count);
    }

    /** Every run of white space as one space, and none at the ends. */
    private static String collapsed(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isWhitespace(point)) {
                space = result.length() > 0;
                continue;
            }
            if (space) {
                result.append(' ');
                space = false;
            }
            result.appendCodePoint(point);
        }
        return result.toString();
    }

    /** A word begins with a letter that follows neither a letter, digit or mark nor an apostrophe within a word. */
    private static String titleCased(String text) {
        StringBuilder result = new StringBuilder(text.length());
        int wordStart = -1;
        int i = 0;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            int end = i + Character.charCount(point);
            if (isOfWord(point) || (wordStart >= 0 && (point == '\'' || point == '\u2019'))) {
                wordStart = wordStart < 0 ? i : wordStart;
            } else {
                appendWord(result, text, wordStart, i);
                wordStart = -1;
                result.appendCodePoint(point);
            }
            i = end;
        }
        appendWord(result, text, wordStart, i);
        return result.toString();
    }

    private static void appendWord(StringBuilder result, String text, int start, int end) {
        if (start >= 0) {
            int second = text.offsetByCodePoints(start, 1);
            result.append(titled(text.substring(start, second)));
            result.append(text.substring(second, end).toLowerCase(Locale.ROOT));
        }
    }

    private static boolean isOfWord(int point) {
        int type = Character.getType(point);
        return Character.isLetterOrDigit(point)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    /** One code point in title case; {@code ß} and its like in upper case with a lower-case rest. */
    private static String titled(String point) {
        int title = Character.toTitleCase(point.codePointAt(0));
        if (title != point.codePointAt(0)) {
            return Character.toString(title);
        }
        String upper = point.toUpperCase(Locale.ROOT);
        int end = upper.offsetByCodePoints(0, 1);
        return upper.substring(0, end) + upper.substring(end).toLowerCase(Locale.ROOT);
    }
}
