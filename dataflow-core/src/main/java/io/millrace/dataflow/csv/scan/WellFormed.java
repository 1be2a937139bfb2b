package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.encoding.Utf8Stream;

/** Which bytes are UTF-8 without NUL. */
final class WellFormed {
    private WellFormed() {}

    /** The place of the first byte that is NUL or begins no character of UTF-8; -1 where there is none. */
    static int firstOdd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int b = bytes[at];
            if (b > 0) {
                at++;
                while (at + 8 <= to && !Words.isWide(Words.at(bytes, at)) && !Words.hasNul(Words.at(bytes, at))) {
                    at += 8;
                }
                continue;
            }
            int size = size(bytes, at, to);
            if (size == 0) {
                return at;
            }
            at += size;
        }
        return -1;
    }

    /** Bytes as text, NUL and bytes that are no text written as {@code \\xE9}. */
    static String printable(byte[] bytes, int from, int to) {
        return Utf8Stream.printable(bytes, from, to).replace("\0", "\\x00");
    }

    /** The number of bytes of the character of more than one byte at a place; 0 where there is none. */
    private static int size(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xff;
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (at + size > to) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return size;
    }
}
