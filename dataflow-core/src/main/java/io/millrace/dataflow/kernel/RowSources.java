package io.millrace.dataflow.kernel;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.Cells;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;

/**
 * Columns of one type from which rows are gathered, perhaps again and again: their buffers are looked up once. They stay
 * open for as long as this is used. Thread-safe.
 */
public final class RowSources {
    private static final ByteBuffer NONE = ByteBuffer.allocateDirect(0);

    private final DataType type;
    private final List<Cells> cells;
    private final FieldVector[] vectors;
    private final ByteBuffer[] validity;
    private final ByteBuffer[] data;
    private final ByteBuffer[] offsets;
    private final boolean complete;
    private final boolean hasErrors;

    private RowSources(DataType type, List<Cells> cells) {
        this.type = type;
        this.cells = List.copyOf(cells);
        int count = cells.size();
        vectors = new FieldVector[count];
        validity = new ByteBuffer[count];
        data = new ByteBuffer[count];
        offsets = new ByteBuffer[count];
        boolean allComplete = true;
        boolean someErrors = false;
        for (int i = 0; i < count; i++) {
            FieldVector vector = cells.get(i).values();
            int rows = vector.getValueCount();
            boolean isComplete = vector.getNullCount() == 0;
            allComplete &= isComplete;
            someErrors |= !cells.get(i).errors().isEmpty();
            vectors[i] = vector;
            validity[i] = NONE;
            data[i] = NONE;
            offsets[i] = NONE;
            if (rows > 0 && vector instanceof BaseFixedWidthVector fixed) {
                validity[i] = isComplete ? NONE : view(vector.getValidityBuffer(), (rows + 7) / 8);
                data[i] = view(vector.getDataBuffer(), (long) rows * fixed.getTypeWidth());
            } else if (rows > 0 && vector instanceof BaseVariableWidthVector variable) {
                validity[i] = isComplete ? NONE : view(vector.getValidityBuffer(), (rows + 7) / 8);
                offsets[i] = view(variable.getOffsetBuffer(), (rows + 1L) * Integer.BYTES);
                // To its end, for texts are copied by eights.
                data[i] = view(vector.getDataBuffer(), vector.getDataBuffer().capacity());
            }
        }
        complete = allComplete;
        hasErrors = someErrors;
    }

    /** These columns, which have one type. */
    public static RowSources of(DataType type, List<Cells> cells) {
        return new RowSources(type, cells);
    }

    static ByteBuffer view(ArrowBuf buffer, long size) {
        return buffer.nioBuffer(0, Math.toIntExact(size)).order(ByteOrder.nativeOrder());
    }

    DataType type() {
        return type;
    }

    boolean hasErrors() {
        return hasErrors;
    }

    Cells cells(int source) {
        return cells.get(source);
    }

    FieldVector vector(int source) {
        return vectors[source];
    }

    /** By source: its values; of texts, the bytes of all. */
    ByteBuffer[] data() {
        return data;
    }

    /** By source: where its texts begin and end. */
    ByteBuffer[] offsets() {
        return offsets;
    }

    /** Whether a row of no source is null. */
    boolean isComplete() {
        return complete;
    }

    boolean isNull(int source, int row) {
        ByteBuffer bits = validity[source];
        return bits.limit() > 0 && (bits.get(row >> 3) & 1 << (row & 7)) == 0;
    }
}
