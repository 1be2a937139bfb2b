package io.millrace.dataflow.encoding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** UTF-8 made of an encoding in which every byte is a character, by a table. */
final class SingleBytes extends DecodedBytes {
    private static final int MOST_BYTES = 3;

    private final byte[] source = new byte[BLOCK];
    private final byte[][] table;
    private final boolean asciiStays;
    private long offset;

    SingleBytes(InputStream input, Charset charset, long offset) {
        super(input);
        this.offset = offset;
        this.table = table(charset);
        this.asciiStays = asciiStays(table);
        this.made = new byte[BLOCK * MOST_BYTES];
    }

    /** Whether every byte stands for a character by itself, whatever is before it. */
    static boolean isSingleByte(Charset charset) {
        return charset.canEncode()
                && charset.newEncoder().maxBytesPerChar() == 1f
                && charset.newDecoder().maxCharsPerByte() == 1f
                && charset.newDecoder().averageCharsPerByte() == 1f;
    }

    @Override
    boolean make() throws IOException {
        int count = 0;
        while (count == 0) {
            count = input(source, 0, BLOCK);
        }
        if (count < 0) {
            return false;
        }
        int at = 0;
        byte[] target = made;
        for (int i = 0; i < count; i++) {
            byte value = source[i];
            if (value >= 0 && asciiStays) {
                target[at++] = value;
                continue;
            }
            byte[] character = table[value & 0xff];
            if (character.length == 0) {
                foundMalformed(source, i, 1, offset + i);
                at = IllFormed.mark(value & 0xff, target, at);
            } else {
                for (byte part : character) {
                    target[at++] = part;
                }
            }
        }
        offset += count;
        position = 0;
        limit = at;
        return true;
    }

    /** The UTF-8 of every byte, nothing for one that is no text. */
    private static byte[][] table(Charset charset) {
        byte[][] table = new byte[256][];
        for (int value = 0; value < table.length; value++) {
            try {
                table[value] = charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(new byte[] {(byte) value}))
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
            } catch (CharacterCodingException noText) {
                table[value] = new byte[0];
            }
        }
        return table;
    }

    private static boolean asciiStays(byte[][] table) {
        for (int value = 0; value < 0x80; value++) {
            if (table[value].length != 1 || table[value][0] != value) {
                return false;
            }
        }
        return true;
    }
}
