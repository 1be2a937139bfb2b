package io.millrace.dataflow.csv;

import io.millrace.dataflow.kernel.CellOutput;
import io.millrace.dataflow.source.CsvOptions;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which cells need quotes to be read back, and their text inside of quotes. Works on UTF-8. A cell that holds the first
 * byte of a longer delimiter is quoted too, which changes nothing for who reads it.
 */
final class CellQuotes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;
    private static final long ONES = 0x0101_0101_0101_0101L;
    /** Added to the low bits of a byte it reaches the high one for all but those up to a carriage return. */
    private static final long ABOVE_CONTROLS = ONES * (0x80 - '\r' - 1);

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final byte[] delimiter;
    /** Empty where there is no quote. */
    private final byte[] quote;

    private final byte[] escape;
    private final byte[] comment;
    /** For each column. */
    private final byte[][][] nullTokens;

    private final long delimiters;
    private final long quotes;
    private byte[] scratch = new byte[64];

    CellQuotes(CsvOptions options, List<String> names) {
        TextDialect.require(options);
        this.delimiter = options.delimiter().getBytes(StandardCharsets.UTF_8);
        this.quote = utf8(options.quote());
        this.escape = utf8(options.escape().or(options::quote));
        this.comment = utf8(options.comment());
        this.nullTokens = new byte[names.size()][][];
        for (int column = 0; column < nullTokens.length; column++) {
            List<String> ofColumn = options.nullTokensByColumn().getOrDefault(names.get(column), List.of());
            nullTokens[column] = Stream.concat(options.nullTokens().stream(), ofColumn.stream())
                    .map(token -> token.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
        }
        this.delimiters = ONES * (delimiter[0] & 0xff);
        this.quotes = ONES * ((quote.length == 0 ? delimiter : quote)[0] & 0xff);
    }

    private static byte[] utf8(Optional<Character> character) {
        return character.map(String::valueOf).orElse("").getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes between cells. */
    byte[] delimiter() {
        return delimiter;
    }

    /** The bytes around an empty cell that is no null; none where there is no quote. */
    byte[] quote() {
        return quote;
    }

    /**
     * Whether no number, date or truth value of a column needs quotes, as no null token can be one and nothing in them
     * has a meaning.
     */
    boolean leavesValues(int column) {
        return nullTokens[column].length == 0 && !isOfValues(delimiter) && !isOfValues(quote) && !isOfValues(comment);
    }

    private static boolean isOfValues(byte[] character) {
        int first = character.length == 0 ? ' ' : character[0];
        return Character.isLetterOrDigit(first) || first == '+' || first == '-' || first == '.' || first == ':';
    }

    /**
     * Puts the cell that was appended last, from {@code from} on, into quotes if it needs them.
     *
     * @return false if it needs them and there is no quote
     */
    boolean quote(CellOutput output, int from, int column) {
        if (!isNeeded(output.bytes(), from, output.size(), column)) {
            return true;
        }
        if (quote.length == 0) {
            return false;
        }
        int length = output.size() - from;
        if (scratch.length < length) {
            scratch = new byte[2 * length];
        }
        System.arraycopy(output.bytes(), from, scratch, 0, length);
        output.cut(from);
        output.put(quote, 0, quote.length);
        int copied = 0;
        for (int i = 0; i < length; ) {
            int special =
                    startsWith(quote, i, length) ? quote.length : startsWith(escape, i, length) ? escape.length : 0;
            if (special > 0) {
                output.put(scratch, copied, i);
                output.put(escape, 0, escape.length);
                copied = i;
            }
            i += Math.max(1, special);
        }
        output.put(scratch, copied, length);
        output.put(quote, 0, quote.length);
        return true;
    }

    private boolean startsWith(byte[] start, int at, int length) {
        return scratch[at] == start[0]
                && at + start.length <= length
                && (start.length == 1 || Arrays.equals(scratch, at, at + start.length, start, 0, start.length));
    }

    private boolean isNeeded(byte[] bytes, int from, int to, int column) {
        if (from == to || holdsSpecial(bytes, from, to)) {
            return true;
        }
        if (bytes[from] == MARK[0] && startsWith(bytes, from, to, MARK)) {
            return true;
        }
        if (column == 0 && comment.length > 0 && startsWith(bytes, from, to, comment)) {
            return true;
        }
        for (byte[] token : nullTokens[column]) {
            if (Arrays.equals(bytes, from, to, token, 0, token.length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] start) {
        return to - from >= start.length && Arrays.equals(bytes, from, from + start.length, start, 0, start.length);
    }

    private boolean holdsSpecial(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, at);
            long noControls = (((eight & LOW_BITS) + ABOVE_CONTROLS) | eight);
            if ((noControls & zeroFree(eight ^ delimiters) & zeroFree(eight ^ quotes) & ~LOW_BITS) != ~LOW_BITS) {
                if (holdsSpecialByte(bytes, at, at + Long.BYTES)) {
                    return true;
                }
            }
        }
        return holdsSpecialByte(bytes, at, to);
    }

    /** The high bit of every byte that is not zero. */
    private static long zeroFree(long bytes) {
        return ((bytes & LOW_BITS) + LOW_BITS) | bytes;
    }

    private boolean holdsSpecialByte(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == delimiter[0] || (quote.length > 0 && b == quote[0]) || b == '\n' || b == '\r') {
                return true;
            }
        }
        return false;
    }
}
