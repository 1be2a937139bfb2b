package io.millrace.dataflow.execution;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A share of memory that one piece of work may use, in bytes, taken from the share of what it is part of. Operators
 * that hold rows reserve before they hold, so that a run ends with a clear error instead of a dying process.
 * Thread-safe.
 */
public final class MemoryReservation implements AutoCloseable {
    private final String owner;
    private final long limit;
    private final @Nullable MemoryReservation parent;
    private final AtomicLong reserved = new AtomicLong();

    private MemoryReservation(String owner, long limit, @Nullable MemoryReservation parent) {
        this.owner = owner;
        this.limit = limit;
        this.parent = parent;
    }

    /** The memory of a whole run: at most {@code bytes}. */
    public static MemoryReservation ofBytes(long bytes) {
        return new MemoryReservation("run", bytes, null);
    }

    /** A share for one owner, limited by this one. Closing it gives back what it holds. */
    public MemoryReservation child(String childOwner) {
        return new MemoryReservation(childOwner, limit, this);
    }

    /**
     * Takes {@code bytes} more.
     *
     * @throws DataflowException {@code OUT_OF_MEMORY}, with nothing taken
     */
    public void reserve(long bytes) {
        // What is refused is never added, not even for a moment: it would refuse what others ask for.
        long before = reserved.getAndUpdate(held -> fits(held, bytes) ? held + bytes : held);
        if (!fits(before, bytes)) {
            throw DataflowException.of(
                    ErrorCode.OUT_OF_MEMORY,
                    "Cannot hold " + mebibytes(before + bytes) + " for " + owner + ": the limit is " + mebibytes(limit),
                    "Give the process more memory, filter or select columns earlier, or run on Spark");
        }
        if (parent != null) {
            try {
                parent.reserve(bytes);
            } catch (DataflowException refused) {
                reserved.addAndGet(-bytes);
                throw refused;
            }
        }
    }

    private boolean fits(long held, long more) {
        return more <= limit - held;
    }

    /** Gives back {@code bytes}. */
    public void release(long bytes) {
        reserved.addAndGet(-bytes);
        if (parent != null) {
            parent.release(bytes);
        }
    }

    /** The bytes held. */
    public long reserved() {
        return reserved.get();
    }

    /** The bytes that may still be taken, here and where this is a share of. */
    public long available() {
        long own = limit - reserved.get();
        return parent == null ? own : Math.min(own, parent.available());
    }

    /** The most bytes that may be held. */
    public long limit() {
        return limit;
    }

    /** Gives back everything held. */
    @Override
    public void close() {
        release(reserved.get());
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MiB", (bytes + (1 << 20) - 1) >> 20);
    }
}
