package io.millrace.dataflow.csv.detect;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Judges how bytes become text: by a byte order mark, by the zero bytes of UTF-16 and UTF-32, by whether they are
 * well-formed UTF-8, else by the bytes that windows-1252 has no character for.
 */
final class EncodingJudge {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private EncodingJudge() {}

    /** An encoding, the length of its mark, and what speaks for it. */
    record Verdict(Charset charset, int markLength, Finding finding) {}

    static Verdict judge(Sample sample) {
        byte[] head = sample.head();
        Verdict marked = byMark(head);
        return marked != null ? marked : byBytes(sample);
    }

    private static @Nullable Verdict byMark(byte[] head) {
        if (Sample.startsWith(head, 0xef, 0xbb, 0xbf)) {
            return marked(StandardCharsets.UTF_8, 3);
        }
        if (Sample.startsWith(head, 0xff, 0xfe, 0, 0)) {
            return marked(Charset.forName("UTF-32LE"), 4);
        }
        if (Sample.startsWith(head, 0, 0, 0xfe, 0xff)) {
            return marked(Charset.forName("UTF-32BE"), 4);
        }
        if (Sample.startsWith(head, 0xff, 0xfe)) {
            return marked(StandardCharsets.UTF_16LE, 2);
        }
        return Sample.startsWith(head, 0xfe, 0xff) ? marked(StandardCharsets.UTF_16BE, 2) : null;
    }

    private static Verdict marked(Charset charset, int length) {
        return new Verdict(charset, length, Finding.of(charset.name(), 1, "the file begins with its byte order mark"));
    }

    private static Verdict byBytes(Sample sample) {
        byte[] head = sample.head();
        Verdict wide = byZeros(head);
        if (wide != null) {
            return wide;
        }
        Utf8Count count = new Utf8Count();
        count.add(head, sample.isWhole());
        sample.others().forEach(block -> count.add(block, false));
        if (count.illFormed == 0) {
            return count.sequences == 0
                    ? verdict(
                            StandardCharsets.UTF_8,
                            0.95,
                            WINDOWS.name(),
                            "the bytes looked at are ASCII, which most encodings share")
                    : verdict(
                            StandardCharsets.UTF_8,
                            0.99,
                            WINDOWS.name(),
                            "all " + Wording.number(count.sequences)
                                    + (count.sequences == 1 ? " sequence" : " sequences")
                                    + " of bytes beyond ASCII are well-formed");
        }
        if (count.sequences > 10 * count.illFormed) {
            return verdict(
                    StandardCharsets.UTF_8,
                    0.8,
                    WINDOWS.name(),
                    Wording.number(count.sequences) + " sequences of bytes beyond ASCII are well-formed, "
                            + Wording.number(count.illFormed) + " bytes are not");
        }
        return bySingleBytes(sample, count);
    }

    private static Verdict bySingleBytes(Sample sample, Utf8Count count) {
        long undefined = count(sample, 0x81, 0x81)
                + count(sample, 0x8d, 0x8d)
                + count(sample, 0x8f, 0x90)
                + count(sample, 0x9d, 0x9d);
        long controls = count(sample, 0x80, 0x9f);
        String begin =
                Wording.number(count.illFormed) + (count.illFormed == 1 ? " byte is" : " bytes are") + " no UTF-8";
        if (undefined > 0) {
            return verdict(
                    StandardCharsets.ISO_8859_1,
                    0.3,
                    WINDOWS.name(),
                    begin + ", and " + Wording.number(undefined) + " have no character in windows-1252");
        }
        return controls > 0
                ? verdict(
                        WINDOWS,
                        0.7,
                        "UTF-8",
                        begin + ", and " + Wording.number(controls)
                                + " between 0x80 and 0x9F have characters in windows-1252")
                : verdict(
                        WINDOWS,
                        0.6,
                        "ISO-8859-1",
                        begin + ", and none is between 0x80 and 0x9F, so that both read them alike");
    }

    private static Verdict verdict(Charset charset, double confidence, String other, String evidence) {
        return new Verdict(
                charset, 0, Finding.of(charset.name(), confidence, evidence).orElse(other));
    }

    /** Most characters of most texts are below 256: their units have zeros in the same places. */
    private static @Nullable Verdict byZeros(byte[] head) {
        long[] zeros = new long[4];
        int length = Math.min(head.length, 1 << 16) / 4 * 4;
        for (int i = 0; i < length; i++) {
            zeros[i % 4] += head[i] == 0 ? 1 : 0;
        }
        double units = length / 4.0;
        boolean[] zero = new boolean[4];
        for (int i = 0; i < 4; i++) {
            zero[i] = zeros[i] > 0.6 * units;
        }
        if (length < 8 || !(zero[0] || zero[1] || zero[2] || zero[3])) {
            return null;
        }
        String evidence = "there are zero bytes in the places that this encoding has them";
        if (!zero[0] && zero[1] && zero[2] && zero[3]) {
            return verdict(Charset.forName("UTF-32LE"), 0.95, "UTF-16LE", evidence);
        }
        if (zero[0] && zero[1] && zero[2] && !zero[3]) {
            return verdict(Charset.forName("UTF-32BE"), 0.95, "UTF-16BE", evidence);
        }
        if (!zero[0] && zero[1] && !zero[2] && zero[3]) {
            return verdict(StandardCharsets.UTF_16LE, 0.95, "UTF-16BE", evidence);
        }
        return zero[0] && !zero[1] && zero[2] && !zero[3]
                ? verdict(StandardCharsets.UTF_16BE, 0.95, "UTF-16LE", evidence)
                : null;
    }

    /** The text of a block, with replacement characters for what is none. */
    static String decode(byte[] bytes, int from, Charset charset) {
        try {
            CharBuffer text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from));
            return text.toString();
        } catch (java.nio.charset.CharacterCodingException impossible) {
            throw new IllegalStateException("what is no text is replaced", impossible);
        }
    }

    private static long count(Sample sample, int first, int last) {
        long count = count(sample.head(), first, last);
        for (byte[] block : sample.others()) {
            count += count(block, first, last);
        }
        return count;
    }

    private static long count(byte[] bytes, int first, int last) {
        long count = 0;
        for (byte b : bytes) {
            int value = b & 0xff;
            count += value >= first && value <= last ? 1 : 0;
        }
        return count;
    }

    /** The sequences of bytes beyond ASCII, well-formed or not. */
    private static final class Utf8Count {
        private long sequences;
        private long illFormed;

        /** Counts in a block; what its edges cut is not counted. */
        void add(byte[] bytes, boolean whole) {
            int i = 0;
            if (!whole) {
                while (i < Math.min(3, bytes.length) && (bytes[i] & 0xc0) == 0x80) {
                    i++;
                }
            }
            while (i < bytes.length) {
                int length = length(bytes[i]);
                if (length == 1) {
                    i++;
                    continue;
                }
                if (length > 1 && i + length > bytes.length && !whole) {
                    return;
                }
                if (length > 1 && continues(bytes, i, length)) {
                    sequences++;
                    i += length;
                } else {
                    illFormed++;
                    i++;
                }
            }
        }

        /** By the first byte; 0 for one that begins no sequence. */
        private static int length(byte first) {
            int b = first & 0xff;
            return b < 0x80 ? 1 : b < 0xc2 ? 0 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 0;
        }

        private static boolean continues(byte[] bytes, int at, int length) {
            if (at + length > bytes.length) {
                return false;
            }
            for (int i = 1; i < length; i++) {
                if ((bytes[at + i] & 0xc0) != 0x80) {
                    return false;
                }
            }
            int first = bytes[at] & 0xff;
            int second = bytes[at + 1] & 0xff;
            return !(first == 0xe0 && second < 0xa0)
                    && !(first == 0xed && second > 0x9f)
                    && !(first == 0xf0 && second < 0x90)
                    && !(first == 0xf4 && second > 0x8f);
        }
    }
}
