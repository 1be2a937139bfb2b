package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.List;

/** Binds groups: aggregates of expressions become aggregates of columns of a projection before them. */
final class GroupBinder {
    private final StepInputs step;

    GroupBinder(StepInputs step) {
        this.step = step;
    }

    StepBinder.Bound bind(Step.GroupBy group) {
        Schema schema = step.first();
        List<Integer> keys = step.positions(group.keys(), schema);
        group.keys().forEach(key -> step.requireComparable(key, schema));
        List<TypedExpr> columns = StepInputs.passAll(schema);
        List<String> names = new ArrayList<>(schema.names());
        List<Field> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(schema.field(key)));
        List<Operator.GroupBy.Measure> measures = new ArrayList<>();
        for (Aggregate aggregate : group.aggregates()) {
            int position = -1;
            DataType type = DataTypes.INT64;
            if (aggregate.input().isPresent()) {
                TypedExpr bound = ExprBinder.bind(aggregate.input().get(), schema, step.text());
                type = resultType(aggregate, bound.type());
                if (bound instanceof TypedExpr.Input column) {
                    position = column.index();
                } else {
                    position = columns.size();
                    columns.add(bound);
                    names.add(StepInputs.unused(aggregate.name(), names));
                }
            }
            measures.add(new Operator.GroupBy.Measure(aggregate.kind(), position, type));
            fields.add(new Field(aggregate.name(), type, !isCount(aggregate.kind())));
        }
        List<StepBinder.Bound.Prepared> prepared = new ArrayList<>();
        if (columns.size() > schema.size()) {
            StepBinder.Bound projection = StepInputs.project(columns, names);
            prepared.add(
                    new StepBinder.Bound.Prepared(0, (Operator.Project) projection.operator(), projection.schema()));
        }
        return new StepBinder.Bound(new Operator.GroupBy(keys, measures), Schema.of(fields), prepared);
    }

    private static boolean isCount(Aggregate.Kind kind) {
        return kind == Aggregate.Kind.COUNT_ROWS
                || kind == Aggregate.Kind.COUNT
                || kind == Aggregate.Kind.COUNT_DISTINCT;
    }

    private DataType resultType(Aggregate aggregate, DataType input) {
        boolean ordered = !(input instanceof DataType.ListOf || input instanceof DataType.Struct);
        switch (aggregate.kind()) {
            case SUM, MEAN -> {
                if (!input.isNumeric()) {
                    throw notAggregatable(aggregate, input);
                }
                if (aggregate.kind() == Aggregate.Kind.MEAN) {
                    return DataTypes.FLOAT64;
                }
                return input instanceof DataType.Decimal decimal ? DataTypes.decimal(38, decimal.scale()) : input;
            }
            case MIN, MAX, COUNT_DISTINCT -> {
                if (!ordered) {
                    throw notAggregatable(aggregate, input);
                }
                return aggregate.kind() == Aggregate.Kind.COUNT_DISTINCT ? DataTypes.INT64 : input;
            }
            case COUNT, COUNT_ROWS -> {
                return DataTypes.INT64;
            }
        }
        throw new IllegalStateException("no such aggregate: " + aggregate.kind());
    }

    private DataflowException notAggregatable(Aggregate aggregate, DataType input) {
        return DataflowException.of(
                ErrorCode.TYPE_MISMATCH,
                "Cannot compute " + aggregate + " of " + input + " in " + step.text(),
                "Cast the column to a number first");
    }
}
