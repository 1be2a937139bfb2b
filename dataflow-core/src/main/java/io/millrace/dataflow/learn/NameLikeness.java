package io.millrace.dataflow.learn;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How alike the names of two columns are. */
final class NameLikeness {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})");
    /** Words that most tables have a column of, whatever it is the number or name of. */
    private static final Set<String> COMMON = Set.of("id", "key", "no", "nr", "number", "code", "name");

    private static final double COMMON_LIKENESS = 0.5;
    private static final double TYPING_ERROR = 0.8;

    private NameLikeness() {}

    /**
     * From 0 to 1: the words that both names have by the words that any has, 0.8 where it is a typing error that sets them apart,
     * and a half at most where all words that both have say nothing of what is meant, as {@code id} does.
     */
    static double of(String left, String right) {
        Set<String> all = words(left);
        Set<String> shared = new HashSet<>(all);
        Set<String> others = words(right);
        shared.retainAll(others);
        all.addAll(others);
        if (all.isEmpty()) {
            return left.equals(right) ? 1 : 0;
        }
        double likeness = (double) shared.size() / all.size();
        if (COMMON.containsAll(shared)) {
            likeness = Math.min(COMMON_LIKENESS, likeness);
        }
        boolean written = SpellingKey.of(joined(left)).similarity(SpellingKey.of(joined(right)), TYPING_ERROR) > 0;
        return written && shared.isEmpty() ? TYPING_ERROR : likeness;
    }

    private static Set<String> words(String name) {
        Set<String> words = new HashSet<>();
        for (String word : BETWEEN_WORDS.split(name, -1)) {
            if (!word.isEmpty()) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }

    private static String joined(String name) {
        return String.join("", List.of(BETWEEN_WORDS.split(name, -1)));
    }
}
