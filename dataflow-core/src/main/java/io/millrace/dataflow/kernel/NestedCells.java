package io.millrace.dataflow.kernel;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Copies cells of any type between vectors of one type. */
final class NestedCells {
    private NestedCells() {}

    /** Copies a cell, growing the target where needed. Rows of the target are written in ascending order. */
    static void copy(FieldVector source, int row, FieldVector target, int at) {
        if (source.isNull(row)) {
            target.setNull(at);
        } else if (target instanceof ListVector list) {
            ListVector from = (ListVector) source;
            int first = from.getElementStartIndex(row);
            int size = from.getElementEndIndex(row) - first;
            int start = list.startNewValue(at);
            for (int i = 0; i < size; i++) {
                copy(from.getDataVector(), first + i, list.getDataVector(), start + i);
            }
            list.endValue(at, size);
        } else if (target instanceof StructVector struct) {
            struct.setIndexDefined(at);
            for (int i = 0; i < struct.size(); i++) {
                copy(
                        (FieldVector) ((StructVector) source).getChildByOrdinal(i),
                        row,
                        (FieldVector) struct.getChildByOrdinal(i),
                        at);
            }
        } else {
            target.copyFromSafe(row, at, source);
        }
    }
}
