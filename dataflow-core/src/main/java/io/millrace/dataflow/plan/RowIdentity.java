package io.millrace.dataflow.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Decides, stage by stage, what tells rows apart to {@link Function#ROW_RANDOM}: the file and record they came from
 * while every engine knows them, and the content of all columns after a step that makes new rows. The decision is part
 * of the plan, so that engines cannot differ in it, and no column that it needs can be left out.
 */
final class RowIdentity {
    /** By stage: whether its rows have the positions they were read with. */
    private final BitSet positioned = new BitSet();

    /** The stage with the decision in its expressions. Stages are told in the order of the plan. */
    @SuppressWarnings("ReferenceEquality") // what does not change is used as it is
    Plan.Stage told(Plan.Stage stage) {
        boolean inputsPositioned = stage.inputs().stream().allMatch(positioned::get);
        positioned.set(stage.id(), inputsPositioned && keepsPositions(stage.operator()));
        Operator operator = inputsPositioned ? byPosition(stage.operator()) : stage.operator();
        return operator == stage.operator()
                ? stage
                : new Plan.Stage(stage.id(), stage.inputs(), operator, stage.schema(), stage.text(), stage.where());
    }

    /** The operators of which it is known; for any other one content tells rows apart, which always is safe. */
    private static boolean keepsPositions(Operator operator) {
        return operator instanceof Operator.Scan
                || operator instanceof Operator.Values
                || operator instanceof Operator.Project
                || operator instanceof Operator.Filter
                || operator instanceof Operator.RejectErrors
                || operator instanceof Operator.Limit
                || operator instanceof Operator.Skip
                || operator instanceof Operator.Tail
                || operator instanceof Operator.RowNumber
                || operator instanceof Operator.RequireRows
                || operator instanceof Operator.Sort
                || operator instanceof Operator.Distinct
                || operator instanceof Operator.Union;
    }

    @SuppressWarnings("ReferenceEquality") // what does not change is used as it is
    private static Operator byPosition(Operator operator) {
        if (operator instanceof Operator.Filter filter) {
            TypedExpr predicate = filter.predicate().accept(ByPosition.INSTANCE);
            return predicate == filter.predicate() ? filter : new Operator.Filter(predicate);
        }
        if (operator instanceof Operator.Project project) {
            return project.mapped(column -> column.accept(ByPosition.INSTANCE));
        }
        return operator;
    }

    /** Leaves the columns out of the arguments of {@link Function#ROW_RANDOM}. Plain loops, for deep expressions. */
    private static final class ByPosition implements TypedExpr.Visitor<TypedExpr> {
        static final ByPosition INSTANCE = new ByPosition();

        @Override
        public TypedExpr visit(TypedExpr.Input input) {
            return input;
        }

        @Override
        public TypedExpr visit(TypedExpr.Constant constant) {
            return constant;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // what does not change is used as it is
        public TypedExpr visit(TypedExpr.Call call) {
            if (call.function() == Function.ROW_RANDOM) {
                List<TypedExpr> seed = call.arguments().subList(0, 1);
                return new TypedExpr.Call(call.function(), seed, call.type(), call.nullable());
            }
            List<TypedExpr> arguments = new ArrayList<>(call.arguments().size());
            boolean same = true;
            for (TypedExpr argument : call.arguments()) {
                TypedExpr changed = argument.accept(this);
                same &= changed == argument;
                arguments.add(changed);
            }
            return same ? call : new TypedExpr.Call(call.function(), arguments, call.type(), call.nullable());
        }

        @Override
        public TypedExpr visit(TypedExpr.Apply apply) {
            return apply;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // what does not change is used as it is
        public TypedExpr visit(TypedExpr.Cast cast) {
            TypedExpr input = cast.input().accept(this);
            return input == cast.input() ? cast : new TypedExpr.Cast(input, cast.type());
        }

        @Override
        public TypedExpr visit(TypedExpr.Case choice) {
            List<TypedExpr.Case.Branch> branches =
                    new ArrayList<>(choice.branches().size());
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
