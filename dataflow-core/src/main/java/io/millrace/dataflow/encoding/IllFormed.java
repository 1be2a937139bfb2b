package io.millrace.dataflow.encoding;

import java.nio.charset.StandardCharsets;

/** Bytes that are no UTF-8: those of a file, and the marks that stand for bytes of other encodings. */
final class IllFormed {
    /** What a mark begins with. */
    static final byte MARK = (byte) 0xFF;

    private static final int MARK_LENGTH = 3;
    private static final int HALF = 0xF0;
    private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();

    private IllFormed() {}

    /** Writes the mark of a byte that is no text; gives where the next byte goes. */
    static int mark(int value, byte[] target, int at) {
        target[at] = MARK;
        target[at + 1] = (byte) (HALF | value >> 4);
        target[at + 2] = (byte) (HALF | (value & 0xf));
        return at + MARK_LENGTH;
    }

    static String printable(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder();
        int start = from;
        int at = from;
        while (at < to) {
            int length = wellFormed(bytes, at, to);
            if (length > 0) {
                at += length;
                continue;
            }
            text.append(new String(bytes, start, at - start, StandardCharsets.UTF_8));
            boolean marked = isMark(bytes, at, to);
            int value = marked ? marked(bytes, at) : bytes[at] & 0xff;
            text.append("\\x").append(DIGITS[value >> 4]).append(DIGITS[value & 0xf]);
            at += marked ? MARK_LENGTH : 1;
            start = at;
        }
        return text.append(new String(bytes, start, to - start, StandardCharsets.UTF_8))
                .toString();
    }

    /** The byte that the mark at a place stands for. */
    static int marked(byte[] bytes, int at) {
        return ((bytes[at + 1] & 0xf) << 4) | (bytes[at + 2] & 0xf);
    }

    /** Whether a whole mark stands at a place. */
    static boolean isMark(byte[] bytes, int at, int to) {
        return to - at >= MARK_LENGTH
                && bytes[at] == MARK
                && (bytes[at + 1] & HALF) == HALF
                && (bytes[at + 2] & HALF) == HALF;
    }

    /** The length of the well-formed character that begins at a byte, 0 for none. */
    static int wellFormed(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (to - at < length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        // Neither spelled longer than needed, nor a surrogate, nor beyond the last character.
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
