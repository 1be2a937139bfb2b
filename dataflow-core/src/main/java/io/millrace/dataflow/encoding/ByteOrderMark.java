package io.millrace.dataflow.encoding;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;

/**
 * What a file says itself about its encoding.
 *
 * @param charset the encoding that the mark says, or the declared one where there is no mark
 * @param length the number of bytes of the mark, 0 without one
 */
record ByteOrderMark(Charset charset, int length) {
    /** The mark at the start of a text. It goes before what was declared. */
    static ByteOrderMark of(Lookahead text, Charset declared) {
        if (text.startsWith(0xEF, 0xBB, 0xBF)) {
            return new ByteOrderMark(UTF_8, 3);
        }
        if (text.startsWith(0xFF, 0xFE, 0, 0)) {
            return new ByteOrderMark(Charset.forName("UTF-32LE"), 4);
        }
        if (text.startsWith(0, 0, 0xFE, 0xFF)) {
            return new ByteOrderMark(Charset.forName("UTF-32BE"), 4);
        }
        if (text.startsWith(0xFF, 0xFE)) {
            return new ByteOrderMark(UTF_16LE, 2);
        }
        if (text.startsWith(0xFE, 0xFF)) {
            return new ByteOrderMark(UTF_16BE, 2);
        }
        return new ByteOrderMark(declared, 0);
    }
}
