package io.millrace.dataflow.plan;

import io.millrace.dataflow.expr.EachColumn;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.List;

/** Binds the steps that choose among rows, and the one that numbers them. */
final class RowBinder {
    private final StepInputs step;

    RowBinder(StepInputs step) {
        this.step = step;
    }

    StepBinder.Bound bind(RowStep.FilterColumns filter) {
        Schema schema = step.first();
        List<TypedExpr> conditions = new ArrayList<>();
        for (String name : step.selected(filter.columns())) {
            Expr predicate = EachColumn.put(Expr.col(name), filter.predicate());
            conditions.add(ExprBinder.bindPredicate(predicate, schema, step.text()));
        }
        Function joined = filter.quantifier() == RowStep.FilterColumns.Quantifier.EVERY ? Function.AND : Function.OR;
        return new StepBinder.Bound(new Operator.Filter(balanced(conditions, joined)), schema);
    }

    /** The conditions joined in pairs, pairs of pairs and so on, so that thousands nest a dozen deep. */
    private static TypedExpr balanced(List<TypedExpr> conditions, Function joined) {
        if (conditions.isEmpty()) {
            return new TypedExpr.Constant(true, DataTypes.BOOL);
        }
        List<TypedExpr> level = conditions;
        while (level.size() > 1) {
            List<TypedExpr> next = new ArrayList<>();
            for (int i = 0; i + 1 < level.size(); i += 2) {
                TypedExpr left = level.get(i);
                TypedExpr right = level.get(i + 1);
                next.add(new TypedExpr.Call(
                        joined, List.of(left, right), DataTypes.BOOL, left.nullable() || right.nullable()));
            }
            if (level.size() % 2 == 1) {
                next.add(level.get(level.size() - 1));
            }
            level = next;
        }
        return level.get(0);
    }

    StepBinder.Bound bind(RowStep.Skip skip) {
        return new StepBinder.Bound(new Operator.Skip(skip.rows()), step.first());
    }

    StepBinder.Bound bind(RowStep.Tail tail) {
        return new StepBinder.Bound(new Operator.Tail(tail.rows()), step.first());
    }

    StepBinder.Bound bind(RowStep.RowNumber number) {
        Schema schema = step.first();
        return new StepBinder.Bound(
                new Operator.RowNumber(), with(schema, Field.required(number.name(), DataTypes.INT64)));
    }

    StepBinder.Bound bind(RowStep.RequireRows require) {
        return new StepBinder.Bound(new Operator.RequireRows(), step.first());
    }

    /** The rows are numbered, ordered by chance, cut off, and ordered by number again. */
    StepBinder.Bound bind(RowStep.SampleRows sample) {
        Schema schema = step.first();
        List<TypedExpr> columns = StepInputs.passAll(schema);
        columns.add(ExprBinder.bind(Expr.rowRandom(sample.seed()), schema, step.text()));
        Schema random = with(schema, Field.required(unused("random", schema), DataTypes.FLOAT64));
        Schema numbered = with(random, Field.required(unused("number", random), DataTypes.INT64));
        int width = schema.size();
        return new StepBinder.Bound(
                new Operator.RowNumber(),
                numbered,
                List.of(new StepBinder.Bound.Prepared(0, new Operator.Project(columns), random)),
                List.of(
                        next(ordered(width), numbered),
                        next(new Operator.Limit(sample.rows()), numbered),
                        next(ordered(width + 1), numbered),
                        next(new Operator.Project(PassedColumns.of(schema)), schema)));
    }

    private static StepBinder.Bound.Next next(Operator operator, Schema schema) {
        return new StepBinder.Bound.Next(operator, schema);
    }

    private static Operator ordered(int column) {
        return new Operator.Sort(
                List.of(new Operator.Sort.Key(column, SortKey.Direction.ASCENDING, SortKey.Nulls.FIRST)));
    }

    private static String unused(String name, Schema schema) {
        return StepInputs.unused(name, schema.names());
    }

    private static Schema with(Schema schema, Field field) {
        return schema.with(schema.size(), field);
    }
}
