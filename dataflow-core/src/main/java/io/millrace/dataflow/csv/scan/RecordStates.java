package io.millrace.dataflow.csv.scan;

/**
 * The state in which a byte finds the parser, which says where records end, stray quotes included. Knows no cells.
 *
 * <p>A quote opens a cell at its start alone. In a quoted cell a quote closes it before a delimiter or a line end, with
 * white space between them or not. Any other text after a quote makes it a stray one, and the cell goes on; it then also
 * ends behind a doubled quote. A line end is a line feed, a carriage return, or both.
 */
final class RecordStates {
    static final int RECORD_START = 0;
    /** A record may start here; a line feed belongs to the line end before it. */
    static final int AFTER_RETURN = 1;

    static final int COUNT = 14;

    private static final int CELL_START = 2;
    private static final int UNQUOTED = 3;
    private static final int COMMENT = 4;
    private static final int QUOTE_IN_QUOTED = 5;
    private static final int SPACE_AFTER_QUOTE = 6;
    private static final int INSIDE = 7;
    private static final int ESCAPED = 8;
    /** What the four states before become in a cell with a stray quote. */
    private static final int STRAY = 4;

    private static final int PAIR_AFTER_STRAY = 13;

    private final byte[] transitions;
    private int state = RECORD_START;
    private long lines;
    private long quoteLine;

    RecordStates(ScanDialect dialect) {
        this.transitions = dialect.transitions();
    }

    /** Goes on from a state that was left in a line of that number, with a quote opened on another, perhaps. */
    void resume(int from, long line, long quote) {
        state = from;
        lines = line;
        quoteLine = quote;
    }

    int state() {
        return state;
    }

    /** The line of the next byte. */
    long line() {
        return lines;
    }

    /** The line on which the quote opened that is open now. */
    long quoteLine() {
        return quoteLine;
    }

    /** Whether a quoted cell is open in a state. */
    static boolean isInside(int state) {
        int plain = plain(state);
        return plain == INSIDE || plain == ESCAPED;
    }

    /** Whether the last byte of a quoted cell was an escape. */
    static boolean isEscaped(int state) {
        return plain(state) == ESCAPED;
    }

    /** Whether a quoted cell may be closed in a state, by a quote with or without white space behind it. */
    static boolean isAfterQuote(int state) {
        int plain = plain(state);
        return plain == QUOTE_IN_QUOTED || plain == SPACE_AFTER_QUOTE || plain == PAIR_AFTER_STRAY;
    }

    private static int plain(int state) {
        return state > ESCAPED && state < PAIR_AFTER_STRAY ? state - STRAY : state;
    }

    /** Whether a quoted cell begins between two states that follow each other. */
    static boolean opensQuote(int before, int after) {
        return after == INSIDE && before <= CELL_START;
    }

    /** Steps over bytes to the first end of a line outside of quotes; gives the place behind it, or -1 where there is none. */
    int toLineEnd(byte[] bytes, int from, int to) {
        int now = state;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            int before = now;
            now = transitions[(now << 8) | (b & 0xff)];
            if (b == '\n') {
                if (before == AFTER_RETURN) {
                    continue;
                }
                lines++;
            }
            if (now <= AFTER_RETURN) {
                lines += now;
                int end = i + 1;
                if (now == AFTER_RETURN && end < to && bytes[end] == '\n') {
                    now = RECORD_START;
                    end++;
                }
                state = now;
                return end;
            }
            if (opensQuote(before, now)) {
                quoteLine = lines;
            }
        }
        state = now;
        return -1;
    }

    /** The next state by state and byte. */
    static byte[] transitions(ScanDialect dialect) {
        byte[] table = new byte[COUNT << 8];
        for (int state = 0; state < COUNT; state++) {
            for (int value = 0; value < 256; value++) {
                table[(state << 8) | value] = (byte) next(state, value, dialect);
            }
        }
        return table;
    }

    private static int next(int state, int value, ScanDialect dialect) {
        boolean stray = state > ESCAPED && state < PAIR_AFTER_STRAY;
        int within = stray ? STRAY : 0;
        return switch (state - within) {
            case RECORD_START -> value == dialect.comment() ? COMMENT : cellStart(value, dialect);
            case AFTER_RETURN -> value == '\n' ? RECORD_START : next(RECORD_START, value, dialect);
            case CELL_START -> cellStart(value, dialect);
            case UNQUOTED -> value == dialect.delimiter() ? CELL_START : lineEndOr(UNQUOTED, value);
            case COMMENT -> lineEndOr(COMMENT, value);
            case INSIDE ->
                within + (value == dialect.quote() ? QUOTE_IN_QUOTED : value == dialect.escape() ? ESCAPED : INSIDE);
            case ESCAPED -> within + INSIDE;
            default -> afterQuote(state, value, dialect);
        };
    }

    private static int cellStart(int value, ScanDialect dialect) {
        if (value == dialect.quote()) {
            return INSIDE;
        }
        return value == dialect.delimiter() ? CELL_START : lineEndOr(UNQUOTED, value);
    }

    private static int lineEndOr(int state, int value) {
        return value == '\n' ? RECORD_START : value == '\r' ? AFTER_RETURN : state;
    }

    private static int afterQuote(int state, int value, ScanDialect dialect) {
        boolean stray = state > ESCAPED;
        int within = stray ? STRAY : 0;
        boolean justQuoted = state == QUOTE_IN_QUOTED + within;
        if (value == dialect.delimiter()) {
            return CELL_START;
        }
        if (value == '\n' || value == '\r') {
            return lineEndOr(UNQUOTED, value);
        }
        if (value == dialect.quote()) {
            if (justQuoted && dialect.quote() == dialect.escape()) {
                return stray ? PAIR_AFTER_STRAY : INSIDE;
            }
            return within + QUOTE_IN_QUOTED;
        }
        // NUL is no space.
        if (value <= ' ' && value > 0 && state != PAIR_AFTER_STRAY) {
            return within + SPACE_AFTER_QUOTE;
        }
        return (justQuoted ? STRAY : within) + INSIDE;
    }
}
