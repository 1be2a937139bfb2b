package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.expr.SortKey.Direction;
import io.millrace.dataflow.expr.SortKey.Nulls;
import io.millrace.dataflow.kernel.CellOrder;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Holds all rows and gives them in order; equal ones as they came. */
final class SortOperator implements BatchOperator {
    private final Schema schema;
    private final List<Operator.Sort.Key> keys;
    private final Run run;
    private final MemoryReservation memory;
    private final HeldRows held = new HeldRows();
    private long @Nullable [] order;
    private int given;

    SortOperator(Schema schema, List<Operator.Sort.Key> keys, Run run) {
        this.schema = schema;
        this.keys = keys;
        this.run = run;
        this.memory = run.memory().child("sort");
    }

    @Override
    public int wants() {
        return order == null ? 0 : given < order.length ? READY : DONE;
    }

    @Override
    public void accept(int input, Batch batch) {
        held.add(batch);
    }

    @Override
    public void end(int input) {
        memory.reserve(2 * Long.BYTES * held.rows());
        long[] references = new long[Math.toIntExact(held.rows())];
        int next = 0;
        for (int batch = 0; batch < held.batches().size(); batch++) {
            for (int row = 0; row < held.batches().get(batch).rowCount(); row++) {
                references[next++] = HeldRows.reference(batch, row);
            }
        }
        List<Comparison> comparisons = new ArrayList<>();
        for (Operator.Sort.Key key : keys) {
            comparisons.add(new Comparison(key, schema, held.batches()));
        }
        sort(references, comparisons);
        order = references;
    }

    @Override
    public Batch next() {
        long[] sorted = java.util.Objects.requireNonNull(order);
        long[] part = Arrays.copyOfRange(sorted, given, Math.min(sorted.length, given + Run.BATCH_ROWS));
        List<Cells> columns = new ArrayList<>();
        try {
            for (int column = 0; column < schema.size(); column++) {
                columns.add(held.gather(schema.field(column).type(), column, part, run.allocator()));
            }
        } catch (RuntimeException | Error failure) {
            columns.forEach(Cells::close);
            throw failure;
        }
        given += part.length;
        return Batch.of(schema, columns, part.length, held.positions(part));
    }

    /** A merge sort from the bottom up, which keeps equal rows in order. */
    private void sort(long[] references, List<Comparison> comparisons) {
        long[] from = references;
        long[] to = new long[references.length];
        for (int width = 1;
                width < references.length;
                width = width > Integer.MAX_VALUE / 2 ? references.length : width * 2) {
            run.cancellation().check();
            for (int start = 0; start < from.length; start += 2 * width) {
                int middle = (int) Math.min((long) start + width, from.length);
                int end = (int) Math.min((long) start + 2L * width, from.length);
                merge(from, to, start, middle, end, comparisons);
                if (end == from.length) {
                    break;
                }
            }
            long[] swap = from;
            from = to;
            to = swap;
        }
        if (from != references) {
            System.arraycopy(from, 0, references, 0, references.length);
        }
    }

    private static void merge(long[] from, long[] to, int start, int middle, int end, List<Comparison> comparisons) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = left < middle && (right >= end || compare(from[left], from[right], comparisons) <= 0);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    private static int compare(long left, long right, List<Comparison> comparisons) {
        for (int i = 0; i < comparisons.size(); i++) {
            int compared = comparisons.get(i).compare(left, right);
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    @Override
    public void close() {
        held.close();
        memory.close();
        order = new long[0];
    }

    /** The order of rows by one key. */
    private static final class Comparison {
        private final FieldVector[] vectors;
        private final CellOrder order;
        private final int sign;
        private final int nullSign;

        Comparison(Operator.Sort.Key key, Schema schema, List<Batch> batches) {
            vectors = new FieldVector[batches.size()];
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = batches.get(i).cells(key.index()).values();
            }
            order = CellOrder.of(schema.field(key.index()).type());
            sign = key.direction() == Direction.ASCENDING ? 1 : -1;
            nullSign = key.nulls() == Nulls.FIRST ? -1 : 1;
        }

        int compare(long left, long right) {
            FieldVector leftVector = vectors[HeldRows.batch(left)];
            FieldVector rightVector = vectors[HeldRows.batch(right)];
            boolean leftNull = leftVector.isNull(HeldRows.row(left));
            boolean rightNull = rightVector.isNull(HeldRows.row(right));
            if (leftNull || rightNull) {
                return leftNull && rightNull ? 0 : leftNull ? nullSign : -nullSign;
            }
            return sign * order.compare(leftVector, HeldRows.row(left), rightVector, HeldRows.row(right));
        }
    }
}
