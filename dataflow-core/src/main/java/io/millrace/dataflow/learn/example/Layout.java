package io.millrace.dataflow.learn.example;

import io.millrace.dataflow.expr.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a text falls into parts: a pattern that fits all of it, with a group for each part.
 *
 * @param pattern a Java regular expression
 * @param parts the number of its groups
 * @param words the same in words
 * @param space whether white space around a part belongs to it
 */
public record Layout(String pattern, int parts, String words, Space space) {
    public Layout {
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(words, "words");
    }

    /** What becomes of white space around the parts. */
    public enum Space {
        /** It stays. */
        KEPT,
        /** It is taken off. */
        TRIMMED
    }

    /**
     * A part of a text; null when the layout does not fit it.
     *
     * @param number from 1
     */
    public Expr part(Expr text, int number) {
        Expr part = text.text().extract(pattern, number);
        return space == Space.TRIMMED ? part.text().trim() : part;
    }

    /** The parts of a text; empty when the layout does not fit it. */
    Optional<List<String>> parts(String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        List<String> found = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            found.add(space == Space.TRIMMED ? matcher.group(i).strip() : matcher.group(i));
        }
        return Optional.of(found);
    }
}
