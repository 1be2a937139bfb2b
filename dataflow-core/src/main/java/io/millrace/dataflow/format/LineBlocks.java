package io.millrace.dataflow.format;

import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Rejection;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** The lines of a split in blocks, accounted for. */
public final class LineBlocks implements SplitReader {
    private final LineReader lines;
    private final LineDecoder decoder;
    private final RecordAccount account;

    private LineBlocks(LineReader lines, LineDecoder decoder, RecordAccount account) {
        this.lines = lines;
        this.decoder = decoder;
        this.account = account;
    }

    /**
     * The blocks of lines, which are closed with them.
     *
     * @param file the name of their file in messages
     */
    public static LineBlocks of(LineReader lines, LineDecoder decoder, String file, ErrorPolicy policy) {
        return new LineBlocks(lines, decoder, new RecordAccount(file, policy));
    }

    @Override
    public @Nullable Block next() {
        Lines next = lines.next();
        return next == null ? null : new LineBlock(next);
    }

    @Override
    public ReadReport report() {
        return account.report();
    }

    @Override
    public void keepRejections() {
        account.keep();
    }

    @Override
    public List<Rejection> takeRejections() {
        return account.take();
    }

    @Override
    public void close() {
        lines.close();
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
            List<Rejection> rejections = Objects.requireNonNull(found, "decode comes first");
            account.found((long) rows + rejections.size());
            account.emitted(rows);
            rejections.forEach(account::reject);
        }
    }
}
