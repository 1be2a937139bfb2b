package io.millrace.dataflow.encoding;

import io.millrace.dataflow.error.DataflowException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The text of a stored file as UTF-8, without a byte order mark. Used by one thread.
 *
 * <p>No byte is ever replaced. Text that is UTF-8 already passes through untouched, with the bytes in it that are no text.
 * In text of another encoding, a byte that is no text becomes the three bytes {@code FF}, {@code F0} plus its upper half and
 * {@code F0} plus its lower half, which UTF-8 never has. {@link #printable} writes either as {@code \xE9}.
 *
 * <p>The stream throws {@link DataflowException} where others throw an {@link IOException}.
 */
public final class Utf8Stream extends InputStream {
    private final InputStream text;
    private final Charset charset;
    private final int markLength;
    private final boolean packed;

    private Utf8Stream(InputStream text, ByteOrderMark mark, boolean packed) {
        this.text = text;
        this.charset = mark.charset();
        this.markLength = mark.length();
        this.packed = packed;
    }

    /**
     * The text of a file, read from its first byte on. The stream of the file is closed with this one, and when this fails.
     *
     * @param stored the bytes as they are stored
     * @param display the name of the file in messages
     * @param declared how bytes become text, unless a byte order mark says otherwise
     * @throws DataflowException {@code UNSUPPORTED_FORMAT} for what is no text, and for what is packed in a way that is
     *     not read; {@code EMPTY_SOURCE} for an archive without a file; what reading the source throws. From the stream
     *     {@code DAMAGED_FILE} too, for a packed file that is cut off, damaged or beyond all measure
     */
    public static Utf8Stream open(InputStream stored, String display, Charset declared) {
        Objects.requireNonNull(declared, "declared");
        try {
            Lookahead asStored = Lookahead.at(stored, display);
            Packing packing = Packing.of(asStored);
            if (packing == Packing.ZIP) {
                NoText.refuseWorkbook(asStored, display);
            }
            Lookahead text = packing == null ? asStored : packing.unpack(asStored, display);
            ByteOrderMark mark = ByteOrderMark.of(text, declared);
            String name = mark.charset().name();
            NoText.refuse(text, display, name.contains("UTF-16") || name.contains("UTF-32"));
            text.pass(mark.length());
            boolean utf8 = mark.charset().equals(StandardCharsets.UTF_8);
            InputStream decoded = utf8 ? text : DecodedBytes.of(text, mark.charset(), mark.length());
            return new Utf8Stream(decoded, mark, packing != null);
        } catch (RuntimeException | Error failure) {
            try {
                stored.close();
            } catch (IOException closing) {
                failure.addSuppressed(closing);
            }
            throw failure;
        }
    }

    /**
     * Whether a byte of this stream stands in the file too, {@link #markLength} bytes further on: the file is UTF-8 and
     * not packed. Only such a file can be read from anywhere in it.
     */
    public boolean isPlain() {
        return !packed && isUtf8();
    }

    /** Whether the text is UTF-8 as it is stored, so that bytes that are no text stand as they are and not as marks. */
    public boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /** Whether the file is packed: what is said of its offsets means what it holds. */
    public boolean isPacked() {
        return packed;
    }

    /** The number of bytes of the byte order mark that was passed over, 0 without one. */
    public int markLength() {
        return markLength;
    }

    /** The encoding of the text: the one that a byte order mark says, or the declared one. */
    public Charset charset() {
        return charset;
    }

    /**
     * The first bytes met so far that are no text in their encoding. Never any of UTF-8, which nothing is decoded of here.
     */
    public Optional<Malformed> firstMalformed() {
        return text instanceof DecodedBytes decoded ? decoded.firstMalformed() : Optional.empty();
    }

    /**
     * Bytes that are no text in the encoding of their file.
     *
     * @param bytes as {@code byte 0xE9} or {@code bytes 0xD8 0x00}
     * @param offset where they stand in the file, after it is unpacked
     */
    public record Malformed(String bytes, long offset) {
        /** Some bytes of an array, which stand at an offset of the file. */
        public static Malformed of(byte[] array, int from, int length, long offset) {
            StringBuilder text = new StringBuilder(length == 1 ? "byte" : "bytes");
            for (int i = 0; i < length; i++) {
                text.append(String.format(Locale.ROOT, " 0x%02X", array[from + i] & 0xff));
            }
            return new Malformed(text.toString(), offset);
        }
    }

    /** The byte that a mark at a place stands for; empty where no mark is. */
    public static OptionalInt marked(byte[] bytes, int at, int to) {
        return IllFormed.isMark(bytes, at, to) ? OptionalInt.of(IllFormed.marked(bytes, at)) : OptionalInt.empty();
    }

    /** Some bytes of such a stream as text, each byte that is no text written as {@code \xE9}. */
    public static String printable(byte[] bytes, int from, int to) {
        return IllFormed.printable(bytes, from, to);
    }

    @Override
    public int read() throws IOException {
        return text.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return text.read(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
