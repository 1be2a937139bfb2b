package io.millrace.dataflow.format;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The account of the records of one split, kept by its reader in the order of the records: how many there are, how many
 * became rows, and what is wrong with the others. Used by one thread at a time, but for {@link #take}.
 */
public final class RecordAccount {
    private static final int MOST_SHOWN = 10;

    private final String file;
    private final ErrorPolicy policy;
    private final List<String> advice;
    private final List<Rejection> first = new ArrayList<>();
    /** Those that nobody took yet; null when nobody wants them. */
    private @Nullable List<Rejection> kept;

    private long read;
    private long emitted;
    private long rejected;

    /**
     * An account of no records.
     *
     * @param file the name of the file in messages
     * @param advice the last lines of the message that too many records are rejected
     */
    public RecordAccount(String file, ErrorPolicy policy, String... advice) {
        this.file = file;
        this.policy = policy;
        this.advice = List.of(advice);
    }

    /** Counts records that were found, and are emitted or rejected before or after. */
    public void found(long records) {
        read += records;
    }

    /** Counts records that became rows. */
    public void emitted(long records) {
        emitted += records;
    }

    /**
     * Counts and notes a record that is left out.
     *
     * @throws DataflowException {@code MALFORMED_ROW} when more are left out than the policy allows
     */
    public void reject(Rejection rejection) {
        rejected++;
        note(rejection);
        if (policy instanceof ErrorPolicy.Drop drop && rejected > drop.atMost()) {
            throw tooMany(drop.atMost());
        }
    }

    /**
     * Counts records that a reader was told to leave out, so that no policy limits them.
     *
     * @param which the first of them
     */
    public void leftOut(long records, Rejection which) {
        read += records;
        rejected += records;
        note(which);
    }

    /** Notes what is wrong with a record that is a row nevertheless. */
    public void note(Rejection rejection) {
        if (first.size() < ReadReport.MOST_REJECTIONS) {
            first.add(rejection.shortened(ReadReport.MOST_TEXT));
        }
        keep(rejection);
    }

    /** Keeps every rejection from now on until it is taken. */
    public synchronized void keep() {
        kept = new ArrayList<>();
    }

    private synchronized void keep(Rejection rejection) {
        if (kept != null) {
            kept.add(rejection);
        }
    }

    /** The rejections since this was last asked; empty unless they are kept. */
    public synchronized List<Rejection> take() {
        List<Rejection> taken = kept;
        if (taken == null || taken.isEmpty()) {
            return List.of();
        }
        kept = new ArrayList<>();
        return taken;
    }

    /**
     * The account so far.
     *
     * @throws IllegalStateException when a record that was found is neither emitted nor rejected
     */
    public ReadReport report() {
        if (read != emitted + rejected) {
            throw new IllegalStateException("of " + read + " records of " + file + ", " + emitted + " were emitted and "
                    + rejected + " rejected");
        }
        return new ReadReport(read, emitted, rejected, first);
    }

    private DataflowException tooMany(long atMost) {
        List<String> details = new ArrayList<>();
        for (Rejection rejection : first.subList(0, Math.min(MOST_SHOWN, first.size()))) {
            details.add(rejection.place().words() + ": " + rejection.reason());
        }
        details.addAll(advice);
        return DataflowException.of(
                ErrorCode.MALFORMED_ROW,
                String.format(
                        Locale.ROOT,
                        "Cannot read %s: %,d %s malformed, more than the %,d that may be dropped",
                        file,
                        rejected,
                        rejected == 1 ? "record is" : "records are",
                        atMost),
                details);
    }
}
