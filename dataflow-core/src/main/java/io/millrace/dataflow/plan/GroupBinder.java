package io.millrace.dataflow.plan;

import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.List;

/** Binds groups. */
final class GroupBinder {
    private final StepInputs step;

    GroupBinder(StepInputs step) {
        this.step = step;
    }

    StepBinder.Bound bind(TableStep.GroupBy group) {
        Schema schema = step.first();
        List<Integer> keys = step.positions(group.keys(), schema);
        group.keys().forEach(key -> step.requireComparable(key, schema));
        List<Field> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(schema.field(key)));
        MeasureBinder binder = new MeasureBinder(schema, step.text());
        List<Operator.GroupBy.Measure> measures = new ArrayList<>();
        for (Aggregate aggregate : group.aggregates()) {
            Operator.GroupBy.Measure measure = binder.bind(aggregate);
            measures.add(measure);
            fields.add(MeasureBinder.field(aggregate, measure));
        }
        return new StepBinder.Bound(new Operator.GroupBy(keys, measures), Schema.of(fields), binder.prepared());
    }
}
