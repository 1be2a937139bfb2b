package io.millrace.dataflow.csv.detect;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The dialects that are worth a try, by the characters of a text. */
final class Candidates {
    /** In the order in which they win a tie. */
    static final String DELIMITERS = ",;\t| :=#*~^\u0001\u0002\u001e\u001f\u00a6\u00a7\u00ac\u00fe";

    /** Those that may be followed by a space each time. */
    private static final String SPACED = ",;|:";

    /** Those that may be written twice each time. */
    private static final String DOUBLED = "|;:~^#";

    /** So many of them have to be, for most of the others may be in texts. */
    private static final double MOST = 0.8;

    /** From this share of pairs on, one alone is an accident. */
    private static final double NEARLY_ALL = 0.95;

    private static final char COMMENT = '#';

    private final String text;
    private final int[] counts = new int[256];
    private final int[] pairs = new int[256];
    private final int[] spaced = new int[256];

    private Candidates(String text) {
        this.text = text;
        boolean[] inPair = new boolean[counts.length];
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < counts.length) {
                counts[c]++;
                char next = i + 1 < text.length() ? text.charAt(i + 1) : '\n';
                boolean second = i > 0 && text.charAt(i - 1) == c && inPair[c];
                inPair[c] = next == c && !second;
                pairs[c] += inPair[c] ? 1 : 0;
                spaced[c] += next == ' ' || next == '\n' || next == '\r' ? 1 : 0;
            }
        }
    }

    /** The dialects, the most usual ones first. */
    static List<Dialect> of(String text) {
        return new Candidates(text).dialects();
    }

    private List<Dialect> dialects() {
        char comment = comment(text);
        List<Dialect> dialects = new ArrayList<>();
        for (String delimiter : delimiters()) {
            // Without any quote in the text, the usual one is as good as none.
            add(dialects, new Dialect(delimiter, '"', '"', comment));
            if (counts['\''] > 0) {
                add(dialects, new Dialect(delimiter, '\'', '\'', comment));
            }
            if (counts['"'] > 0) {
                dialects.add(new Dialect(delimiter, Dialect.NONE, Dialect.NONE, comment));
            }
        }
        return dialects;
    }

    private void add(List<Dialect> dialects, Dialect doubled) {
        dialects.add(doubled);
        if (text.contains("\\" + doubled.quote())) {
            dialects.add(new Dialect(doubled.delimiter(), doubled.quote(), '\\', doubled.comment()));
        }
    }

    private Set<String> delimiters() {
        Set<String> delimiters = new LinkedHashSet<>();
        for (int i = 0; i < DELIMITERS.length(); i++) {
            char c = DELIMITERS.charAt(i);
            if (counts[c] == 0) {
                continue;
            }
            double paired = 2.0 * pairs[c] / counts[c];
            if (DOUBLED.indexOf(c) < 0 || paired < NEARLY_ALL) {
                delimiters.add(String.valueOf(c));
            }
            if (SPACED.indexOf(c) >= 0 && spaced[c] >= MOST * counts[c] && text.contains(c + " ")) {
                delimiters.add(c + " ");
            }
            if (DOUBLED.indexOf(c) >= 0 && paired >= MOST) {
                delimiters.add(String.valueOf(c) + c);
            }
        }
        delimiters.add(Dialect.OF_ONE_COLUMN);
        return delimiters;
    }

    /** The comment character, where some but less than half of the lines begin with it. */
    private static char comment(String text) {
        int lines = 0;
        int comments = 0;
        boolean start = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lineEnd = c == '\n' || c == '\r';
            if (start && !lineEnd) {
                lines++;
                comments += c == COMMENT ? 1 : 0;
            }
            start = lineEnd;
        }
        return comments > 0 && comments * 2 < lines ? COMMENT : Dialect.NONE;
    }
}
