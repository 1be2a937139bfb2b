package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns that a join makes of rows of both inputs. May be used by several threads at a time. */
final class JoinColumns {
    private final Operator.Join join;
    private final Schema schema;
    private final HeldRows right;
    private final Run run;

    JoinColumns(Operator.Join join, Schema schema, HeldRows right, Run run) {
        this.join = join;
        this.schema = schema;
        this.right = right;
        this.run = run;
    }

    /** Pairs of rows; without a left batch there are no left rows, and {@link HeldRows#NONE} is no right one. */
    Batch of(@Nullable Batch left, int[] leftRows, long[] rightRows) {
        List<Cells> columns = new ArrayList<>();
        try {
            for (int number = 0; number < schema.size(); number++) {
                columns.add(gather(number, left, leftRows, rightRows));
            }
        } catch (RuntimeException | Error failure) {
            columns.forEach(Cells::close);
            throw failure;
        }
        return Batch.of(schema, columns, leftRows.length, null);
    }

    private Cells gather(int number, @Nullable Batch left, int[] leftRows, long[] rightRows) {
        Operator.Join.Column column = join.columns().get(number);
        DataType type = schema.field(number).type();
        int index = column.index();
        return switch (column.side()) {
            case LEFT -> leftCells(left, index, type, leftRows);
            case RIGHT -> right.gather(type, index, rightRows, run.allocator());
            case KEY ->
                left != null
                        ? leftCells(left, join.leftKeys().get(index), type, leftRows)
                        : right.gather(type, join.rightKeys().get(index), rightRows, run.allocator());
        };
    }

    private Cells leftCells(@Nullable Batch left, int column, DataType type, int[] rows) {
        if (left != null) {
            return Gather.rows(left.cells(column), rows, run.allocator());
        }
        int[] none = new int[rows.length];
        Arrays.fill(none, -1);
        return Gather.rows(type, List.of(), null, none, run.allocator());
    }
}
