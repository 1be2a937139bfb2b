package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.encoding.Utf8Stream;
import io.millrace.dataflow.format.ColumnEvidence;
import io.millrace.dataflow.format.JudgedBlock;
import io.millrace.dataflow.format.JudgedReader;
import io.millrace.dataflow.format.RecordAccount;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** The rows of a file, a block for each chunk. A block waits for those before it, see {@link Chunk}. */
public final class ScanReader implements JudgedReader {
    private final ChunkReader chunks;
    private final Utf8Stream text;
    private final RecordShape shape;
    private final Columns columns;
    private final RecordAccount account;
    private @Nullable Supplier<ColumnEvidence[]> evidence;
    private @Nullable Consumer<ColumnEvidence[]> told;

    /**
     * The columns to make.
     *
     * @param names those of all columns of the file, in its order
     * @param schema their names and types
     * @param positions the place of the cells of each in its record, from 0; negative for a column of nulls
     * @param origin where they come from
     */
    public record Columns(List<String> names, Schema schema, List<Integer> positions, CellOrigin origin) {
        public Columns {
            names = List.copyOf(names);
            positions = List.copyOf(positions);
        }
    }

    /** The rows of chunks of a text, which are closed with them. */
    public ScanReader(ChunkReader chunks, Utf8Stream text, RecordShape shape, Columns columns) {
        this.chunks = chunks;
        this.text = text;
        this.shape = shape;
        this.columns = columns;
        this.account = shape.account();
    }

    @Override
    public List<String> names() {
        return columns.names;
    }

    @Override
    public @Nullable JudgedBlock next() {
        Chunk chunk = chunks.next();
        return chunk == null ? null : new ChunkBlock(chunk);
    }

    /** The same, whose blocks tell {@code told} of all columns of the file, in their order, when they are accounted for. */
    public ScanReader telling(Supplier<ColumnEvidence[]> evidence, Consumer<ColumnEvidence[]> told) {
        this.evidence = evidence;
        this.told = told;
        return this;
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
        chunks.close();
    }

    private final class ChunkBlock implements JudgedBlock {
        private final Chunk chunk;
        private @Nullable KeptRecords kept;
        private ColumnEvidence @Nullable [] found;

        ChunkBlock(Chunk chunk) {
            this.chunk = chunk;
        }

        @Override
        public Batch decode(BufferAllocator allocator) {
            try (ChunkRecords records = chunk.records()) {
                KeptRecords judged = shape.judge(records, text);
                records.check();
                kept = judged;
                Supplier<ColumnEvidence[]> asked = evidence;
                if (asked != null) {
                    ColumnEvidence[] seen = asked.get();
                    new CellObserver(chunks.bench().dialect).observe(judged, seen, judged.rows());
                    found = seen;
                }
                return batch(judged, allocator);
            }
        }

        @Override
        public int observe(ColumnEvidence[] byPosition, long most) {
            try (ChunkRecords records = chunk.records()) {
                KeptRecords judged = shape.judge(records, text);
                records.check();
                kept = judged;
                int count = (int) Math.min(most, judged.rows());
                new CellObserver(chunks.bench().dialect).observe(judged, byPosition, count);
                return count;
            }
        }

        /** Hands over what {@link #decode} found, perhaps on another thread: the queue of batches orders the two. */
        @Override
        public void account() {
            KeptRecords judged = Objects.requireNonNull(kept, "decode comes first");
            account.found(judged.rows());
            account.emitted(judged.rows());
            ColumnEvidence[] seen = found;
            if (seen != null && told != null) {
                found = null;
                told.accept(seen);
            }
            for (Rejection finding : judged.findings()) {
                if (judged.rows() < judged.found()) {
                    account.found(1);
                    account.reject(finding);
                } else {
                    account.note(finding);
                }
            }
        }

        private Batch batch(KeptRecords judged, BufferAllocator allocator) {
            List<Cells> cells = new ArrayList<>(columns.positions.size());
            ColumnScratch scratch = chunks.bench().columns();
            boolean complete = false;
            try {
                for (int i = 0; i < columns.positions.size(); i++) {
                    Schema.Field field = columns.schema.field(i);
                    cells.add(ColumnDecoder.of(chunks.bench().dialect, field.type(), columns.positions.get(i), scratch)
                            .decode(field.name(), judged, columns.origin, allocator));
                }
                Batch batch = Batch.of(columns.schema, cells, judged.rows(), judged.positions(columns.origin));
                complete = true;
                return batch;
            } finally {
                chunks.bench().giveBack(scratch);
                if (!complete) {
                    cells.forEach(Cells::close);
                }
            }
        }
    }
}
