package io.millrace.dataflow.kernel;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.util.OversizedAllocationException;
import org.jspecify.annotations.Nullable;

/** Copies chosen rows of columns into new columns. */
public final class Gather {
    /** Texts of at most two eights of bytes are copied by eights. */
    private static final int EIGHTS = 2 * Long.BYTES;

    private static final int MOST_BYTES = Integer.MAX_VALUE - EIGHTS;

    private Gather() {}

    /** The rows {@code selected} of {@code source}, in that order; -1 stands for a null. */
    public static Cells rows(Cells source, int[] selected, BufferAllocator allocator) {
        return rows(source.type(), List.of(source), null, selected, allocator);
    }

    /**
     * Rows of several columns of one type.
     *
     * @param from the index in {@code sources} of each row; the first for all when null
     * @param selected the row of each in its source; -1 stands for a null
     */
    public static Cells rows(
            DataType type, List<Cells> sources, int @Nullable [] from, int[] selected, BufferAllocator allocator) {
        return rows(RowSources.of(type, sources), from, selected, allocator);
    }

    /** As {@link #rows(DataType, List, int[], int[], BufferAllocator)}, of columns that are used again. */
    public static Cells rows(RowSources sources, int @Nullable [] from, int[] selected, BufferAllocator allocator) {
        FieldVector target = ArrowTypes.vector("", sources.type(), allocator);
        try {
            if (selected.length > 0) {
                copy(sources, from, selected, target);
            }
            target.setValueCount(selected.length);
            return Cells.of(sources.type(), target, errors(sources, from, selected));
        } catch (RuntimeException | Error failure) {
            target.close();
            throw failure;
        }
    }

    /** The rows {@code selected} of every column of a batch, which stays open, with their positions. */
    public static Batch rows(Batch source, int[] selected, BufferAllocator allocator) {
        List<Cells> columns = new ArrayList<>();
        try {
            for (Cells cells : source.columns()) {
                columns.add(rows(cells, selected, allocator));
            }
        } catch (RuntimeException | Error failure) {
            columns.forEach(Cells::close);
            throw failure;
        }
        Positions positions =
                source.positions().map(known -> known.select(selected)).orElse(null);
        return Batch.of(source.schema(), columns, selected.length, positions);
    }

    private static void copy(RowSources sources, int @Nullable [] from, int[] selected, FieldVector target) {
        if (target instanceof BaseFixedWidthVector fixed
                && (fixed.getTypeWidth() == Long.BYTES || fixed.getTypeWidth() == Integer.BYTES)) {
            fixed.allocateNew(selected.length);
            byte[] valid = fixed.getTypeWidth() == Long.BYTES
                    ? copyLongs(sources, from, selected, fixed)
                    : copyInts(sources, from, selected, fixed);
            fixed.getValidityBuffer().setBytes(0, valid);
        } else if (target instanceof BaseVariableWidthVector variable) {
            copyVariable(sources, from, selected, variable);
        } else {
            target.setInitialCapacity(selected.length);
            target.allocateNew();
            for (int i = 0; i < selected.length; i++) {
                if (selected[i] >= 0) {
                    NestedCells.copy(sources.vector(from == null ? 0 : from[i]), selected[i], target, i);
                }
            }
        }
    }

    private static byte[] copyLongs(
            RowSources sources, int @Nullable [] from, int[] selected, BaseFixedWidthVector target) {
        ByteBuffer values = RowSources.view(target.getDataBuffer(), (long) selected.length * Long.BYTES);
        ByteBuffer[] data = sources.data();
        byte[] valid = new byte[(selected.length + 7) / 8];
        boolean complete = sources.isComplete();
        for (int i = 0; i < selected.length; i++) {
            int row = selected[i];
            int source = from == null ? 0 : from[i];
            if (row >= 0 && (complete || !sources.isNull(source, row))) {
                valid[i >> 3] |= (byte) (1 << (i & 7));
                values.putLong(i * Long.BYTES, data[source].getLong(row * Long.BYTES));
            }
        }
        return valid;
    }

    private static byte[] copyInts(
            RowSources sources, int @Nullable [] from, int[] selected, BaseFixedWidthVector target) {
        ByteBuffer values = RowSources.view(target.getDataBuffer(), (long) selected.length * Integer.BYTES);
        ByteBuffer[] data = sources.data();
        byte[] valid = new byte[(selected.length + 7) / 8];
        boolean complete = sources.isComplete();
        for (int i = 0; i < selected.length; i++) {
            int row = selected[i];
            int source = from == null ? 0 : from[i];
            if (row >= 0 && (complete || !sources.isNull(source, row))) {
                valid[i >> 3] |= (byte) (1 << (i & 7));
                values.putInt(i * Integer.BYTES, data[source].getInt(row * Integer.BYTES));
            }
        }
        return valid;
    }

    private static void copyVariable(
            RowSources sources, int @Nullable [] from, int[] selected, BaseVariableWidthVector target) {
        int[] starts = new int[selected.length];
        int[] ends = new int[selected.length];
        byte[] valid = new byte[(selected.length + 7) / 8];
        ByteBuffer[] sourceOffsets = sources.offsets();
        boolean complete = sources.isComplete();
        long bytes = 0;
        for (int i = 0; i < selected.length; i++) {
            int row = selected[i];
            int source = from == null ? 0 : from[i];
            if (row >= 0 && (complete || !sources.isNull(source, row))) {
                valid[i >> 3] |= (byte) (1 << (i & 7));
                int start = sourceOffsets[source].getInt(row * Integer.BYTES);
                starts[i] = start;
                bytes += sourceOffsets[source].getInt((row + 1) * Integer.BYTES) - start;
            }
            ends[i] = (int) bytes;
        }
        if (bytes > MOST_BYTES) {
            throw new OversizedAllocationException("more than 2 GiB of text in one batch");
        }
        target.allocateNew(bytes + EIGHTS, selected.length);
        ByteBuffer values = RowSources.view(target.getDataBuffer(), bytes + EIGHTS);
        ByteBuffer offsets = RowSources.view(target.getOffsetBuffer(), (selected.length + 1L) * Integer.BYTES);
        int end = 0;
        offsets.putInt(0, 0);
        for (int i = 0; i < selected.length; i++) {
            int start = end;
            end = ends[i];
            offsets.putInt((i + 1) * Integer.BYTES, end);
            if (end > start) {
                copyText(sources.data()[from == null ? 0 : from[i]], starts[i], end - start, values, start);
            }
        }
        target.getValidityBuffer().setBytes(0, valid);
        target.setLastSet(selected.length - 1);
    }

    /** Short texts by eights: what is copied too much is written over by the next text, or lies behind the last. */
    private static void copyText(ByteBuffer source, int from, int length, ByteBuffer target, int to) {
        if (length <= EIGHTS && from + EIGHTS <= source.limit()) {
            target.putLong(to, source.getLong(from));
            if (length > Long.BYTES) {
                target.putLong(to + Long.BYTES, source.getLong(from + Long.BYTES));
            }
        } else {
            target.put(to, source, from, length);
        }
    }

    private static CellErrors errors(RowSources sources, int @Nullable [] from, int[] selected) {
        if (!sources.hasErrors()) {
            return CellErrors.none();
        }
        CellErrors.Builder builder = CellErrors.builder();
        for (int i = 0; i < selected.length; i++) {
            if (selected[i] >= 0) {
                int row = i;
                sources.cells(from == null ? 0 : from[i])
                        .errors()
                        .at(selected[i])
                        .ifPresent(error -> builder.add(row, error));
            }
        }
        return builder.build();
    }
}
