package io.millrace.dataflow.csv;

import io.millrace.dataflow.format.Block;
import io.millrace.dataflow.table.Batch;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Some consecutive records of one file, split into cells and not yet parsed. Immutable; never empty. */
public final class RecordBlock implements Block {
    private final List<@Nullable String[]> rows;
    private final long[] records;
    private final boolean mayBeMalformed;
    private final BlockDecoder decoder;

    RecordBlock(List<@Nullable String[]> rows, long[] records, boolean mayBeMalformed, BlockDecoder decoder) {
        this.rows = rows;
        this.records = records;
        this.mayBeMalformed = mayBeMalformed;
        this.decoder = decoder;
    }

    /** The number of records. */
    public int size() {
        return rows.size();
    }

    /** Parses the cells of the columns that the scan asks for. */
    @Override
    public Batch decode(BufferAllocator allocator) {
        return decoder.decode(rows, records, mayBeMalformed, allocator);
    }

    /** The cells of every record, as many as it has. */
    List<@Nullable String[]> rows() {
        return rows;
    }

    /** Whether some cell may hold bytes that are no text. */
    boolean mayBeMalformed() {
        return mayBeMalformed;
    }
}
