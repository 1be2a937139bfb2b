package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Binds the steps that take lists and structs apart, and those that look for errors. */
final class NestedBinder {
    private final StepInputs step;

    NestedBinder(StepInputs step) {
        this.step = step;
    }

    StepBinder.Bound bind(RowStep.Explode explode) {
        Schema schema = step.first();
        int position = schema.position(explode.column(), step.text());
        if (!(schema.field(position).type() instanceof DataType.ListOf list)) {
            throw mismatch(schema.field(position), "a list", "Split text into a list first, or use explodeText");
        }
        return new StepBinder.Bound(
                new Operator.Explode(position, explode.empty()),
                schema.with(position, Field.optional(explode.column(), list.element())));
    }

    StepBinder.Bound bind(ColumnStep.Unnest unnest) {
        Schema schema = step.first();
        int position = schema.position(unnest.column(), step.text());
        Field column = schema.field(position);
        if (!(column.type() instanceof DataType.Struct struct)) {
            throw mismatch(column, "a struct", "Parse text of JSON into a struct first");
        }
        List<TypedExpr> columns = StepInputs.passAll(schema);
        TypedExpr input = columns.remove(position);
        Set<String> taken = new HashSet<>(schema.names());
        taken.remove(column.name());
        List<String> names = new ArrayList<>(schema.names());
        names.remove(position);
        int at = position;
        for (Field part : struct.fields()) {
            String name = taken.contains(part.name()) ? column.name() + "_" + part.name() : part.name();
            name = StepInputs.unused(name, taken);
            taken.add(name);
            names.add(at, name);
            TypedExpr.Constant field = new TypedExpr.Constant(part.name(), DataTypes.TEXT);
            columns.add(at++, new TypedExpr.Call(Function.FIELD, List.of(input, field), part.type(), true));
        }
        if (columns.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot unnest the only column '" + column.name() + "' in " + step.text() + ": it has no fields");
        }
        return StepInputs.project(columns, names);
    }

    StepBinder.Bound bind(RowStep.RejectErrors reject) {
        Schema schema = step.first();
        List<Integer> columns = reject.columns().isEmpty()
                ? IntStream.range(0, schema.size()).boxed().toList()
                : step.positions(reject.columns(), schema);
        if (reject.path().isEmpty() && reject.atMost() == RowStep.RejectErrors.ANY_NUMBER) {
            return new StepBinder.Bound(Operator.RejectErrors.withoutErrors(columns, schema), schema);
        }
        return new StepBinder.Bound(new Operator.RejectErrors(columns, reject.atMost(), reject.path()), schema);
    }

    private DataflowException mismatch(Field column, String wanted, String instead) {
        return DataflowException.of(
                ErrorCode.TYPE_MISMATCH,
                "Cannot take " + column.type() + " column '" + column.name() + "' apart in " + step.text()
                        + ": it is not " + wanted,
                instead);
    }
}
