package io.millrace.dataflow.csv;

import java.nio.CharBuffer;

/**
 * Puts one character in place of each delimiter of several characters, in text that comes in pieces. It does so in quoted
 * cells as well, where the tokeniser puts the delimiter back: a delimiter holds neither quote nor line end, so that it begins
 * at the same places whatever is quoted.
 */
final class LongDelimiter {
    private final String delimiter;
    private String held = "";

    LongDelimiter(String delimiter) {
        this.delimiter = delimiter;
    }

    /** Puts the end of the last piece, which may be the begin of a delimiter, before the next one; gives its length. */
    int giveBack(CharBuffer buffer) {
        int length = held.length();
        buffer.put(held);
        held = "";
        return length;
    }

    /**
     * Shortens the text of a buffer, from its start to its limit.
     *
     * @param last whether no more text follows; else the begin of a delimiter at the end is held back
     */
    void replaceIn(CharBuffer buffer, boolean last) {
        char[] text = buffer.array();
        int limit = buffer.limit();
        int out = 0;
        int in = 0;
        while (in < limit) {
            int same = same(text, in, limit);
            if (same == delimiter.length()) {
                text[out++] = DecodedText.DELIMITER;
                in += same;
            } else if (!last && same > 0 && in + same == limit) {
                held = new String(text, in, same);
                break;
            } else {
                text[out++] = text[in++];
            }
        }
        buffer.position(0).limit(out);
    }

    /** How many characters of the delimiter stand at a place. */
    private int same(char[] text, int from, int limit) {
        int same = 0;
        while (same < delimiter.length() && from + same < limit && text[from + same] == delimiter.charAt(same)) {
            same++;
        }
        return same;
    }

    /** The text of a cell, with its delimiters put back. */
    static String restored(String cell, String delimiter) {
        return cell.indexOf(DecodedText.DELIMITER) < 0
                ? cell
                : cell.replace(String.valueOf(DecodedText.DELIMITER), delimiter);
    }
}
