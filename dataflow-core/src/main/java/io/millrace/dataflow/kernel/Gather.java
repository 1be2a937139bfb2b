package io.millrace.dataflow.kernel;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.util.OversizedAllocationException;
import org.jspecify.annotations.Nullable;

/** Copies chosen rows of columns into new columns. */
public final class Gather {
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
        FieldVector[] vectors = new FieldVector[sources.size()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = sources.get(i).values();
        }
        FieldVector target = ArrowTypes.vector("", type, allocator);
        try {
            if (selected.length > 0) {
                copy(vectors, from, selected, target);
            }
            target.setValueCount(selected.length);
            return Cells.of(type, target, errors(sources, from, selected));
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

    private static void copy(FieldVector[] vectors, int @Nullable [] from, int[] selected, FieldVector target) {
        if (target instanceof BaseFixedWidthVector fixed
                && (fixed.getTypeWidth() == Long.BYTES || fixed.getTypeWidth() == Integer.BYTES)) {
            copyFixed(vectors, from, selected, fixed);
        } else if (target instanceof BaseVariableWidthVector variable) {
            copyVariable(vectors, from, selected, variable);
        } else {
            target.setInitialCapacity(selected.length);
            target.allocateNew();
            for (int i = 0; i < selected.length; i++) {
                if (selected[i] >= 0) {
                    NestedCells.copy(vectors[from == null ? 0 : from[i]], selected[i], target, i);
                }
            }
        }
    }

    private static void copyFixed(
            FieldVector[] vectors, int @Nullable [] from, int[] selected, BaseFixedWidthVector target) {
        target.allocateNew(selected.length);
        ArrowBuf values = target.getDataBuffer();
        ArrowBuf validity = target.getValidityBuffer();
        boolean wide = target.getTypeWidth() == Long.BYTES;
        Buffers sources = new Buffers(vectors);
        byte[] valid = new byte[(selected.length + 7) / 8];
        for (int i = 0; i < selected.length; i++) {
            int row = selected[i];
            int source = from == null ? 0 : from[i];
            if (row < 0 || sources.isNull(source, row)) {
                continue;
            }
            valid[i >> 3] |= (byte) (1 << (i & 7));
            if (wide) {
                values.setLong((long) i * Long.BYTES, sources.data[source].getLong((long) row * Long.BYTES));
            } else {
                values.setInt((long) i * Integer.BYTES, sources.data[source].getInt((long) row * Integer.BYTES));
            }
        }
        validity.setBytes(0, valid);
    }

    private static void copyVariable(
            FieldVector[] vectors, int @Nullable [] from, int[] selected, BaseVariableWidthVector target) {
        Buffers sources = new Buffers(vectors);
        long[] starts = new long[selected.length];
        int[] ends = new int[selected.length];
        long bytes = 0;
        for (int i = 0; i < selected.length; i++) {
            int row = selected[i];
            int source = from == null ? 0 : from[i];
            starts[i] = -1;
            if (row >= 0 && !sources.isNull(source, row)) {
                ArrowBuf offsets = sources.offsets(source);
                starts[i] = offsets.getInt((long) row * Integer.BYTES);
                bytes += offsets.getInt((row + 1L) * Integer.BYTES) - starts[i];
            }
            ends[i] = (int) bytes;
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new OversizedAllocationException("more than 2 GiB of text in one batch");
        }
        target.allocateNew(bytes, selected.length);
        ArrowBuf values = target.getDataBuffer();
        ArrowBuf offsets = target.getOffsetBuffer();
        byte[] valid = new byte[(selected.length + 7) / 8];
        int end = 0;
        for (int i = 0; i < selected.length; i++) {
            int start = end;
            end = ends[i];
            offsets.setInt((i + 1L) * Integer.BYTES, end);
            if (starts[i] >= 0) {
                valid[i >> 3] |= (byte) (1 << (i & 7));
                if (end > start) {
                    values.setBytes(start, sources.data[from == null ? 0 : from[i]], starts[i], end - start);
                }
            }
        }
        target.getValidityBuffer().setBytes(0, valid);
        target.setLastSet(selected.length - 1);
    }

    /** The buffers of vectors, looked up once instead of for every cell. */
    private static final class Buffers {
        private final ArrowBuf[] validity;
        private final ArrowBuf[] data;
        private final ArrowBuf[] offsets;

        Buffers(FieldVector[] vectors) {
            validity = new ArrowBuf[vectors.length];
            data = new ArrowBuf[vectors.length];
            offsets = new ArrowBuf[vectors.length];
            for (int i = 0; i < vectors.length; i++) {
                validity[i] = vectors[i].getValidityBuffer();
                data[i] = vectors[i].getDataBuffer();
                offsets[i] = vectors[i] instanceof BaseVariableWidthVector ? vectors[i].getOffsetBuffer() : data[i];
            }
        }

        boolean isNull(int source, int row) {
            return (validity[source].getByte(row >> 3) & 1 << (row & 7)) == 0;
        }

        ArrowBuf offsets(int source) {
            return offsets[source];
        }
    }

    private static CellErrors errors(List<Cells> sources, int @Nullable [] from, int[] selected) {
        if (sources.stream().allMatch(source -> source.errors().isEmpty())) {
            return CellErrors.none();
        }
        CellErrors.Builder builder = CellErrors.builder();
        for (int i = 0; i < selected.length; i++) {
            if (selected[i] >= 0) {
                int row = i;
                sources.get(from == null ? 0 : from[i])
                        .errors()
                        .at(selected[i])
                        .ifPresent(error -> builder.add(row, error));
            }
        }
        return builder.build();
    }
}
