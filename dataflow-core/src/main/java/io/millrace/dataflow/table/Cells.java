package io.millrace.dataflow.table;

import io.millrace.dataflow.schema.DataType;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one column in one batch: values and validity in an Arrow vector, errors in a sparse companion. A row
 * with an error is null in the vector.
 *
 * <p>Counts its holders: whoever keeps the cells beyond the batch they came with calls {@link #retain} and later
 * {@link #close}; the last one to close frees the memory. The content never changes once it is shared.
 */
public final class Cells implements AutoCloseable {
    private final DataType type;
    private final FieldVector values;
    private final CellErrors errors;
    private final AtomicInteger holders = new AtomicInteger(1);

    private Cells(DataType type, FieldVector values, CellErrors errors) {
        this.type = type;
        this.values = values;
        this.errors = errors;
    }

    /** Cells that own {@code values}, a vector as {@link ArrowTypes#vector} makes it for {@code type}. */
    public static Cells of(DataType type, FieldVector values, CellErrors errors) {
        return new Cells(type, values, errors);
    }

    /** The type of every value. */
    public DataType type() {
        return type;
    }

    /** Values and validity. */
    public FieldVector values() {
        return values;
    }

    /** The error values. */
    public CellErrors errors() {
        return errors;
    }

    /** The number of cells. */
    public int size() {
        return values.getValueCount();
    }

    /** The value of a row as {@code Literals} normalises it; null for a null or an error. */
    public @Nullable Object value(int row) {
        return ArrowTypes.value(type, values, row);
    }

    /** These cells, held once more. */
    public Cells retain() {
        if (holders.getAndIncrement() <= 0) {
            throw new IllegalStateException("these cells are closed");
        }
        return this;
    }

    /** Ends one holder's use. */
    @Override
    public void close() {
        if (holders.decrementAndGet() == 0) {
            values.close();
        }
    }
}
