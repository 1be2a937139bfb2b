package io.millrace.dataflow.csv;

import io.millrace.dataflow.encoding.Utf8Stream;
import io.millrace.dataflow.encoding.Utf8Stream.Malformed;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The characters of one file as the tokeniser takes them.
 *
 * <p>Decoded without ever replacing a byte, and freed of the lines to skip. Every line end outside
 * quotes, be it CRLF, LF or CR, is one line feed, and the last line has one too; line ends inside quotes are left as
 * they are. A quote that is still open at the end is an error that names the line where it opened.
 *
 * <p>Three kinds of lone surrogates, which no decoder yields, carry what the tokeniser has no notion of:
 * {@link #QUOTED} follows each opening quote where that was asked for, {@link #DELIMITER} stands for each delimiter of
 * several characters, and a byte that is no text becomes {@link #FIRST_BYTE} plus its value unless the policy is to fail.
 */
final class DecodedText extends Reader {
    /** Follows the opening quote of each cell, if asked for. */
    static final char QUOTED = '\uDFFF';

    /** Stands for the byte 0 that is no text; the 255 characters after it for the other bytes. */
    static final char FIRST_BYTE = '\uDC00';

    /** Stands for a delimiter of several characters. */
    static final char DELIMITER = '\uDFFE';

    private static final int BUFFER_SIZE = 1 << 16;
    private static final int MARK_LENGTH = 3;
    private static final int NO_COMMENT = -1;

    private static final int RECORD_START = 0;
    private static final int CELL_START = 1;
    private static final int UNQUOTED = 2;
    private static final int COMMENT = 3;
    private static final int QUOTE_IN_QUOTED = 4;
    private static final int SPACE_AFTER_QUOTE = 5;
    /** After a doubled quote in a cell with a stray one. A delimiter or line end closes such a cell. */
    private static final int PAIR_AFTER_STRAY = 6;
    /** From here on a line end is part of the cell. */
    private static final int INSIDE = 7;

    private static final int ESCAPED = 8;

    private final Utf8Stream input;
    private final String file;
    private final char delimiter;
    private final @Nullable LongDelimiter longDelimiter;
    private final char quote;
    private final char escape;
    private final int comment;
    private final boolean markQuoted;
    private final boolean keepMalformed;

    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_SIZE).limit(0);
    private final CharBuffer decoded = CharBuffer.allocate(BUFFER_SIZE).limit(0);
    private final CharsetDecoder decoder;
    private long bytesBefore;
    private boolean endOfInput;
    private boolean endOfText;
    private @Nullable DataflowException failure;
    private @Nullable Malformed malformed;
    private boolean sawMalformed;

    private int state = RECORD_START;
    private boolean stray;
    private boolean skipLineFeed;
    private boolean markPending;
    private char last = '\n';
    private long line = 1;
    private long quoteLine;
    private boolean atNul;
    private final LongQueue recordLines = new LongQueue();

    private DecodedText(Utf8Stream input, String file, CsvOptions options) {
        this.input = input;
        this.file = file;
        TextDialect dialect = TextDialect.of(options);
        this.delimiter = dialect.delimiter();
        this.longDelimiter = dialect.longDelimiter().map(LongDelimiter::new).orElse(null);
        this.quote = dialect.quote();
        this.escape = dialect.escape();
        this.comment = options.comment().map(Integer::valueOf).orElse(NO_COMMENT);
        this.markQuoted = marksQuoted(options);
        this.keepMalformed = !(options.errors() instanceof ErrorPolicy.Fail);
        this.bytesBefore = input.markLength();
        this.decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        skipLines(options.skipRows());
    }

    /** Whether {@link #QUOTED} follows each opening quote with these options. */
    static boolean marksQuoted(CsvOptions options) {
        return !options.nullTokens().isEmpty() || !options.nullTokensByColumn().isEmpty();
    }

    /** The text of a file as it is stored, whose stream is closed with it. */
    static DecodedText of(InputStream stored, String file, CsvOptions options) {
        return new DecodedText(Utf8Stream.open(stored, file, options.encoding()), file, options);
    }

    /** What ended the text early, or null. */
    @Nullable
    DataflowException failure() {
        return failure;
    }

    /** Whether bytes that are no text were seen so far, which for a reader ahead of the records may be behind them. */
    boolean sawMalformed() {
        return sawMalformed;
    }

    /** The line on which the next record begins that was not asked for so far, the first of the file being 1. */
    long takeRecordLine() {
        return recordLines.isEmpty() ? line : recordLines.take();
    }

    @Override
    public int read(char[] target, int offset, int length) {
        if (failure != null) {
            throw failure;
        }
        try {
            int written = fill(target, offset, length);
            return written == 0 && length > 0 ? -1 : written;
        } catch (DataflowException failed) {
            failure = failed;
            throw failed;
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private int fill(char[] target, int offset, int length) {
        int out = offset;
        int end = offset + length;
        while (out < end) {
            if (!decoded.hasRemaining() && !decode()) {
                if (out > offset) {
                    break;
                }
                if (malformed != null) {
                    throw malformedText(malformed);
                }
                return finish(target, offset);
            }
            out = convert(target, out, end);
            if (atNul) {
                if (out == offset) {
                    throw nulCharacter();
                }
                break;
            }
        }
        if (out > offset) {
            last = target[out - 1];
        }
        return out - offset;
    }

    /** Moves characters from the decoded ones to the target until either ends. */
    private int convert(char[] target, int start, int end) {
        char[] source = decoded.array();
        int in = decoded.position();
        int limit = decoded.limit();
        int out = start;
        while (in < limit && out < end) {
            if (markPending) {
                target[out++] = QUOTED;
                markPending = false;
                continue;
            }
            if (state == UNQUOTED || state == INSIDE) {
                // The run of characters that change nothing, most of any file.
                char first = state == INSIDE ? quote : delimiter;
                char second = state == INSIDE ? escape : delimiter;
                int most = in + Math.min(limit - in, end - out);
                while (in < most && source[in] > '\r' && source[in] != first && source[in] != second) {
                    target[out++] = source[in++];
                }
                if (in == most) {
                    continue;
                }
            }
            char c = source[in++];
            if (c <= '\r') {
                if (c == '\n' && skipLineFeed) {
                    skipLineFeed = false;
                    continue;
                }
                if (c == '\r' && state < INSIDE) {
                    c = '\n';
                    skipLineFeed = true;
                } else {
                    skipLineFeed = false;
                    if (c == 0) {
                        if (!keepMalformed) {
                            atNul = true;
                            decoded.position(in - 1);
                            return out;
                        }
                        sawMalformed = true;
                        c = FIRST_BYTE;
                    }
                }
                if (c == '\n') {
                    line++;
                }
            } else {
                skipLineFeed = false;
            }
            state = next(c);
            target[out++] = c;
        }
        decoded.position(in);
        return out;
    }

    private int next(char c) {
        return switch (state) {
            case RECORD_START -> recordStart(c);
            case CELL_START -> cellStart(c);
            case UNQUOTED -> c == delimiter ? CELL_START : c == '\n' ? RECORD_START : UNQUOTED;
            case COMMENT -> c == '\n' ? RECORD_START : COMMENT;
            case INSIDE -> c == quote ? QUOTE_IN_QUOTED : c == escape ? ESCAPED : INSIDE;
            case ESCAPED -> INSIDE;
            default -> afterQuote(c);
        };
    }

    private int recordStart(char c) {
        if (c == comment) {
            return COMMENT;
        }
        recordLines.add(c == '\n' ? line - 1 : line);
        return cellStart(c);
    }

    private int cellStart(char c) {
        if (c == quote) {
            quoteLine = line;
            stray = false;
            markPending = markQuoted;
            return INSIDE;
        }
        return c == delimiter ? CELL_START : c == '\n' ? RECORD_START : UNQUOTED;
    }

    private int afterQuote(char c) {
        if (c == delimiter) {
            return CELL_START;
        }
        if (c == '\n') {
            return RECORD_START;
        }
        if (c == quote) {
            if (state == QUOTE_IN_QUOTED && quote == escape) {
                return stray ? PAIR_AFTER_STRAY : INSIDE;
            }
            return QUOTE_IN_QUOTED;
        }
        if (c <= ' ' && state != PAIR_AFTER_STRAY) {
            return SPACE_AFTER_QUOTE;
        }
        stray = stray || state == QUOTE_IN_QUOTED;
        return INSIDE;
    }

    private int finish(char[] target, int offset) {
        if (state >= INSIDE) {
            throw DataflowException.of(
                    ErrorCode.MALFORMED_ROW,
                    "Cannot read " + file + ": the quote opened on line " + number(quoteLine) + " is never closed",
                    "The cell would run to the end of the file, line " + number(last == '\n' ? line - 1 : line),
                    "Close or double the quote, or set another quote character");
        }
        if (last == '\n') {
            return 0;
        }
        last = '\n';
        target[offset] = '\n';
        return 1;
    }

    /** Decodes some more characters; false at the end of the text or before bytes that are no text. */
    private boolean decode() {
        while (malformed == null && !endOfText) {
            decodeSome();
            if (longDelimiter != null) {
                longDelimiter.replaceIn(decoded, endOfText || malformed != null);
            }
            if (decoded.hasRemaining()) {
                return true;
            }
        }
        return false;
    }

    private void decodeSome() {
        decoded.clear();
        int held = longDelimiter == null ? 0 : longDelimiter.giveBack(decoded);
        while (decoded.position() == held) {
            CoderResult result = decoder.decode(bytes, decoded, endOfInput);
            if (result.isError()) {
                if (decoded.remaining() < result.length()) {
                    break;
                }
                if (!keepMalformed) {
                    malformed = describe(result.length());
                    break;
                }
                if (bytes.remaining() < MARK_LENGTH && !endOfInput) {
                    refill();
                    continue;
                }
                sawMalformed = true;
                putMalformed(result.length());
            } else if (endOfInput && result.isUnderflow()) {
                decoder.flush(decoded);
                endOfText = true;
                break;
            } else if (decoded.position() == held) {
                refill();
            }
        }
        decoded.flip();
    }

    private void putMalformed(int length) {
        OptionalInt marked = input.isUtf8()
                ? OptionalInt.empty()
                : Utf8Stream.marked(bytes.array(), bytes.position(), bytes.limit());
        if (marked.isPresent()) {
            bytes.position(bytes.position() + MARK_LENGTH);
            decoded.put((char) (FIRST_BYTE + marked.getAsInt()));
            return;
        }
        for (int i = 0; i < length; i++) {
            decoded.put((char) (FIRST_BYTE + (bytes.get() & 0xff)));
        }
    }

    private Malformed describe(int length) {
        return input.firstMalformed()
                .orElseGet(() -> Malformed.of(bytes.array(), bytes.position(), length, bytesBefore + bytes.position()));
    }

    private void refill() {
        bytesBefore += bytes.position();
        bytes.compact();
        try {
            int count = input.read(bytes.array(), bytes.position(), bytes.remaining());
            if (count < 0) {
                endOfInput = true;
            } else {
                bytes.position(bytes.position() + count);
            }
        } catch (IOException failed) {
            throw DataflowException.of(ErrorCode.IO_FAILED, "Cannot read " + file + ": " + failed.getMessage())
                    .causedBy(failed);
        }
        bytes.flip();
    }

    private void skipLines(long count) {
        while (line <= count) {
            if (!decoded.hasRemaining() && !decode()) {
                break;
            }
            char c = decoded.get();
            if (c == '\r' || (c == '\n' && last != '\r')) {
                line++;
            }
            last = c;
        }
        skipLineFeed = last == '\r';
        last = '\n';
    }

    private DataflowException malformedText(Malformed found) {
        return DataflowException.of(
                ErrorCode.INVALID_ENCODING,
                "Cannot read line " + number(line) + " of " + file + ": " + found.bytes() + " at offset "
                        + number(found.offset()) + (input.isPacked() ? " of what it holds" : " of the file") + " is no "
                        + input.charset() + " text",
                "Set the encoding of the file, for example windows-1252, or csv.errors(...) to go on without such records");
    }

    private DataflowException nulCharacter() {
        return DataflowException.of(
                ErrorCode.INVALID_ENCODING,
                "Cannot read line " + number(line) + " of " + file + ": it holds a NUL character, so it is no "
                        + input.charset() + " text",
                "Set the encoding of the file if it is a CSV file, for example UTF-16LE");
    }

    /** A number with commas between thousands. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Numbers in the order they came in. */
    private static final class LongQueue {
        private long[] numbers = new long[256];
        private int start;
        private int end;

        boolean isEmpty() {
            return start == end;
        }

        void add(long number) {
            if (end == numbers.length) {
                int size = end - start;
                long[] target = size > numbers.length / 2 ? new long[numbers.length * 2] : numbers;
                System.arraycopy(numbers, start, target, 0, size);
                numbers = target;
                start = 0;
                end = size;
            }
            numbers[end++] = number;
        }

        long take() {
            return numbers[start++];
        }
    }

    /** Whether a cell holds bytes that are no text. */
    static boolean isMalformed(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            if (isByte(cell, i)) {
                return true;
            }
        }
        return false;
    }

    /** A cell with each byte that is no text written as {@code \xE9}. */
    static String printable(String cell) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < cell.length(); i++) {
            if (isByte(cell, i)) {
                text.append(String.format(Locale.ROOT, "\\x%02X", cell.charAt(i) - FIRST_BYTE));
            } else {
                text.append(cell.charAt(i));
            }
        }
        return text.toString();
    }

    private static boolean isByte(String cell, int i) {
        char c = cell.charAt(i);
        return c >= FIRST_BYTE && c <= FIRST_BYTE + 0xff && (i == 0 || !Character.isHighSurrogate(cell.charAt(i - 1)));
    }
}
