package io.millrace.dataflow.learn.example;

import io.millrace.dataflow.expr.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A text that is made of one source, and what it is in each example.
 *
 * @param words the expression as a reader would say it
 * @param cost the less, the more likely it is what was meant
 * @param texts one for each example, none of them empty
 * @param time where it is a date or time by a pattern
 */
record Fragment(Expr value, String words, int cost, List<String> texts, Optional<TimeWritten> time) {
    Fragment {
        texts = List.copyOf(texts);
    }

    /** A date or time written by a pattern of {@code DateTimeFormatter}. */
    record TimeWritten(Expr time, String words, String pattern) {}

    /** A part or form of a text: what it gives for a text, null for nothing; how it is said in Java and in words. */
    record Change(
            java.util.function.Function<String, @Nullable String> of,
            UnaryOperator<Expr> expr,
            UnaryOperator<String> words,
            int cost) {}

    static Fragment of(Expr value, String words, int cost, List<String> texts) {
        return new Fragment(value, words, cost, texts, Optional.empty());
    }

    /** This changed; null where some example would have no text. */
    @Nullable
    Fragment changed(Change change) {
        List<String> changed = new ArrayList<>(texts.size());
        for (String text : texts) {
            String part = change.of().apply(text);
            if (part == null || part.isEmpty()) {
                return null;
            }
            changed.add(part);
        }
        return of(change.expr().apply(value), change.words().apply(words), cost + change.cost(), changed);
    }
}
