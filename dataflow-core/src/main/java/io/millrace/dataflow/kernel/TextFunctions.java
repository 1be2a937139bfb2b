package io.millrace.dataflow.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/**
 * Functions of text. Searches go over UTF-8 bytes, which is the same as over code points, as no code point's bytes begin
 * inside another's.
 */
final class TextFunctions {
    private static final byte[] EMPTY = new byte[0];

    private TextFunctions() {}

    static Kernel lower() {
        return ofString(text -> text.toLowerCase(Locale.ROOT));
    }

    static Kernel upper() {
        return ofString(text -> text.toUpperCase(Locale.ROOT));
    }

    static Kernel length() {
        return (arguments, target) -> {
            VarCharVector input = (VarCharVector) arguments.vector(0);
            BigIntVector result = (BigIntVector) target;
            for (int row = 0; row < arguments.rows(); row++) {
                int i = arguments.row(0, row);
                if (!input.isNull(i)) {
                    result.set(row, codePoints(input.get(i)));
                }
            }
            return arguments.errors();
        };
    }

    static Kernel contains() {
        return test((text, part) -> indexOf(text, part) >= 0);
    }

    static Kernel startsWith() {
        return test((text, part) -> matches(text, 0, part));
    }

    static Kernel endsWith() {
        return test((text, part) -> matches(text, text.length - part.length, part));
    }

    static Kernel before() {
        return ofBytes(texts -> {
            int index = indexOf(texts[0], texts[1]);
            return index < 0 ? texts[0] : Arrays.copyOf(texts[0], index);
        });
    }

    static Kernel after() {
        return ofBytes(texts -> {
            int index = indexOf(texts[0], texts[1]);
            return index < 0 ? null : Arrays.copyOfRange(texts[0], index + texts[1].length, texts[0].length);
        });
    }

    static Kernel replace() {
        return ofBytes(texts -> {
            if (texts[1].length == 0 || indexOf(texts[0], texts[1]) < 0) {
                return texts[0];
            }
            return string(texts[0]).replace(string(texts[1]), string(texts[2])).getBytes(StandardCharsets.UTF_8);
        });
    }

    static Kernel concat() {
        return ofBytes(texts -> {
            int length = 0;
            for (byte[] text : texts) {
                length = Math.addExact(length, text.length);
            }
            byte[] all = new byte[length];
            int end = 0;
            for (byte[] text : texts) {
                System.arraycopy(text, 0, all, end, text.length);
                end += text.length;
            }
            return all;
        });
    }

    private static Kernel ofString(UnaryOperator<String> function) {
        return ofBytes(texts -> function.apply(string(texts[0])).getBytes(StandardCharsets.UTF_8));
    }

    private static Kernel ofBytes(BytesFunction function) {
        return (arguments, target) -> {
            VarCharVector result = (VarCharVector) target;
            byte[][] texts = new byte[arguments.size()][];
            for (int argument = 0; argument < texts.length; argument++) {
                boolean known = arguments.isConstant(argument) && !arguments.isAbsent(argument, 0);
                texts[argument] = known ? text(arguments, argument, 0) : EMPTY;
            }
            for (int row = 0; row < arguments.rows(); row++) {
                if (!arguments.arePresent(row)) {
                    continue;
                }
                for (int argument = 0; argument < texts.length; argument++) {
                    if (!arguments.isConstant(argument)) {
                        texts[argument] = text(arguments, argument, row);
                    }
                }
                byte[] value = function.apply(texts);
                if (value != null) {
                    result.setSafe(row, value);
                }
            }
            return arguments.errors();
        };
    }

    private static Kernel test(BytesTest test) {
        return (arguments, target) -> {
            BitVector result = (BitVector) target;
            byte[] constant = arguments.isConstant(1) && !arguments.isAbsent(1, 0) ? text(arguments, 1, 0) : null;
            for (int row = 0; row < arguments.rows(); row++) {
                if (arguments.arePresent(row)) {
                    byte[] part = constant != null ? constant : text(arguments, 1, row);
                    result.set(row, test.test(text(arguments, 0, row), part) ? 1 : 0);
                }
            }
            return arguments.errors();
        };
    }

    private static byte[] text(Arguments arguments, int argument, int row) {
        return ((VarCharVector) arguments.vector(argument)).get(arguments.row(argument, row));
    }

    private static String string(byte[] text) {
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Counts the bytes that begin a code point. */
    private static long codePoints(byte[] text) {
        long count = 0;
        for (byte each : text) {
            count += (each & 0xC0) != 0x80 ? 1 : 0;
        }
        return count;
    }

    private static boolean matches(byte[] text, int from, byte[] part) {
        return from >= 0
                && from + part.length <= text.length
                && Arrays.equals(text, from, from + part.length, part, 0, part.length);
    }

    private static int indexOf(byte[] text, byte[] part) {
        for (int i = 0; i <= text.length - part.length; i++) {
            if (matches(text, i, part)) {
                return i;
            }
        }
        return -1;
    }

    @FunctionalInterface
    private interface BytesFunction {
        byte @Nullable [] apply(byte[][] texts);
    }

    @FunctionalInterface
    private interface BytesTest {
        boolean test(byte[] text, byte[] part);
    }
}
