package io.millrace.dataflow.spark.csv;

import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.ShortType;
import org.jspecify.annotations.Nullable;

/** Types of Spark that are narrower than ours: a value beyond their range is an error, as one beyond int64 is. */
final class NarrowTypes {
    private final List<DataType> types;

    /** For columns that Spark sees as these. */
    NarrowTypes(List<DataType> types) {
        this.types = types;
    }

    /** The batch, which is taken over, with errors in the place of values that do not fit. */
    Batch applied(Batch batch, BufferAllocator allocator) {
        List<Cells> columns = null;
        try {
            for (int i = 0; i < types.size(); i++) {
                int[] kept = fitting(types.get(i), batch.cells(i));
                if (kept != null) {
                    columns = columns == null ? retained(batch) : columns;
                    Cells before = columns.get(i);
                    columns.set(i, narrowed(batch, i, kept, types.get(i), allocator));
                    before.close();
                }
            }
        } catch (RuntimeException | Error failure) {
            batch.close();
            if (columns != null) {
                columns.forEach(Cells::close);
            }
            throw failure;
        }
        if (columns == null) {
            return batch;
        }
        try (batch) {
            return Batch.of(
                    batch.schema(), columns, batch.rowCount(), batch.positions().orElse(null));
        }
    }

    private static List<Cells> retained(Batch batch) {
        List<Cells> columns = new ArrayList<>();
        batch.columns().forEach(cells -> columns.add(cells.retain()));
        return columns;
    }

    /** Each row by itself, -1 for one whose value does not fit; null when all fit. */
    private static int @Nullable [] fitting(DataType type, Cells cells) {
        if (type instanceof FloatType) {
            Float8Vector values = (Float8Vector) cells.values();
            return fitting(cells, row -> {
                double value = values.get((int) row);
                return !Double.isFinite(value) || Math.abs(value) <= Float.MAX_VALUE;
            });
        }
        int bits =
                type instanceof IntegerType ? 32 : type instanceof ShortType ? 16 : type instanceof ByteType ? 8 : 64;
        if (bits == 64) {
            return null;
        }
        BigIntVector values = (BigIntVector) cells.values();
        return fitting(cells, row -> {
            long value = values.get((int) row);
            return value << (64 - bits) >> (64 - bits) == value;
        });
    }

    private static int @Nullable [] fitting(Cells cells, LongPredicate fits) {
        int[] kept = null;
        int rows = cells.values().getValueCount();
        for (int row = 0; row < rows; row++) {
            if (!cells.values().isNull(row) && !fits.test(row)) {
                if (kept == null) {
                    kept = new int[rows];
                    for (int i = 0; i < rows; i++) {
                        kept[i] = i;
                    }
                }
                kept[row] = -1;
            }
        }
        return kept;
    }

    private static Cells narrowed(Batch batch, int column, int[] kept, DataType type, BufferAllocator allocator) {
        Cells all = batch.cells(column);
        CellErrors.Builder errors = CellErrors.builder();
        Positions positions = batch.positions().orElseThrow();
        for (int row = 0; row < kept.length; row++) {
            if (kept[row] < 0) {
                String text = String.valueOf(all.value(row));
                errors.add(
                        row,
                        new CellError(
                                CellError.Code.CAST,
                                text,
                                positions.file(row),
                                positions.record(row),
                                "read as " + type.simpleString()));
            }
        }
        try (Cells gathered = Gather.rows(all, kept, allocator)) {
            return Cells.of(
                    all.type(),
                    ChosenRows.shared(gathered.values(), allocator),
                    gathered.errors().or(errors.build()));
        }
    }
}
