package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.source.CsvOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How bytes become records and cells: the characters that matter, each of them one ASCII byte. Immutable. */
public final class ScanDialect {
    /** No byte: in place of a character that a dialect does not have. */
    static final int NONE = 256;

    private final int delimiter;
    private final int quote;
    private final int escape;
    private final int comment;
    private final byte[][] nullTokens;
    private final boolean blankRecords;
    private final byte[] transitions;

    private ScanDialect(int delimiter, int quote, int escape, int comment, byte[][] nullTokens, boolean blankRecords) {
        this.delimiter = delimiter;
        this.quote = quote;
        this.escape = escape;
        this.comment = comment;
        this.nullTokens = nullTokens;
        this.blankRecords = blankRecords;
        this.transitions = RecordStates.transitions(this);
    }

    /**
     * The dialect of options; empty when the scanner cannot take it: when some character of it is no ASCII one of its own, or
     * something else is asked for that only the tolerant reader does.
     */
    public static Optional<ScanDialect> of(CsvOptions options) {
        if (!isKnown(options)) {
            return Optional.empty();
        }
        int comment = options.comment().map(Integer::valueOf).orElse(NONE);
        int delimiter = options.delimiter().charAt(0);
        int quote = options.quote().orElseThrow();
        int escape = options.escape().orElseThrow();
        List<Integer> characters = new ArrayList<>(List.of(delimiter, quote));
        if (comment != NONE) {
            characters.add(comment);
        }
        if (escape != quote) {
            characters.add(escape);
        }
        boolean plain = characters.stream().allMatch(c -> c > 0 && c < 128 && c != '\n' && c != '\r');
        if (!plain || characters.stream().distinct().count() < characters.size()) {
            return Optional.empty();
        }
        // A token that UTF-8 cannot hold, such as half of a surrogate pair, is the text of no cell.
        byte[][] tokens = options.nullTokens().stream()
                .filter(token ->
                        token.equals(new String(token.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)))
                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        return Optional.of(new ScanDialect(delimiter, quote, escape, comment, tokens, false));
    }

    private static boolean isKnown(CsvOptions options) {
        return options.delimiter().length() == 1
                && options.quote().isPresent()
                && options.nullTokensByColumn().isEmpty()
                && !options.isFirstTableOnly()
                && !options.isQuotedEmptyNull()
                && !options.padsShortRows()
                && options.overflowColumn().isEmpty();
    }

    /** The same for a file of one column, in which a blank line is a record of one empty cell. */
    public ScanDialect withBlankRecords() {
        return new ScanDialect(delimiter, quote, escape, comment, nullTokens, true);
    }

    int delimiter() {
        return delimiter;
    }

    int quote() {
        return quote;
    }

    /** The quote itself where quotes are doubled. */
    int escape() {
        return escape;
    }

    int comment() {
        return comment;
    }

    boolean hasComment() {
        return comment != NONE;
    }

    boolean hasBlankRecords() {
        return blankRecords;
    }

    boolean hasNullTokens() {
        return nullTokens.length > 0;
    }

    /** See {@link RecordStates}. Not to be changed. */
    byte[] transitions() {
        return transitions;
    }

    /** Whether an unquoted cell is null: empty, or a text that means null. */
    boolean isNull(byte[] bytes, int from, int to) {
        if (from == to) {
            return true;
        }
        for (byte[] token : nullTokens) {
            if (token.length == to - from && Arrays.equals(bytes, from, to, token, 0, token.length)) {
                return true;
            }
        }
        return false;
    }
}
