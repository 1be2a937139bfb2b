package io.millrace.dataflow.local;

import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.Cells;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.jspecify.annotations.Nullable;

/**
 * A value computed of rows that are taken in one by one. A row with a null in an input is passed over; the first error
 * value is the result.
 */
abstract class Accumulator {
    /** About what one takes of memory, beside the values that some keep. */
    static final int BYTES = 96;

    private @Nullable CellError error;

    /** Takes in a row, which comes after all before. */
    final void accept(List<Cells> inputs, int row) {
        boolean complete = true;
        for (int i = 0; i < inputs.size(); i++) {
            Cells cells = inputs.get(i);
            if (cells.values().isNull(row)) {
                complete = false;
                if (error == null && !cells.errors().isEmpty()) {
                    error = cells.errors().at(row).orElse(null);
                }
            }
        }
        if (complete) {
            add(inputs, row);
        }
    }

    /** Takes in all rows that {@code later} did, which come after all before; {@code later} stays as it is. */
    final void merge(Accumulator later) {
        if (error == null) {
            error = later.error;
        }
        combine(later);
    }

    /** The value as {@code Literals} normalises it, null, or a {@link CellError}. */
    final @Nullable Object result() {
        return error != null ? error : value();
    }

    /** Forgets all rows. */
    final void reset() {
        error = null;
        clear();
    }

    /** Whether {@link #merge} is possible. */
    boolean merges() {
        return true;
    }

    abstract void add(List<Cells> inputs, int row);

    /** Takes in what another accumulator of the same kind did. */
    void combine(Accumulator later) {
        throw new IllegalStateException("cannot be merged");
    }

    abstract void clear();

    abstract @Nullable Object value();

    /** A number as float64. */
    static double number(Cells cells, int row) {
        FieldVector vector = cells.values();
        if (vector instanceof Float8Vector doubles) {
            return doubles.get(row);
        }
        return vector instanceof BigIntVector longs
                ? longs.get(row)
                : ((DecimalVector) vector).getObjectNotNull(row).doubleValue();
    }
}
