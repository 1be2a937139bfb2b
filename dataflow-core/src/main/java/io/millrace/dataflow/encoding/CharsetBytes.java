package io.millrace.dataflow.encoding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/** UTF-8 made of any encoding, by Java's decoder of it. */
final class CharsetBytes extends DecodedBytes {
    private static final int MOST_BYTES = 3;
    /** For the marks of the longest character of any encoding, and half a character before them. */
    private static final int ROOM_FOR_MARKS = 1 << 10;

    private static final char NONE = 0;

    private final CharsetDecoder decoder;
    /** A lone half of a character takes the character after it along in UTF-16, which may be a delimiter. */
    private final int longestError;

    private final ByteBuffer source = ByteBuffer.allocate(BLOCK).limit(0);
    private final CharBuffer decoded = CharBuffer.allocate(BLOCK);
    /** The number of bytes of the file before those of {@code source}. */
    private long before;
    /** A high surrogate whose other half is not decoded yet. */
    private char high = NONE;

    private boolean endOfInput;
    private boolean decodedAll;
    private boolean flushed;

    CharsetBytes(InputStream input, Charset charset, long offset) {
        super(input);
        this.before = offset;
        this.longestError = charset.name().contains("UTF-16") ? 2 : Integer.MAX_VALUE;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        this.made = new byte[BLOCK * MOST_BYTES + ROOM_FOR_MARKS];
    }

    @Override
    boolean make() throws IOException {
        position = 0;
        limit = 0;
        while (limit == 0 && !flushed) {
            decoded.clear();
            if (decodedAll) {
                flushed = decoder.flush(decoded).isUnderflow();
                encode();
                continue;
            }
            CoderResult result = decoder.decode(source, decoded, endOfInput);
            encode();
            if (result.isError()) {
                markMalformed(Math.min(result.length(), longestError));
            } else if (result.isUnderflow() && endOfInput) {
                decodedAll = true;
            } else if (result.isUnderflow()) {
                refill();
            }
        }
        if (flushed) {
            encodeLoneHalf();
        }
        return limit > 0;
    }

    private void refill() throws IOException {
        before += source.position();
        source.compact();
        int count = input(source.array(), source.position(), source.remaining());
        if (count < 0) {
            endOfInput = true;
        } else {
            source.position(source.position() + count);
        }
        source.flip();
    }

    private void markMalformed(int length) {
        foundMalformed(source.array(), source.position(), length, before + source.position());
        encodeLoneHalf();
        for (int i = 0; i < length; i++) {
            limit = IllFormed.mark(source.get() & 0xff, made, limit);
        }
    }

    private void encode() {
        char[] characters = decoded.array();
        int end = decoded.position();
        for (int i = 0; i < end; i++) {
            char c = characters[i];
            if (high != NONE) {
                if (Character.isLowSurrogate(c)) {
                    encodePair(c);
                    continue;
                }
                encodeLoneHalf();
            }
            if (c < 0x80) {
                made[limit++] = (byte) c;
            } else if (Character.isHighSurrogate(c)) {
                high = c;
            } else {
                encodeOne(c);
            }
        }
    }

    private void encodeOne(char c) {
        if (c < 0x800) {
            made[limit++] = (byte) (0xC0 | c >> 6);
        } else {
            made[limit++] = (byte) (0xE0 | c >> 12);
            made[limit++] = (byte) (0x80 | (c >> 6 & 0x3F));
        }
        made[limit++] = (byte) (0x80 | (c & 0x3F));
    }

    private void encodePair(char low) {
        int point = Character.toCodePoint(high, low);
        high = NONE;
        made[limit++] = (byte) (0xF0 | point >> 18);
        made[limit++] = (byte) (0x80 | (point >> 12 & 0x3F));
        made[limit++] = (byte) (0x80 | (point >> 6 & 0x3F));
        made[limit++] = (byte) (0x80 | (point & 0x3F));
    }

    /** Half of a character, which a few decoders let pass, becomes three bytes that are no UTF-8. */
    private void encodeLoneHalf() {
        if (high != NONE) {
            encodeOne(high);
            high = NONE;
        }
    }
}
