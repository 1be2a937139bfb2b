package io.millrace.dataflow.testing.reference;

import java.util.List;
import java.util.Locale;

/** Title case, one code point after the other. */
final class TextCases {
    private TextCases() {}

    static String capitalized(String text) {
        List<String> points = Texts.points(text);
        return points.isEmpty()
                ? ""
                : first(points.get(0))
                        + String.join("", points.subList(1, points.size())).toLowerCase(Locale.ROOT);
    }

    /** A word is made of letters, digits and marks, and of apostrophes after its first. */
    static String titled(String text) {
        StringBuilder result = new StringBuilder();
        StringBuilder word = new StringBuilder();
        for (String point : Texts.points(text)) {
            if (isOfWord(point) || (word.length() > 0 && (point.equals("'") || point.equals("\u2019")))) {
                word.append(point);
            } else {
                result.append(capitalized(word.toString())).append(point);
                word.setLength(0);
            }
        }
        return result.append(capitalized(word.toString())).toString();
    }

    private static boolean isOfWord(String point) {
        int type = Character.getType(point.codePointAt(0));
        return Character.isLetterOrDigit(point.codePointAt(0))
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    /** In title case; where there is none of one code point, the first in upper case and the others in lower case. */
    private static String first(String point) {
        String title = Character.toString(Character.toTitleCase(point.codePointAt(0)));
        if (!title.equals(point)) {
            return title;
        }
        List<String> upper = Texts.points(point.toUpperCase(Locale.ROOT));
        return upper.get(0) + String.join("", upper.subList(1, upper.size())).toLowerCase(Locale.ROOT);
    }
}
