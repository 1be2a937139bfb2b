package io.millrace.dataflow.kernel;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;

/**
 * A text that a pattern may look at only so often. A pattern can take time exponential in the length of a text; counting
 * looks instead of time ends that at the same place on every machine.
 */
final class LimitedText implements CharSequence {
    private static final long FIRST_LOOKS = 200_000;
    private static final long LOOKS_PER_UNIT = 1_000;
    private static final int CHECK_EVERY = 1 << 16;

    private final String text;
    private long left;

    LimitedText(String text) {
        this.text = text;
        this.left = FIRST_LOOKS + LOOKS_PER_UNIT * text.length();
    }

    @Override
    public char charAt(int index) {
        left--;
        if (left < 0) {
            throw new Exhausted();
        }
        if (left % CHECK_EVERY == 0 && Thread.currentThread().isInterrupted()) {
            throw DataflowException.of(ErrorCode.CANCELLED, "Cannot go on: the thread was interrupted");
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    /** The text was looked at too often. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Exhausted() {
            super("too many steps", null, false, false);
        }
    }
}
