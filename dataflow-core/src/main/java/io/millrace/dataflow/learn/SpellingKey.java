package io.millrace.dataflow.learn;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is left of a text when nothing counts that people write differently: its words without case, accents, punctuation
 * and order. Two keys are alike by the edits between them.
 */
final class SpellingKey {
    private static final Pattern APOSTROPHES = Pattern.compile("['\u2018\u2019`\u00b4]");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    /** Symbols are kept, and two that stand for a difference: C, C++ and C#. */
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}\\p{So}+#]+");
    /** Letters that no decomposition makes plain. */
    private static final Map<Integer, String> PLAIN =
            Map.of((int) 'ø', "o", (int) 'ł', "l", (int) 'đ', "d", (int) 'æ', "ae", (int) 'œ', "oe", (int) 'ı', "i");

    private final String text;
    private final int[] codePoints;
    private final List<String> numbered;
    private final long letters;

    private SpellingKey(String text) {
        this.text = text;
        codePoints = text.codePoints().toArray();
        numbered = Arrays.stream(text.split(" ", -1))
                .filter(word -> word.codePoints().anyMatch(Character::isDigit))
                .toList();
        long seen = 0;
        for (int letter : codePoints) {
            seen |= 1L << (letter & 63);
        }
        letters = seen;
    }

    /** The key of a spelling; where nothing is left, as of {@code ???}, the spelling itself. */
    static SpellingKey of(String spelling) {
        String plain = Normalizer.normalize(APOSTROPHES.matcher(spelling).replaceAll(""), Normalizer.Form.NFKD);
        String folded =
                MARKS.matcher(plain).replaceAll("").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        StringBuilder letters = new StringBuilder();
        folded.codePoints().forEach(letter -> {
            String known = PLAIN.get(letter);
            if (known == null) {
                letters.appendCodePoint(letter);
            } else {
                letters.append(known);
            }
        });
        String[] words = BETWEEN_WORDS.split(letters, -1);
        Arrays.sort(words);
        String key = String.join(" ", words).strip();
        return new SpellingKey(key.isEmpty() ? spelling : key);
    }

    /**
     * From 0 to 1: the share of the longer key that no edit is needed for, where an edit adds, drops or changes a letter or
     * makes two neighbours change places. 0 when it is below {@code least}, or when the words with digits differ, since 12
     * is no way to write 13.
     */
    double similarity(SpellingKey other, double least) {
        if (text.equals(other.text)) {
            return 1;
        }
        int length = Math.max(codePoints.length, other.codePoints.length);
        int most = (int) Math.floor((1 - least) * length + 1e-9);
        boolean far = Math.abs(codePoints.length - other.codePoints.length) > most
                || Long.bitCount(letters ^ other.letters) > 2 * most
                || !numbered.equals(other.numbered);
        if (far) {
            return 0;
        }
        double similarity = (length - edits(codePoints, other.codePoints)) / (double) length;
        return similarity >= least ? similarity : 0;
    }

    private static int edits(int[] first, int[] second) {
        int[] beforePrevious = new int[second.length + 1];
        int[] previous = new int[second.length + 1];
        int[] current = new int[second.length + 1];
        Arrays.setAll(previous, j -> j);
        for (int i = 1; i <= first.length; i++) {
            current[0] = i;
            for (int j = 1; j <= second.length; j++) {
                int changed = previous[j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1);
                current[j] = Math.min(changed, Math.min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1]) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }
            int[] oldest = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = oldest;
        }
        return previous[second.length];
    }

    /** The words, in order, with spaces between. */
    @Override
    public String toString() {
        return text;
    }
}
