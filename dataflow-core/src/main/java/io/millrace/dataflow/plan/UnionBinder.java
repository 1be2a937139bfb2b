package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.List;

/** Binds unions: the columns of the others are put into the order of the first. */
final class UnionBinder {
    private final StepInputs step;

    UnionBinder(StepInputs step) {
        this.step = step;
    }

    StepBinder.Bound bind(Step.Union union) {
        Schema first = step.first();
        List<Field> fields = new ArrayList<>(first.fields());
        List<StepBinder.Bound.Prepared> prepared = new ArrayList<>();
        for (int i = 1; i < step.inputs().size(); i++) {
            Schema other = step.inputs().get(i);
            requireSameColumns(first, other, i);
            List<Integer> order = step.positions(first.names(), other);
            for (int column = 0; column < fields.size(); column++) {
                Field field = fields.get(column);
                boolean nullable =
                        field.nullable() || other.field(order.get(column)).nullable();
                fields.set(column, new Field(field.name(), field.type(), nullable));
            }
            if (!first.names().equals(other.names())) {
                StepBinder.Bound projection = StepInputs.project(
                        order.stream()
                                .map(index -> StepInputs.pass(other, index))
                                .toList(),
                        first.names());
                prepared.add(new StepBinder.Bound.Prepared(
                        i, (Operator.Project) projection.operator(), projection.schema()));
            }
        }
        return new StepBinder.Bound(new Operator.Union(), Schema.of(fields), prepared);
    }

    private void requireSameColumns(Schema first, Schema other, int index) {
        List<String> problems = new ArrayList<>();
        for (Field field : first.fields()) {
            other.find(field.name())
                    .ifPresentOrElse(
                            match -> {
                                if (!match.type().equals(field.type())) {
                                    problems.add("Column '" + field.name() + "' is " + field.type()
                                            + " in the first and " + match.type() + " in the other");
                                }
                            },
                            () -> problems.add("Column '" + field.name() + "' is only in the first"));
        }
        for (Field field : other.fields()) {
            if (!first.has(field.name())) {
                problems.add("Column '" + field.name() + "' is only in the other");
            }
        }
        if (!problems.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot put the rows of input " + (index + 1) + " after those of the first in " + step.text(),
                    problems);
        }
    }
}
