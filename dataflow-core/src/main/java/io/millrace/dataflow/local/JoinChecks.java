package io.millrace.dataflow.local;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.table.Batch;
import org.jspecify.annotations.Nullable;

/** Sees to it that the inputs of a join have as many rows with one key as are expected. */
final class JoinChecks implements AutoCloseable {
    private final @Nullable UniqueKeys lefts;
    private final @Nullable UniqueKeys rights;

    /** The checks of a step as {@code explain} shows it. */
    JoinChecks(Operator.Join join, String text, Run run) {
        this.lefts = join.expected().isLeftUnique() ? new UniqueKeys("left", join.leftKeys(), text, run) : null;
        this.rights = join.expected().isRightUnique() ? new UniqueKeys("right", join.rightKeys(), text, run) : null;
    }

    /** Whether there is anything to look at. */
    boolean areExpected() {
        return lefts != null || rights != null;
    }

    /**
     * Looks at rows of the left input, which is closed on failure.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code DUPLICATE_KEY}
     */
    void left(Batch batch) {
        check(lefts, batch);
    }

    /**
     * Looks at rows of the right input, which is closed on failure.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code DUPLICATE_KEY}
     */
    void right(Batch batch) {
        check(rights, batch);
    }

    private static void check(@Nullable UniqueKeys keys, Batch batch) {
        if (keys != null) {
            try {
                keys.check(batch);
            } catch (RuntimeException | Error failure) {
                batch.close();
                throw failure;
            }
        }
    }

    /** Says that the left input has ended. */
    void endLeft() {
        if (lefts != null) {
            lefts.end();
        }
    }

    /** Says that the right input has ended. */
    void endRight() {
        if (rights != null) {
            rights.end();
        }
    }

    @Override
    public void close() {
        if (lefts != null) {
            lefts.close();
        }
        if (rights != null) {
            rights.close();
        }
    }
}
