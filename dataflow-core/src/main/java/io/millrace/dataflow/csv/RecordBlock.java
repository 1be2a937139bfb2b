package io.millrace.dataflow.csv;

import io.millrace.dataflow.format.ColumnEvidence;
import io.millrace.dataflow.format.JudgedBlock;
import io.millrace.dataflow.table.Batch;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Some consecutive records of one file, split into cells and not yet parsed. Immutable; never empty. */
public final class RecordBlock implements JudgedBlock {
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

    /** Cells that a record lacks, and those with bytes that are no text, say nothing. */
    @Override
    public int observe(ColumnEvidence[] columns, long most) {
        int count = (int) Math.min(most, rows.size());
        for (int i = 0; i < columns.length; i++) {
            ColumnEvidence column = columns[i];
            long nulls = 0;
            for (int row = 0; row < count; row++) {
                @Nullable String[] cells = rows.get(row);
                String cell = i < cells.length ? cells[i] : null;
                if (cell != null && !(mayBeMalformed && DecodedText.isMalformed(cell))) {
                    column.observe(cell, records[row]);
                } else if (cell == null && i < cells.length) {
                    nulls++;
                }
            }
            column.nulls(nulls);
        }
        return count;
    }
}
