package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.TypedExpr;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The columns that an expression reads, and the same expression over fewer columns. */
final class InputColumns {
    private InputColumns() {}

    /** Adds the columns that {@code expression} reads to {@code columns}. */
    static void addTo(BitSet columns, TypedExpr expression) {
        expression.accept(new Collector(columns));
    }

    /** {@code expression} over the columns {@code kept} of its input, which hold all that it reads. */
    static TypedExpr moved(TypedExpr expression, BitSet kept) {
        int firstMissing = kept.nextClearBit(0);
        // Nothing moves when no column is missing before the last one.
        return firstMissing >= kept.length() ? expression : expression.accept(new Mover(kept));
    }

    private record Collector(BitSet columns) implements TypedExpr.Visitor<BitSet> {
        @Override
        public BitSet visit(TypedExpr.Input input) {
            columns.set(input.index());
            return columns;
        }

        @Override
        public BitSet visit(TypedExpr.Constant constant) {
            return columns;
        }

        @Override
        public BitSet visit(TypedExpr.Call call) {
            call.arguments().forEach(argument -> argument.accept(this));
            return columns;
        }

        @Override
        public BitSet visit(TypedExpr.Apply apply) {
            apply.arguments().forEach(argument -> argument.accept(this));
            return columns;
        }

        @Override
        public BitSet visit(TypedExpr.Cast cast) {
            return cast.input().accept(this);
        }

        @Override
        public BitSet visit(TypedExpr.Case choice) {
            for (TypedExpr.Case.Branch branch : choice.branches()) {
                branch.condition().accept(this);
                branch.value().accept(this);
            }
            choice.otherwise().ifPresent(otherwise -> otherwise.accept(this));
            return columns;
        }
    }

    private record Mover(BitSet kept) implements TypedExpr.Visitor<TypedExpr> {
        @Override
        public TypedExpr visit(TypedExpr.Input input) {
            int index = kept.get(0, input.index()).cardinality();
            return index == input.index() ? input : new TypedExpr.Input(index, input.type(), input.nullable());
        }

        @Override
        public TypedExpr visit(TypedExpr.Constant constant) {
            return constant;
        }

        @Override
        public TypedExpr visit(TypedExpr.Call call) {
            List<TypedExpr> arguments = new ArrayList<>();
            call.arguments().forEach(argument -> arguments.add(argument.accept(this)));
            return new TypedExpr.Call(call.function(), arguments, call.type(), call.nullable());
        }

        @Override
        public TypedExpr visit(TypedExpr.Apply apply) {
            List<TypedExpr> arguments = new ArrayList<>();
            apply.arguments().forEach(argument -> arguments.add(argument.accept(this)));
            return new TypedExpr.Apply(apply.function(), apply.names(), arguments);
        }

        @Override
        public TypedExpr visit(TypedExpr.Cast cast) {
            return new TypedExpr.Cast(cast.input().accept(this), cast.type());
        }

        @Override
        public TypedExpr visit(TypedExpr.Case choice) {
            List<TypedExpr.Case.Branch> branches = new ArrayList<>();
            for (TypedExpr.Case.Branch branch : choice.branches()) {
                branches.add(new TypedExpr.Case.Branch(
                        branch.condition().accept(this), branch.value().accept(this)));
            }
            return new TypedExpr.Case(
                    branches,
                    choice.otherwise().map(otherwise -> otherwise.accept(this)),
                    choice.type(),
                    choice.nullable());
        }
    }
}
