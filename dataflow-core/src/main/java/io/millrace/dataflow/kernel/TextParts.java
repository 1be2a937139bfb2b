package io.millrace.dataflow.kernel;

import io.millrace.dataflow.table.CellError.Code;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/** Parts of texts, and where they are. Positions and lengths count code points, from 0. */
final class TextParts {
    private TextParts() {}

    /** From a start, which counts from the end when it is negative, so many or all; what lies outside is left out. */
    static Kernel substring() {
        return RowByRow.of("substring", (arguments, row, target) -> {
            String text = arguments.string(0, row);
            long count = text.codePointCount(0, text.length());
            long start = arguments.int64(1, row);
            long from = start < 0 ? start + count : start;
            if (arguments.size() == 2) {
                return write(slice(text, from, count), target, row);
            }
            long length = arguments.int64(2, row);
            if (length < 0) {
                return Code.DOMAIN;
            }
            long end = from > Long.MAX_VALUE - length ? Long.MAX_VALUE : from + length;
            return write(slice(text, from, end), target, row);
        });
    }

    static Kernel left() {
        return RowByRow.of("left", (arguments, row, target) -> {
            long length = arguments.int64(1, row);
            return length < 0 ? Code.DOMAIN : write(slice(arguments.string(0, row), 0, length), target, row);
        });
    }

    static Kernel right() {
        return RowByRow.of("right", (arguments, row, target) -> {
            long length = arguments.int64(1, row);
            if (length < 0) {
                return Code.DOMAIN;
            }
            String text = arguments.string(0, row);
            long count = text.codePointCount(0, text.length());
            return write(slice(text, count - Math.min(count, length), count), target, row);
        });
    }

    /** The piece between separators; null where there are not so many. */
    static Kernel part() {
        return RowByRow.of("part", (arguments, row, target) -> {
            String text = arguments.string(0, row);
            String separator = arguments.string(1, row);
            int start = partStart(text, separator, arguments.int64(2, row));
            if (start < 0) {
                return null;
            }
            int end = separator.isEmpty() ? -1 : text.indexOf(separator, start);
            return write(text.substring(start, end < 0 ? text.length() : end), target, row);
        });
    }

    /** The piece and all after it, with the separators between them; null where there are not so many. */
    static Kernel partsFrom() {
        return RowByRow.of("parts_from", (arguments, row, target) -> {
            String text = arguments.string(0, row);
            int start = partStart(text, arguments.string(1, row), arguments.int64(2, row));
            return start < 0 ? null : write(text.substring(start), target, row);
        });
    }

    /** How often a text occurs, without overlaps; an empty one never. */
    static Kernel countOf() {
        return RowByRow.of("count_of", (arguments, row, target) -> {
            ((BigIntVector) target).set(row, count(arguments.string(0, row), arguments.string(1, row)));
            return null;
        });
    }

    /** Where a text begins; null where it does not occur. */
    static Kernel indexOf() {
        return RowByRow.of("index_of", (arguments, row, target) -> {
            String text = arguments.string(0, row);
            int index = text.indexOf(arguments.string(1, row));
            if (index >= 0) {
                ((BigIntVector) target).set(row, text.codePointCount(0, index));
            }
            return null;
        });
    }

    static @Nullable Code write(String text, FieldVector target, int row) {
        ((VarCharVector) target).setSafe(row, text.getBytes(StandardCharsets.UTF_8));
        return null;
    }

    /** The code points from one position up to another, as far as the text has them. */
    static String slice(String text, long from, long end) {
        int count = text.codePointCount(0, text.length());
        int first = (int) Math.max(0, Math.min(count, from));
        int last = (int) Math.max(first, Math.min(count, end));
        int start = text.offsetByCodePoints(0, first);
        return text.substring(start, text.offsetByCodePoints(start, last - first));
    }

    /** The character at which a piece starts, or -1. A negative index counts from the last piece, which is -1. */
    private static int partStart(String text, String separator, long index) {
        long ahead = index < 0 ? index + count(text, separator) + 1 : index;
        if (ahead < 0 || (separator.isEmpty() && ahead > 0)) {
            return -1;
        }
        int start = 0;
        for (; ahead > 0; ahead--) {
            int end = text.indexOf(separator, start);
            if (end < 0) {
                return -1;
            }
            start = end + separator.length();
        }
        return start;
    }

    private static long count(String text, String part) {
        long count = 0;
        if (!part.isEmpty()) {
            for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
                count++;
            }
        }
        return count;
    }
}
