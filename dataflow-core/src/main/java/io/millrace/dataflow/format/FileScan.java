package io.millrace.dataflow.format;

import io.millrace.dataflow.schema.Schema;
import java.util.List;
import java.util.Optional;

/** What to read of some files of one format: their columns by name. Knows no open stream. Immutable. */
public interface FileScan {
    /** The columns of every batch. */
    Schema schema();

    /** The same scan for one read that also judges the columns of the files; empty where no scan of the format does. */
    default Optional<JudgingScan> judging() {
        return Optional.empty();
    }

    /**
     * The parts that may be read apart from each other. In this order, their rows are the rows of the scan. A file that
     * cannot be divided is one split, whatever its size.
     *
     * @param targetBytes about how large a split should be
     */
    List<Split> splits(Reading reading, long targetBytes);

    /**
     * What a split does to the state of the parser. Asked for splits that are followed by one whose start is not known.
     *
     * @throws io.millrace.dataflow.error.DataflowException what reading the source throws
     */
    default SplitSummary summary(Split split, Reading reading) {
        throw new IllegalStateException("the splits of this scan know their starts");
    }

    /**
     * Starts to read a split.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code EMPTY_SOURCE}; {@code MISSING_COLUMN}; what reading
     *     the source throws
     */
    SplitReader open(Split split, Reading reading);
}
