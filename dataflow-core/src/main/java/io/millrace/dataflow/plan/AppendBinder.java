package io.millrace.dataflow.plan;

import io.millrace.dataflow.expr.JoinNames;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Binds columns side by side: every column of the result gets a name of its own. */
final class AppendBinder {
    private final StepInputs step;

    AppendBinder(StepInputs step) {
        this.step = step;
    }

    StepBinder.Bound bind(TableStep.AppendColumns append) {
        Schema left = step.inputs().get(0);
        Schema right = step.inputs().get(1);
        JoinedNames names = new JoinedNames(JoinNames.defaults(), left, right, Set.of());
        boolean padded = append.lengths() == TableStep.AppendColumns.Lengths.PADDED;
        List<Field> fields = new ArrayList<>();
        for (Field field : left.fields()) {
            fields.add(new Field(names.left(field.name()), field.type(), padded || field.nullable()));
        }
        for (Field field : right.fields()) {
            fields.add(new Field(names.right(field.name()), field.type(), padded || field.nullable()));
        }
        return new StepBinder.Bound(new Operator.Append(append.lengths(), all(left), all(right)), Schema.of(fields));
    }

    private static List<Integer> all(Schema schema) {
        return IntStream.range(0, schema.size()).boxed().toList();
    }
}
