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
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
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
        for (int i = 0; i < selected.length; i++) {
            int row = selected[i];
            if (row < 0) {
                continue;
            }
            FieldVector source = vectors[from == null ? 0 : from[i]];
            if (source.isNull(row)) {
                continue;
            }
            BitVectorHelper.setBit(validity, i);
            if (wide) {
                values.setLong((long) i * Long.BYTES, source.getDataBuffer().getLong((long) row * Long.BYTES));
            } else {
                values.setInt((long) i * Integer.BYTES, source.getDataBuffer().getInt((long) row * Integer.BYTES));
            }
        }
    }

    private static void copyVariable(
            FieldVector[] vectors, int @Nullable [] from, int[] selected, BaseVariableWidthVector target) {
        long bytes = 0;
        for (int i = 0; i < selected.length; i++) {
            if (selected[i] >= 0) {
                BaseVariableWidthVector source = (BaseVariableWidthVector) vectors[from == null ? 0 : from[i]];
                bytes += source.isNull(selected[i]) ? 0 : source.getValueLength(selected[i]);
            }
        }
        target.allocateNew(bytes, selected.length);
        for (int i = 0; i < selected.length; i++) {
            int row = selected[i];
            if (row < 0) {
                continue;
            }
            BaseVariableWidthVector source = (BaseVariableWidthVector) vectors[from == null ? 0 : from[i]];
            if (!source.isNull(row)) {
                target.setSafe(i, source.getStartOffset(row), source.getValueLength(row), source.getDataBuffer());
            }
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
