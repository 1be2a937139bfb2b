package io.millrace.dataflow.encoding;

import io.millrace.dataflow.error.DataflowException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

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
    private final boolean plain;

    private Utf8Stream(InputStream text, Charset charset, int markLength, boolean plain) {
        this.text = text;
        this.charset = charset;
        this.markLength = markLength;
        this.plain = plain;
    }

    /**
     * The text of a file, read from its first byte on. The stream of the file is closed with this one, and when this fails.
     *
     * @param stored the bytes as they are stored
     * @param display the name of the file in messages
     * @param declared how bytes become text, unless a byte order mark says otherwise
     * @throws DataflowException what reading the source throws
     */
    public static Utf8Stream open(InputStream stored, String display, Charset declared) {
        Objects.requireNonNull(declared, "declared");
        try {
            Lookahead text = Lookahead.at(stored, display);
            ByteOrderMark mark = ByteOrderMark.of(text, declared);
            text.pass(mark.length());
            boolean utf8 = mark.charset().equals(StandardCharsets.UTF_8);
            InputStream decoded = utf8 ? text : DecodedBytes.of(text, mark.charset(), mark.length());
            return new Utf8Stream(decoded, mark.charset(), mark.length(), utf8);
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
        return plain;
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
    public record Malformed(String bytes, long offset) {}

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
