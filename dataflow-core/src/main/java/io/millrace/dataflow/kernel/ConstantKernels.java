package io.millrace.dataflow.kernel;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.plan.rule.Evaluation;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;

/**
 * Computes expressions that read no column, over a batch of one row and in little memory. Stateless and thread-safe.
 */
public final class ConstantKernels implements Evaluation {
    private static final long MOST_BYTES = 16L << 20;

    @Override
    public List<Optional<TypedExpr.Constant>> evaluate(List<TypedExpr> expressions) {
        Schema input = Schema.of(Field.optional("row", DataTypes.BOOL));
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            fields.add(Field.optional("value" + i, expressions.get(i).type()));
        }
        Schema output = Schema.of(fields);
        RowProgram program = RowProgram.of(
                input, List.of(new RowProgram.Instruction(new Operator.Project(expressions), output, "constants")));
        List<Optional<TypedExpr.Constant>> values = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator(MOST_BYTES)) {
            Cells row = CellValues.of(DataTypes.BOOL, Collections.singletonList(true), allocator);
            try (Batch batch = program.run(Batch.of(input, List.of(row), 1, null), allocator)) {
                for (int i = 0; i < expressions.size(); i++) {
                    Cells cells = batch.cells(i);
                    values.add(
                            cells.errors().size() > 0
                                    ? Optional.empty()
                                    : Optional.of(new TypedExpr.Constant(
                                            cells.value(0), expressions.get(i).type())));
                }
            }
        } catch (OutOfMemoryException tooLarge) {
            return Collections.nCopies(expressions.size(), Optional.empty());
        }
        return values;
    }
}
