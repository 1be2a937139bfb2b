package io.millrace.dataflow.lines;

import io.millrace.dataflow.format.Lines;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import org.jspecify.annotations.Nullable;

/** The text of lines in an encoding. Used by one thread. */
final class LineText {
    private final Charset encoding;
    private final CharsetDecoder decoder;

    LineText(Charset encoding) {
        this.encoding = encoding;
        this.decoder = encoding.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** The text of a line, or null when its bytes are none. */
    @Nullable
    String of(Lines lines, int line) {
        try {
            return decoder.decode(bytes(lines, line)).toString();
        } catch (CharacterCodingException malformed) {
            return null;
        }
    }

    /** The text of a line with a replacement character for what is no text. */
    String printable(Lines lines, int line) {
        return encoding.decode(bytes(lines, line)).toString();
    }

    private static ByteBuffer bytes(Lines lines, int line) {
        return ByteBuffer.wrap(lines.bytes(), lines.start(line), lines.length(line));
    }
}
