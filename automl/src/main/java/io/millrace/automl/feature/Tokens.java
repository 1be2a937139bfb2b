package io.millrace.automl.feature;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * Cuts a text into tokens: runs of letters in lower case, runs of digits, single ideographs and single symbols. White
 * space separates and is no token.
 */
final class Tokens {
    private Tokens() {}

    /** Calls {@code token} with each token, in order. */
    static void each(String text, Consumer<String> token) {
        String lower = text.toLowerCase(Locale.ROOT);
        int length = lower.length();
        int at = 0;
        while (at < length) {
            int point = lower.codePointAt(at);
            int end = at + Character.charCount(point);
            if (!Character.isWhitespace(point)) {
                Kind kind = Kind.of(point);
                while (kind.runs && end < length && Kind.of(lower.codePointAt(end)) == kind) {
                    end += Character.charCount(lower.codePointAt(end));
                }
                token.accept(lower.substring(at, end));
            }
            at = end;
        }
    }

    private enum Kind {
        LETTER(true),
        DIGIT(true),
        OTHER(false);

        private final boolean runs;

        Kind(boolean runs) {
            this.runs = runs;
        }

        private static Kind of(int point) {
            if (Character.isDigit(point)) {
                return DIGIT;
            }
            boolean partOfWord = Character.isLetter(point) || Character.getType(point) == Character.NON_SPACING_MARK;
            return partOfWord && !Character.isIdeographic(point) ? LETTER : OTHER;
        }
    }
}
