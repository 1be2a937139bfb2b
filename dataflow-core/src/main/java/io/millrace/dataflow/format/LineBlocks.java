package io.millrace.dataflow.format;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.ReadReport.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** The lines of a split in blocks, accounted for. */
public final class LineBlocks implements SplitReader {
    private static final int MOST_SHOWN = 10;

    private final LineReader lines;
    private final LineDecoder decoder;
    private final String file;
    private final ErrorPolicy policy;
    private final List<Rejection> rejections = new ArrayList<>();
    private long emitted;
    private long rejected;

    private LineBlocks(LineReader lines, LineDecoder decoder, String file, ErrorPolicy policy) {
        this.lines = lines;
        this.decoder = decoder;
        this.file = file;
        this.policy = policy;
    }

    /**
     * The blocks of lines, which are closed with them.
     *
     * @param file the name of their file in messages
     */
    public static LineBlocks of(LineReader lines, LineDecoder decoder, String file, ErrorPolicy policy) {
        return new LineBlocks(lines, decoder, file, policy);
    }

    @Override
    public @Nullable Block next() {
        Lines next = lines.next();
        return next == null ? null : new LineBlock(next);
    }

    @Override
    public ReadReport report() {
        return new ReadReport(emitted + rejected, emitted, rejected, rejections);
    }

    @Override
    public void close() {
        lines.close();
    }

    private void add(int rows, List<Rejection> fresh) {
        emitted += rows;
        rejected += fresh.size();
        for (Rejection rejection : fresh) {
            if (rejections.size() < ReadReport.MOST_REJECTIONS) {
                rejections.add(rejection);
            }
        }
        if (policy instanceof ErrorPolicy.Drop drop && rejected > drop.atMost()) {
            throw tooMany(drop.atMost());
        }
    }

    private DataflowException tooMany(long atMost) {
        List<String> details = new ArrayList<>();
        for (Rejection rejection : rejections.subList(0, Math.min(MOST_SHOWN, rejections.size()))) {
            details.add("line " + number(rejection.line()) + ": " + rejection.reason());
        }
        return DataflowException.of(
                ErrorCode.MALFORMED_ROW,
                "Cannot read " + file + ": " + number(rejected)
                        + (rejected == 1 ? " record is" : " records are") + " malformed, more than the "
                        + number(atMost) + " that may be dropped",
                details);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private final class LineBlock implements Block {
        private final Lines block;
        private int rows;
        private @Nullable List<Rejection> found;

        LineBlock(Lines block) {
            this.block = block;
        }

        @Override
        public Batch decode(BufferAllocator allocator) {
            LineDecoder.Decoded decoded = decoder.decode(block, allocator);
            rows = decoded.batch().rowCount();
            found = decoded.rejections();
            return decoded.batch();
        }

        /** Hands over what {@link #decode} found, perhaps on another thread: the queue of batches orders the two. */
        @Override
        public void account() {
            add(rows, Objects.requireNonNull(found, "decode comes first"));
        }
    }
}
