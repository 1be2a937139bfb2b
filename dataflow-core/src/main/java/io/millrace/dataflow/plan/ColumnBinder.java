package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Binds the steps that make the columns of a row of those of the same row: each becomes a projection. */
final class ColumnBinder {
    private final StepInputs step;

    ColumnBinder(StepInputs step) {
        this.step = step;
    }

    StepBinder.Bound bind(Step.Select select) {
        Schema schema = step.first();
        List<TypedExpr> columns = step.positions(select.columns(), schema).stream()
                .map(index -> StepInputs.pass(schema, index))
                .toList();
        return StepInputs.project(columns, select.columns());
    }

    StepBinder.Bound bind(Step.Drop drop) {
        Schema schema = step.first();
        Set<Integer> dropped = new HashSet<>(step.positions(drop.columns(), schema));
        if (dropped.size() == schema.size()) {
            throw DataflowException.of(ErrorCode.INVALID_ARGUMENT, "Cannot drop every column in " + step.text());
        }
        List<Integer> kept = IntStream.range(0, schema.size())
                .filter(index -> !dropped.contains(index))
                .boxed()
                .toList();
        return StepInputs.project(
                kept.stream().map(index -> StepInputs.pass(schema, index)).toList(),
                kept.stream().map(index -> schema.field(index).name()).toList());
    }

    StepBinder.Bound bind(Step.Rename rename) {
        Schema schema = step.first();
        int position = schema.position(rename.from(), step.text());
        return new StepBinder.Bound(
                new Operator.Project(StepInputs.passAll(schema)),
                schema.with(position, schema.field(position).named(rename.to())));
    }

    StepBinder.Bound bind(Step.WithColumn with) {
        TypedExpr value = ExprBinder.bind(with.value(), step.first(), step.text());
        return replaced(with.name(), value);
    }

    /** The input with {@code value} in place of the column {@code name}, or after all columns when there is none. */
    private StepBinder.Bound replaced(String name, TypedExpr value) {
        Schema schema = step.first();
        List<TypedExpr> columns = StepInputs.passAll(schema);
        Field field = new Field(name, value.type(), value.nullable());
        int position = schema.position(name).orElse(schema.size());
        if (position == schema.size()) {
            columns.add(value);
        } else {
            columns.set(position, value);
        }
        return new StepBinder.Bound(new Operator.Project(columns), schema.with(position, field));
    }

    StepBinder.Bound bind(Step.Cast cast) {
        Schema schema = step.first();
        TypedExpr column = StepInputs.pass(schema, schema.position(cast.column(), step.text()));
        return replaced(cast.column(), ExprBinder.cast(column, cast.to(), step.text()));
    }

    StepBinder.Bound bind(Step.FillNull fill) {
        Schema schema = step.first();
        Field field = schema.field(schema.position(fill.column(), step.text()));
        TypedExpr value = ExprBinder.bind(Expr.col(fill.column()).orElse(fill.value()), schema, step.text());
        if (!value.type().equals(field.type())) {
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot fill the nulls of " + field.type() + " column '" + fill.column() + "' with "
                            + Expr.lit(fill.value()) + " in " + step.text(),
                    "Give a " + field.type() + ", or cast the column first");
        }
        return replaced(fill.column(), value);
    }
}
