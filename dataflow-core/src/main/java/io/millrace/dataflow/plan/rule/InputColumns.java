package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.TypedExpr;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/** The columns that an expression reads, and the same expression over others. */
final class InputColumns {
    private InputColumns() {}

    /** Adds the columns that {@code expression} reads to {@code columns}. */
    static void addTo(BitSet columns, TypedExpr expression) {
        if (expression instanceof TypedExpr.Input input) {
            columns.set(input.index());
            return;
        }
        for (TypedExpr part : ExprTree.parts(expression)) {
            if (part instanceof TypedExpr.Input input) {
                columns.set(input.index());
            }
        }
    }

    /** {@code expression} over the columns {@code kept} of its input, which hold all that it reads. */
    static TypedExpr moved(TypedExpr expression, BitSet kept) {
        int firstMissing = kept.nextClearBit(0);
        // Nothing moves when no column is missing before the last one.
        return firstMissing >= kept.length()
                ? expression
                : moved(expression, index -> kept.get(0, index).cardinality());
    }

    /** {@code expression} with each column that it reads replaced by the one at {@code place} of its index. */
    static TypedExpr moved(TypedExpr expression, IntUnaryOperator place) {
        return ExprTree.rewrite(expression, part -> part instanceof TypedExpr.Input input ? moved(input, place) : part);
    }

    private static TypedExpr moved(TypedExpr.Input input, IntUnaryOperator place) {
        int index = place.applyAsInt(input.index());
        return index == input.index() ? input : new TypedExpr.Input(index, input.type(), input.nullable());
    }
}
