package io.millrace.dataflow.kernel;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** One run of a {@link RowCode} over one batch. Holds the registers, and frees them when it is closed. */
final class RowRun implements AutoCloseable {
    private final RowCode code;
    private final BufferAllocator allocator;
    private final @Nullable Cells[] registers;
    private final long[] tally;
    private int rows;
    private @Nullable Positions positions;

    /**
     * Takes over {@code input}.
     *
     * @param tally as in {@link RowProgram#run(Batch, BufferAllocator, long[])}
     */
    RowRun(RowCode code, Batch input, BufferAllocator allocator, long[] tally) {
        this.code = code;
        this.allocator = allocator;
        this.registers = new Cells[code.registers()];
        this.rows = input.rowCount();
        this.tally = tally;
        for (int i = 0; i < tally.length; i++) {
            tally[i] += rows;
        }
        this.positions = input.positions().orElse(null);
        for (int register : code.inputs()) {
            registers[register] = input.cells(register).retain();
        }
        input.close();
    }

    Batch result(Schema schema) {
        for (RowCode.Operation operation : code.operations()) {
            if (operation instanceof RowCode.Apply apply) {
                registers[apply.target()] = apply(apply);
            } else if (operation instanceof RowCode.Load load) {
                registers[load.target()] =
                        CellValues.of(load.type(), Collections.singletonList(load.value()), allocator);
            } else if (operation instanceof RowCode.Keep keep) {
                keep(keep);
            }
            for (int register : operation.dying()) {
                free(register);
            }
        }
        List<Cells> columns = new ArrayList<>();
        try {
            for (int register : code.outputs()) {
                columns.add(
                        code.constants()[register]
                                ? Gather.rows(cells(register), new int[rows], allocator)
                                : cells(register).retain());
            }
            return Batch.of(schema, columns, rows, positions);
        } catch (RuntimeException | Error failure) {
            columns.forEach(Cells::close);
            throw failure;
        }
    }

    private Cells apply(RowCode.Apply apply) {
        int[] sources = apply.arguments();
        Cells[] cells = new Cells[sources.length];
        boolean[] constant = new boolean[sources.length];
        for (int i = 0; i < sources.length; i++) {
            cells[i] = cells(sources[i]);
            constant[i] = code.constants()[sources[i]];
        }
        Arguments arguments = new Arguments(cells, constant, rows, positions, apply.step());
        DataType type = apply.type();
        FieldVector target = ArrowTypes.vector("", type, allocator);
        try {
            if (rows > 0) {
                target.setInitialCapacity(rows);
                target.allocateNew();
            }
            CellErrors errors = apply.kernel().fill(arguments, target);
            target.setValueCount(rows);
            return Cells.of(type, target, errors);
        } catch (RuntimeException | Error failure) {
            target.close();
            throw failure;
        }
    }

    private void keep(RowCode.Keep keep) {
        BitVector predicate = (BitVector) cells(keep.predicate()).values();
        boolean constant = code.constants()[keep.predicate()];
        int[] kept = new int[rows];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            int i = constant ? 0 : row;
            if (!predicate.isNull(i) && predicate.get(i) != 0) {
                kept[count++] = row;
            }
        }
        if (count == rows) {
            return;
        }
        for (int i = keep.instruction() + 1; i < tally.length; i++) {
            tally[i] -= rows - count;
        }
        int[] selected = Arrays.copyOf(kept, count);
        for (int register : keep.live()) {
            Cells all = cells(register);
            registers[register] = Gather.rows(all, selected, allocator);
            all.close();
        }
        positions = positions == null ? null : positions.select(selected);
        rows = count;
    }

    private Cells cells(int register) {
        return Objects.requireNonNull(registers[register]);
    }

    private void free(int register) {
        Cells cells = registers[register];
        if (cells != null) {
            registers[register] = null;
            cells.close();
        }
    }

    @Override
    public void close() {
        for (int register = 0; register < registers.length; register++) {
            free(register);
        }
    }
}
