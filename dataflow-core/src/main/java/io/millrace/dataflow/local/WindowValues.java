package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.jspecify.annotations.Nullable;

/** The values of one measure of a window, for every row. */
interface WindowValues extends AutoCloseable {
    /** The cells of the rows from one number on. */
    Cells cells(int firstRow, int rowCount, BufferAllocator allocator);

    @Override
    default void close() {}

    /** Whole numbers by row. */
    static WindowValues of(long[] numbers) {
        return (firstRow, rowCount, allocator) -> {
            BigIntVector vector = new BigIntVector("", allocator);
            vector.allocateNew(rowCount);
            for (int i = 0; i < rowCount; i++) {
                vector.set(i, numbers[firstRow + i]);
            }
            vector.setValueCount(rowCount);
            return Cells.of(DataTypes.INT64, vector, CellErrors.none());
        };
    }

    /** Float64 numbers by row. */
    static WindowValues of(double[] numbers) {
        return (firstRow, rowCount, allocator) -> {
            Float8Vector vector = new Float8Vector("", allocator);
            vector.allocateNew(rowCount);
            for (int i = 0; i < rowCount; i++) {
                vector.set(i, numbers[firstRow + i]);
            }
            vector.setValueCount(rowCount);
            return Cells.of(DataTypes.FLOAT64, vector, CellErrors.none());
        };
    }

    /** The cells of a held column where {@code references} says so by row, else {@code otherwise}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and never changed once made
    record Taken(
            DataType type,
            List<Cells> sources,
            long[] references,
            @Nullable Object otherwise) implements WindowValues {
        @Override
        public Cells cells(int firstRow, int rowCount, BufferAllocator allocator) {
            try (Cells constant = CellValues.of(type, Collections.singletonList(otherwise), allocator)) {
                List<Cells> all = new ArrayList<>(sources);
                all.add(constant);
                int[] from = new int[rowCount];
                int[] selected = new int[rowCount];
                for (int i = 0; i < rowCount; i++) {
                    long reference = references[firstRow + i];
                    boolean none = reference == HeldRows.NONE;
                    from[i] = none ? sources.size() : HeldRows.batch(reference);
                    selected[i] = none ? 0 : HeldRows.row(reference);
                }
                return Gather.rows(type, all, from, selected, allocator);
            }
        }
    }

    /** Values that are written one after the other, of which each row then has one. */
    final class Written implements WindowValues {
        private static final int PART = 1 << 15;

        private final DataType type;
        private final int[] places;
        private final BufferAllocator allocator;
        private final List<Cells> parts = new ArrayList<>();
        private @Nullable FieldVector vector;
        private CellErrors.Builder errors = CellErrors.builder();
        private int size;

        /**
         * Without values yet.
         *
         * @param places by row: the number of its value, to be filled in
         */
        Written(DataType type, int[] places, BufferAllocator allocator) {
            this.type = type;
            this.places = places;
            this.allocator = allocator;
        }

        /** Writes a value, null or a {@link CellError}. Gives its number. */
        int write(@Nullable Object value) {
            FieldVector target = vector;
            if (target == null) {
                target = ArrowTypes.vector("", type, allocator);
                vector = target;
                target.allocateNew();
            }
            int row = size % PART;
            if (value instanceof CellError error) {
                errors.add(row, error);
                CellValues.write(type, target, row, null);
            } else {
                CellValues.write(type, target, row, value);
            }
            size++;
            if (row == PART - 1) {
                end();
            }
            return size - 1;
        }

        /** Says that all values are written. */
        void end() {
            FieldVector target = vector;
            if (target != null) {
                target.setValueCount((size - 1) % PART + 1);
                parts.add(Cells.of(type, target, errors.build()));
                errors = CellErrors.builder();
                vector = null;
            }
        }

        /** Gives a row the value of a number. */
        void put(int row, int number) {
            places[row] = number;
        }

        @Override
        public Cells cells(int firstRow, int rowCount, BufferAllocator target) {
            int[] from = new int[rowCount];
            int[] selected = new int[rowCount];
            for (int i = 0; i < rowCount; i++) {
                from[i] = places[firstRow + i] / PART;
                selected[i] = places[firstRow + i] % PART;
            }
            return Gather.rows(type, parts, from, selected, target);
        }

        @Override
        public void close() {
            if (vector != null) {
                vector.close();
                vector = null;
            }
            parts.forEach(Cells::close);
            parts.clear();
        }
    }
}
