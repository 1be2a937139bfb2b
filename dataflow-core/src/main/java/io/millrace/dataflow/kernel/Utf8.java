package io.millrace.dataflow.kernel;

/** Whether bytes are UTF-8: no overlong form, no surrogate, nothing beyond U+10FFFF. */
public final class Utf8 {
    private Utf8() {}

    /** Whether a range of bytes is text. */
    public static boolean isValid(byte[] bytes, int from, int to) {
        return validUntil(bytes, from, to) == to;
    }

    /** Whether a range of bytes is ASCII. */
    public static boolean isAscii(byte[] bytes, int from, int to) {
        return asciiUntil(bytes, from, to) == to;
    }

    /** Where the first bytes begin that are no character; {@code to} when there are none. */
    public static int validUntil(byte[] bytes, int from, int to) {
        int i = from;
        while (true) {
            i = asciiUntil(bytes, i, to);
            // Text beyond ASCII mostly comes in runs, as in Cyrillic words.
            while (i < to && bytes[i] < 0) {
                int length = length(bytes, i, to);
                if (length == 0) {
                    return i;
                }
                i += length;
            }
            if (i >= to) {
                return to;
            }
        }
    }

    private static int asciiUntil(byte[] bytes, int from, int to) {
        int i = from;
        while (i + 8 <= to && Words.isAscii(Words.at(bytes, i))) {
            i += 8;
        }
        while (i < to && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    /** The number of bytes of the character beyond ASCII that begins there; 0 when none does. */
    private static int length(byte[] bytes, int start, int to) {
        int first = bytes[start] & 0xff;
        int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if (first < 0xc2 || first > 0xf4 || start + length > to) {
            return 0;
        }
        int second = bytes[start + 1] & 0xff;
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = start + 2; i < start + length; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
