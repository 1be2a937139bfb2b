package io.millrace.dataflow.csv;

import io.millrace.dataflow.csv.scan.ScanDialect;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.OrderedWorkers;
import io.millrace.dataflow.format.ColumnEvidence;
import io.millrace.dataflow.format.InferenceReport;
import io.millrace.dataflow.format.JudgedBlock;
import io.millrace.dataflow.format.JudgedReader;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges the types of the columns of CSV files in one pass and constant memory: every value of every record narrows the
 * types its column can have, to bool, int64, float64, date or timestamp; what fits none is text, and so is a column of
 * nulls.
 *
 * <p>Whole numbers beside fractions are float64, dates beside timestamps are timestamps. Text that a number would not
 * give back stays text: leading zeros, a leading plus, and whole numbers too large for the type. Days and times are
 * those of ISO 8601; any other order of day and month is ambiguous and stays text, and is reported. A decimal is never
 * inferred.
 *
 * <p>Blocks are judged on all threads of the reading, and their evidence joined in the order of the records.
 */
public final class CsvInference {
    /** Smaller files are judged at once. */
    private static final long FEWEST_BYTES = 1L << 22;

    private static final long GUESSED_FROM = 10_000;

    private final List<SourceFile> files;
    private final CsvOptions options;
    private final Reading reading;

    private CsvInference(List<SourceFile> files, CsvOptions options, Reading reading) {
        this.files = files;
        this.options = options;
        this.reading = reading;
    }

    /**
     * The columns of the files of a source, in the order in which they first appear, and what their types were judged
     * from. Declared options come first: a schema is given back as it is, without a read, and with {@code allText} only
     * headers are read.
     *
     * @throws DataflowException {@code EMPTY_SOURCE}; {@code MISSING_COLUMN} when the files do not have the same
     *     columns; {@code MALFORMED_ROW} and {@code INVALID_ENCODING} as when reading; what the source throws
     */
    public static InferenceReport report(Source source, CsvOptions options, Reading reading) {
        TextDialect.require(options);
        if (options.rowSchema().isPresent()) {
            return InferenceReport.of(options.rowSchema().get());
        }
        List<SourceFile> files = reading.access().list(source, reading.cancellation());
        if (files.isEmpty()) {
            throw DataflowException.of(ErrorCode.SOURCE_NOT_FOUND, "Cannot find a file at " + source.display());
        }
        return new CsvInference(files, options, reading).columns().report(source, options);
    }

    /**
     * The columns judged from the first records, where that is much less work than to judge all: the scanner must take
     * the dialect, and the files must be large. Never of a read with a quarantine, which writes while it reads.
     */
    static Optional<Schema> guess(Source source, List<SourceFile> files, CsvOptions options, Reading reading) {
        boolean isOpen = options.isInferred()
                && options.inferFrom().isEmpty()
                && !(options.errors() instanceof ErrorPolicy.Quarantine)
                && ScanDialect.of(options).isPresent();
        long bytes = files.stream().mapToLong(SourceFile::length).sum();
        return isOpen && bytes >= FEWEST_BYTES
                ? Optional.of(
                        report(source, options.inferFrom(GUESSED_FROM), reading).schema())
                : Optional.empty();
    }

    private InferredColumns columns() {
        InferredColumns columns = new InferredColumns(options.columns());
        long rest = options.isAllText() ? 0 : options.inferFrom().orElse(Long.MAX_VALUE);
        if (rest == Long.MAX_VALUE) {
            observeAll(columns);
            return columns;
        }
        for (int ordinal = 0; ordinal < files.size(); ordinal++) {
            try (JudgedReader reader = open(ordinal)) {
                columns.add(file(ordinal), reader.names());
                rest = observe(reader, ordinal, columns, rest);
            }
        }
        return columns;
    }

    /** Observes at most {@code rest} records of a file; gives how many more there may be. */
    private long observe(JudgedReader reader, int ordinal, InferredColumns columns, long rest) {
        long left = rest;
        while (left > 0) {
            JudgedBlock block = reader.next();
            if (block == null) {
                break;
            }
            ColumnEvidence[] evidence = evidence(ordinal, reader.names().size());
            left -= block.observe(evidence, left);
            block.account();
            columns.join(ordinal, evidence);
        }
        return left;
    }

    private void observeAll(InferredColumns columns) {
        try (Blocks blocks = new Blocks();
                OrderedWorkers<Share> workers =
                        new OrderedWorkers<>(blocks::next, unwanted -> {}, reading.threads(), reading.cancellation())) {
            int added = 0;
            for (Share share = workers.next(); share != null; share = workers.next()) {
                if (share.ordinal == added) {
                    columns.add(file(added), share.names);
                    added++;
                }
                if (share.block != null) {
                    share.block.account();
                }
                columns.join(share.ordinal, share.evidence);
            }
        }
    }

    private JudgedReader open(int ordinal) {
        return CsvScan.judged(files, ordinal, options, reading);
    }

    private String file(int ordinal) {
        return files.get(ordinal).display();
    }

    private ColumnEvidence[] evidence(int ordinal, int count) {
        return ColumnEvidence.ofColumns(file(ordinal), ordinal, count);
    }

    /** What a block says, or what the header of a file says, which comes before its blocks. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Share(
            int ordinal, List<String> names, @Nullable JudgedBlock block, ColumnEvidence[] evidence) {}

    /** The blocks of all files, one file after the other. The threads call it one at a time. */
    private final class Blocks implements AutoCloseable {
        private int ordinal = -1;
        private @Nullable JudgedReader open;

        @Nullable
        Supplier<Share> next() {
            while (true) {
                JudgedReader reader = open;
                if (reader == null) {
                    if (ordinal + 1 == files.size()) {
                        return null;
                    }
                    ordinal++;
                    JudgedReader opened = open(ordinal);
                    open = opened;
                    Share header = new Share(ordinal, opened.names(), null, new ColumnEvidence[0]);
                    return () -> header;
                }
                JudgedBlock block = reader.next();
                if (block != null) {
                    int of = ordinal;
                    List<String> names = reader.names();
                    return () -> {
                        ColumnEvidence[] evidence = evidence(of, names.size());
                        block.observe(evidence, Long.MAX_VALUE);
                        return new Share(of, names, block, evidence);
                    };
                }
                open = null;
                reader.close();
            }
        }

        @Override
        public void close() {
            JudgedReader reader = open;
            if (reader != null) {
                open = null;
                reader.close();
            }
        }
    }
}
