package io.millrace.dataflow.lines;

import io.millrace.dataflow.encoding.Utf8Stream;
import io.millrace.dataflow.format.Lines;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The text of lines that are in an encoding. Used by one thread. */
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

    /** The text of a line, with what is no text written as {@code \xE9}, or as a replacement character in a divided file of another encoding. */
    String printable(Lines lines, int line) {
        return encoding.equals(StandardCharsets.UTF_8)
                ? Utf8Stream.printable(lines.bytes(), lines.start(line), lines.start(line) + lines.length(line))
                : encoding.decode(bytes(lines, line)).toString();
    }

    private static ByteBuffer bytes(Lines lines, int line) {
        return ByteBuffer.wrap(lines.bytes(), lines.start(line), lines.length(line));
    }
}
