package io.millrace.dataflow;

import java.security.CodeSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The user's line that is asking for a step: the first one that is not part of this library. */
final class Origin {
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final String OURS = Origin.class.getPackageName();
    private static final @Nullable CodeSource LIBRARY = codeSource(Origin.class);

    /** Remembered by class, since every step asks of the same few. */
    private static final ClassValue<Boolean> IS_OURS = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isOurs(type);
        }
    };

    private Origin() {}

    static Optional<StackTraceElement> find() {
        return STACK.walk(frames -> frames.filter(frame -> !IS_OURS.get(frame.getDeclaringClass()))
                .findFirst()
                .map(StackWalker.StackFrame::toStackTraceElement));
    }

    /** By package and by where the class was loaded from, for users may have packages below ours, and tests are in ours. */
    private static boolean isOurs(Class<?> type) {
        String name = type.getPackageName();
        return (name.equals(OURS) || name.startsWith(OURS + ".")) && Objects.equals(codeSource(type), LIBRARY);
    }

    private static @Nullable CodeSource codeSource(Class<?> type) {
        return type.getProtectionDomain().getCodeSource();
    }
}
