package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * A value computed of the rows of each group. Nulls are passed over; the first error value of a group is the group's
 * value, unless it is the rows themselves that are counted.
 */
abstract class Aggregation {
    private final DataType type;
    private final MemoryReservation memory;
    private final long bytesPerGroup;
    private final Map<Integer, CellError> errors = new HashMap<>();
    private int capacity;

    /**
     * A new aggregation without groups.
     *
     * @param type the type of the result
     * @param bytesPerGroup what each group takes of {@code memory}
     */
    Aggregation(DataType type, MemoryReservation memory, long bytesPerGroup) {
        this.type = type;
        this.memory = memory;
        this.bytesPerGroup = bytesPerGroup;
    }

    /** Makes room for groups up to {@code groups}. */
    final void grow(int groups) {
        if (groups > capacity) {
            int larger = Math.max(groups, Math.max(16, capacity * 2));
            memory.reserve((larger - capacity) * bytesPerGroup);
            resize(larger);
            capacity = larger;
        }
    }

    /**
     * Takes in some rows.
     *
     * @param input the values; null when only rows are counted
     * @param groups the number of each row's group
     */
    void add(@Nullable Cells input, int[] groups) {
        Cells cells = Objects.requireNonNull(input);
        addErrors(cells, groups);
        addValues(cells, groups);
    }

    /** Takes in the errors of some rows. The first of a group is its value. */
    final void addErrors(Cells input, int[] groups) {
        CellErrors inputErrors = input.errors();
        for (int i = 0; i < inputErrors.size(); i++) {
            errors.putIfAbsent(groups[inputErrors.row(i)], inputErrors.error(i));
        }
    }

    /**
     * Where the order of rows plays no part: another such aggregation, without groups, for a part of the rows, whose
     * groups can be joined to those here. Null elsewhere.
     *
     * @param rows who counts the rows of that part
     * @param memoryOfLane what its groups take memory of
     */
    @Nullable
    Aggregation lane(RowCounts rows, MemoryReservation memoryOfLane) {
        return null;
    }

    /** Takes in the values of the groups of a {@link #lane}. */
    void join(Aggregation lane) {
        throw new IllegalStateException("has no lanes");
    }

    /** Takes in the values of some rows; nulls and errors are none. Faster where it is made for one type. */
    void addValues(Cells input, int[] groups) {
        FieldVector vector = input.values();
        boolean someNull = vector.getNullCount() > 0;
        for (int row = 0; row < groups.length; row++) {
            if (!someNull || !vector.isNull(row)) {
                add(input, row, groups[row]);
            }
        }
    }

    /**
     * Takes in some rows of several inputs, or of one, or none.
     *
     * @param inputs the values, column by column
     * @param groups the number of each row's group
     */
    void add(List<Cells> inputs, int[] groups) {
        add(inputs.isEmpty() ? null : inputs.get(0), groups);
    }

    /** The values of the groups from one number up to another. */
    final Cells result(int from, int to, BufferAllocator allocator) {
        FieldVector target = ArrowTypes.vector("", type, allocator);
        try {
            target.setInitialCapacity(to - from);
            target.allocateNew();
            CellErrors.Builder found = CellErrors.builder();
            for (int group = from; group < to; group++) {
                CellError error = errors.isEmpty() ? null : errors.get(group);
                if (error != null) {
                    found.add(group - from, error);
                } else if (!write(target, group - from, group)) {
                    Object value = value(group);
                    if (value instanceof CellError failed) {
                        found.add(group - from, failed);
                    } else {
                        CellValues.write(type, target, group - from, value);
                    }
                }
            }
            target.setValueCount(to - from);
            return Cells.of(type, target, found.build());
        } catch (RuntimeException | Error failure) {
            target.close();
            throw failure;
        }
    }

    /** Makes the arrays as long as {@code groups}. */
    abstract void resize(int groups);

    /** Takes in a value. */
    abstract void add(Cells input, int row, int group);

    /** Writes the value of a group without an object for it; false when that is not possible. */
    boolean write(FieldVector target, int row, int group) {
        return false;
    }

    /** The value of a group as {@code Literals} normalises it, null, or a {@link CellError}. */
    abstract @Nullable Object value(int group);
}
