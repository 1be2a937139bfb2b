package io.millrace.dataflow.spark.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.dataflow.kernel.RowProgram;
import io.millrace.dataflow.kernel.RowProgramJson;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.util.TransferPair;
import org.jspecify.annotations.Nullable;

/** Which rows fulfil a condition. */
final class ChosenRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChosenRows() {}

    /** The program of a condition that was written as JSON. */
    static RowProgram program(String json) {
        try {
            return RowProgramJson.read(JSON.readTree(json));
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException("a program that was written cannot be read", notJson);
        }
    }

    /**
     * The rows for which a program gives true; null when it does for all. An error in a cell is a null, as it is in all that
     * Spark sees of it.
     */
    static int @Nullable [] of(RowProgram program, Batch batch, BufferAllocator allocator) {
        try (Batch decided = program.run(withoutErrors(batch, allocator), allocator)) {
            BitVector kept = (BitVector) decided.cells(0).values();
            int[] rows = new int[batch.rowCount()];
            int count = 0;
            for (int row = 0; row < rows.length; row++) {
                if (!kept.isNull(row) && kept.get(row) != 0) {
                    rows[count++] = row;
                }
            }
            return count == rows.length ? null : Arrays.copyOf(rows, count);
        }
    }

    private static Batch withoutErrors(Batch batch, BufferAllocator allocator) {
        List<Cells> columns = new ArrayList<>();
        for (Cells cells : batch.columns()) {
            columns.add(
                    cells.errors().isEmpty()
                            ? cells.retain()
                            : Cells.of(cells.type(), shared(cells.values(), allocator), CellErrors.none()));
        }
        return Batch.of(
                batch.schema(), columns, batch.rowCount(), batch.positions().orElse(null));
    }

    /** A vector of its own over the memory of another. */
    static FieldVector shared(FieldVector values, BufferAllocator allocator) {
        TransferPair pair = values.getTransferPair(allocator);
        pair.splitAndTransfer(0, values.getValueCount());
        return (FieldVector) pair.getTo();
    }
}
