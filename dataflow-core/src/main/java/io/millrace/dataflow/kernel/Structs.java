package io.millrace.dataflow.kernel;

import io.millrace.dataflow.plan.TypedExpr;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;

/** Structs are made and taken apart. */
final class Structs {
    private Structs() {}

    /** Of names and values in turn; the names are in the type. */
    static Kernel struct() {
        return (arguments, target) -> {
            StructVector struct = (StructVector) target;
            var errors = arguments.errors();
            for (int row = 0; row < arguments.rows(); row++) {
                if (errors.has(row)) {
                    continue;
                }
                struct.setIndexDefined(row);
                for (int i = 0; i < struct.size(); i++) {
                    int value = 2 * i + 1;
                    NestedCells.copy(
                            arguments.vector(value),
                            arguments.row(value, row),
                            (FieldVector) struct.getChildByOrdinal(i),
                            row);
                }
            }
            return errors;
        };
    }

    static Kernel field(TypedExpr.Call call) {
        String name = (String)
                Objects.requireNonNull(((TypedExpr.Constant) call.arguments().get(1)).value());
        return RowByRow.of("field", (arguments, row, target) -> {
            FieldVector part = ((StructVector) arguments.vector(0)).getChild(name, FieldVector.class);
            NestedCells.copy(part, arguments.row(0, row), target, row);
            return null;
        });
    }
}
