package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.table.CellError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row.
 *
 * @param cells each a value, null or a {@link CellError}
 * @param record the number of the record it came from; 0 when it came from several
 */
public record Row(List<@Nullable Object> cells, long record) {
    public Row {
        cells = Collections.unmodifiableList(new ArrayList<>(cells));
    }

    @Nullable
    Object cell(int index) {
        return cells.get(index);
    }

    /** The cells at these positions. */
    List<@Nullable Object> cells(List<Integer> positions) {
        List<@Nullable Object> some = new ArrayList<>();
        positions.forEach(position -> some.add(cells.get(position)));
        return some;
    }

    static Row of(long record, @Nullable Object... cells) {
        return new Row(Arrays.asList(cells), record);
    }
}
