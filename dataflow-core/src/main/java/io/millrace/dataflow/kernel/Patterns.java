package io.millrace.dataflow.kernel;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.CellError.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/** Regular expressions, as {@link Pattern} defines them. A text that takes too many steps is an error. */
final class Patterns {
    /** For texts on which a pattern's recursion overflows an ordinary stack. */
    private static final long LARGE_STACK = 256L << 20;

    private Patterns() {}

    /** Whether the pattern fits all of the text. */
    static Kernel matches(TypedExpr.Call call) {
        return test(call, (matcher, text) -> matcher.matches());
    }

    /** Whether the pattern fits somewhere in the text. */
    static Kernel containsMatch(TypedExpr.Call call) {
        return test(call, Patterns::finds);
    }

    /** What a group of the first match holds. */
    static Kernel extract(TypedExpr.Call call) {
        Object group = call.arguments().size() < 3 ? Long.valueOf(0) : Constants.value(call, 2);
        return of(
                call,
                (matcher, text) -> {
                    if (!finds(matcher, text)) {
                        return null;
                    }
                    return group instanceof Long number
                            ? matcher.group(number.intValue())
                            : matcher.group((String) group);
                },
                (value, target, row) -> TextParts.write(value, target, row));
    }

    /** What the named groups of the first match hold, each in the field of its name. */
    static Kernel extractGroups(TypedExpr.Call call) {
        List<String> names = ((DataType.Struct) call.type())
                .fields().stream().map(Field::name).toList();
        return of(
                call,
                (matcher, text) -> finds(matcher, text) ? groups(matcher, names) : null,
                (groups, target, row) -> {
                    StructVector struct = (StructVector) target;
                    struct.setIndexDefined(row);
                    for (int i = 0; i < names.size(); i++) {
                        String group = groups.get(i);
                        if (group != null) {
                            TextParts.write(group, (FieldVector) struct.getChildByOrdinal(i), row);
                        }
                    }
                });
    }

    private static List<@Nullable String> groups(Matcher matcher, List<String> names) {
        List<@Nullable String> groups = new ArrayList<>();
        names.forEach(name -> groups.add(matcher.group(name)));
        return groups;
    }

    /** The text with every match replaced. */
    static Kernel replacePattern(TypedExpr.Call call) {
        String replacement = Constants.text(call, 2);
        return of(
                call,
                (matcher, text) -> replaced(matcher, text, replacement),
                (value, target, row) -> TextParts.write(value, target, row));
    }

    private static String replaced(Matcher matcher, String text, String replacement) {
        StringBuilder result = new StringBuilder();
        while (finds(matcher, text)) {
            matcher.appendReplacement(result, replacement);
        }
        return matcher.appendTail(result).toString();
    }

    /** Goes to the next match. One that starts or ends between the two halves of a code point is none. */
    private static boolean finds(Matcher matcher, String text) {
        while (matcher.find()) {
            if (!isHalfway(text, matcher.start()) && !isHalfway(text, matcher.end())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHalfway(String text, int index) {
        return index > 0
                && index < text.length()
                && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
    }

    private static Kernel test(TypedExpr.Call call, Search<Boolean> test) {
        return of(call, test, (value, target, row) -> ((BitVector) target).set(row, value ? 1 : 0));
    }

    private static <T> Kernel of(TypedExpr.Call call, Search<T> search, Writer<T> writer) {
        Pattern pattern = Pattern.compile(Constants.text(call, 1));
        return RowByRow.ofText((arguments, row, target) -> {
            String text = arguments.string(0, row);
            try {
                write(found(pattern, text, search), writer, target, row);
                return null;
            } catch (LimitedText.Exhausted | StackOverflowError tooMuch) {
                return Code.MATCH_LIMIT;
            }
        });
    }

    private static <T> void write(@Nullable T value, Writer<T> writer, FieldVector target, int row) {
        if (value != null) {
            writer.write(value, target, row);
        }
    }

    /** Searches on this thread, and again on one with a large stack when that of this thread does not do. */
    private static <T> @Nullable T found(Pattern pattern, String text, Search<T> search) {
        try {
            return search.apply(pattern.matcher(new LimitedText(text)), text);
        } catch (StackOverflowError tooDeepHere) {
            FutureTask<@Nullable T> task =
                    new FutureTask<>(() -> search.apply(pattern.matcher(new LimitedText(text)), text));
            Thread thread = new Thread(null, task, "millrace-pattern", LARGE_STACK);
            thread.setDaemon(true);
            thread.start();
            return outcome(task, thread);
        }
    }

    private static <T> @Nullable T outcome(FutureTask<@Nullable T> task, Thread thread) {
        try {
            T found = task.get();
            // The thread is still ending when its task is done; who counts threads must not find it.
            thread.join();
            return found;
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw DataflowException.of(ErrorCode.CANCELLED, "Cannot go on: the thread was interrupted");
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof RuntimeException known ? known : new CompletionException(cause);
        }
    }

    @FunctionalInterface
    private interface Search<T> {
        @Nullable
        T apply(Matcher matcher, String text);
    }

    @FunctionalInterface
    private interface Writer<T> {
        void write(T value, FieldVector target, int row);
    }
}
