package io.millrace.dataflow.spark.csv;

import io.millrace.dataflow.kernel.RowProgram;
import io.millrace.dataflow.spark.ScanTasks;
import io.millrace.dataflow.spark.TaskScope;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/** The rows of one split, or how many there are, as batches of Spark. Each is over memory of ours that the next one frees. */
final class CsvBatches implements PartitionReader<ColumnarBatch> {
    private final ScanTasks tasks;
    private final BatchShape shape;
    private final TaskScope scope;
    private final BatchStream stream;
    private final NarrowTypes narrow;
    private final Optional<RowProgram> program;
    private long left;
    private boolean counted;
    private @Nullable Batch held;
    private @Nullable ColumnarBatch current;

    CsvBatches(ScanTasks tasks, BatchShape shape, byte[] split, TaskScope scope) {
        this.tasks = tasks;
        this.shape = shape;
        this.scope = scope;
        this.stream = tasks.open(split, scope);
        this.narrow = new NarrowTypes(shape.types());
        this.program = Optional.ofNullable(shape.program()).map(ChosenRows::program);
        this.left = shape.limit() < 0 ? Long.MAX_VALUE : shape.limit();
        // Some versions of Spark close readers after everything that was registered when they were made.
        scope.onEnd(this::release);
    }

    @Override
    public boolean next() {
        if (shape.kind() == BatchShape.Kind.COUNTS) {
            if (counted) {
                return false;
            }
            counted = true;
            current = counts();
            return true;
        }
        while (left > 0) {
            Batch batch = pull();
            if (batch == null) {
                break;
            }
            int @Nullable [] chosen = chosen(batch);
            int rows = (int) Math.min(left, chosen == null ? batch.rowCount() : chosen.length);
            if (rows > 0) {
                left -= rows;
                current = new ColumnarBatch(columns(batch, chosen), rows);
                return true;
            }
        }
        release();
        return false;
    }

    @Override
    public ColumnarBatch get() {
        return Objects.requireNonNull(current, "next() has not said that there is a batch");
    }

    /** The next batch of the scan, which is held until the one after it. */
    private @Nullable Batch pull() {
        release();
        scope.check();
        Batch batch = stream.next();
        if (batch != null) {
            batch = narrow.applied(batch, scope.allocator());
        }
        held = batch;
        return batch;
    }

    /** The rows that fulfil the condition; null for all. */
    private int @Nullable [] chosen(Batch batch) {
        return program.isEmpty() ? null : ChosenRows.of(program.get(), batch, scope.allocator());
    }

    private ColumnVector[] columns(Batch batch, int @Nullable [] chosen) {
        ColumnVector[] columns = new ColumnVector[shape.sources().size()];
        for (int i = 0; i < columns.length; i++) {
            int source = shape.sources().get(i);
            StructField field = shape.result().fields()[i];
            columns[i] = source == BatchShape.NO_COLUMN
                    ? ErrorLists.of(batch, chosen, field.dataType())
                    : CellColumn.of(field.dataType(), batch.cells(source).values(), chosen);
        }
        return columns;
    }

    private ColumnarBatch counts() {
        List<Integer> sources = shape.sources();
        long[] counts = new long[sources.size()];
        for (Batch batch = pull(); batch != null; batch = pull()) {
            int @Nullable [] chosen = chosen(batch);
            int rows = chosen == null ? batch.rowCount() : chosen.length;
            for (int i = 0; i < counts.length; i++) {
                counts[i] += rows - nulls(batch, sources.get(i), chosen);
            }
        }
        List<ColumnVector> columns = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            DataType type = shape.result().fields()[i].dataType();
            columns.add(HeldColumn.of(type, new Object[] {counts[i]}));
        }
        return new ColumnarBatch(columns.toArray(new ColumnVector[0]), 1);
    }

    private int nulls(Batch batch, int source, int @Nullable [] chosen) {
        return source == BatchShape.NO_COLUMN
                ? 0
                : CellColumn.of(shape.types().get(source), batch.cells(source).values(), chosen)
                        .numNulls();
    }

    private void release() {
        Batch before = held;
        held = null;
        current = null;
        if (before != null) {
            before.close();
        }
    }

    @Override
    public CustomTaskMetric[] currentMetricsValues() {
        return new CustomTaskMetric[] {new RejectedRecords.OfTask(tasks.rejected())};
    }

    @Override
    public void close() {
        release();
        stream.close();
    }
}
