package io.millrace.dataflow.table;

import java.util.ArrayList;
import java.util.List;

/**
 * The account of a read: every record is emitted or rejected, and every rejected one is counted.
 *
 * @param read records found
 * @param emitted records that became rows
 * @param rejected records that did not
 * @param rejections the first of the rejected records, and of those that became rows without the cells beyond their
 *     header; at most {@link #MOST_REJECTIONS} of a file, and at most {@link #MOST_TEXT} characters of the text of each
 */
public record ReadReport(long read, long emitted, long rejected, List<Rejection> rejections) {
    /** The most rejections that are kept in memory. */
    public static final int MOST_REJECTIONS = 1_000;

    /** The most characters of the text of a rejection that are kept in memory. */
    public static final int MOST_TEXT = 1_000;

    public ReadReport {
        rejections = rejections.stream()
                .limit(MOST_REJECTIONS)
                .map(rejection -> rejection.shortened(MOST_TEXT))
                .toList();
        if (read != emitted + rejected) {
            throw new IllegalArgumentException(
                    read + " records in, but " + emitted + " emitted and " + rejected + " rejected");
        }
    }

    /** Nothing read. */
    public static ReadReport empty() {
        return new ReadReport(0, 0, 0, List.of());
    }

    /** The account of both. */
    public ReadReport plus(ReadReport other) {
        List<Rejection> both = new ArrayList<>(rejections);
        both.addAll(other.rejections);
        return new ReadReport(read + other.read, emitted + other.emitted, rejected + other.rejected, both);
    }
}
