package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Binds joins: finds the keys on both sides and gives every column of the result a name of its own. */
final class JoinBinder {
    private final StepInputs step;

    JoinBinder(StepInputs step) {
        this.step = step;
    }

    StepBinder.Bound bind(Step.Join join) {
        Schema left = step.inputs().get(0);
        Schema right = step.inputs().get(1);
        List<Integer> leftKeys = step.positions(join.on(), left);
        List<Integer> rightKeys = step.positions(join.on(), right);
        for (int i = 0; i < leftKeys.size(); i++) {
            step.requireComparable(join.on().get(i), left);
            DataType a = left.field(leftKeys.get(i)).type();
            DataType b = right.field(rightKeys.get(i)).type();
            if (!a.equals(b)) {
                throw DataflowException.of(
                        ErrorCode.TYPE_MISMATCH,
                        "Cannot compare " + a + " with " + b + " for column '"
                                + join.on().get(i) + "' in " + step.text(),
                        "Cast one side before the join");
            }
        }
        List<Field> fields = new ArrayList<>(left.fields());
        Set<String> taken = new LinkedHashSet<>(left.names());
        List<Integer> rightColumns = new ArrayList<>();
        for (int i = 0; i < right.size(); i++) {
            if (rightKeys.contains(i)) {
                continue;
            }
            Field field = right.field(i);
            String name = field.name();
            for (int suffix = 1; !taken.add(name); suffix++) {
                name = field.name() + (suffix == 1 ? "_right" : "_right_" + suffix);
            }
            boolean nullable = field.nullable() || join.kind() == Step.Join.Kind.LEFT;
            fields.add(new Field(name, field.type(), nullable));
            rightColumns.add(i);
        }
        return new StepBinder.Bound(
                new Operator.Join(join.kind(), leftKeys, rightKeys, rightColumns), Schema.of(fields));
    }
}
