package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Binds aggregates over the columns of a schema: those of expressions become aggregates of the columns of a projection
 * before them, and a condition becomes a part of the expression.
 */
final class MeasureBinder {
    /** Kinds that are computed in float64, whatever numbers they are given. */
    private static final Set<Aggregate.Kind> IN_FLOAT = EnumSet.of(
            Aggregate.Kind.WEIGHTED_MEAN,
            Aggregate.Kind.VARIANCE,
            Aggregate.Kind.STANDARD_DEVIATION,
            Aggregate.Kind.SKEWNESS,
            Aggregate.Kind.KURTOSIS,
            Aggregate.Kind.COVARIANCE,
            Aggregate.Kind.CORRELATION,
            Aggregate.Kind.QUANTILE);

    private static final Set<Aggregate.Kind> NEVER_NULL = EnumSet.of(
            Aggregate.Kind.COUNT_ROWS,
            Aggregate.Kind.COUNT,
            Aggregate.Kind.COUNT_DISTINCT,
            Aggregate.Kind.LIST,
            Aggregate.Kind.TOP_VALUES,
            Aggregate.Kind.BOTTOM_VALUES);

    private final Schema schema;
    private final String text;
    private final List<TypedExpr> columns;
    private final List<String> names;

    MeasureBinder(Schema schema, String text) {
        this.schema = schema;
        this.text = text;
        this.columns = StepInputs.passAll(schema);
        this.names = new ArrayList<>(schema.names());
    }

    /** The measure of an aggregate. */
    Operator.GroupBy.Measure bind(Aggregate aggregate) {
        Optional<TypedExpr> condition =
                aggregate.condition().map(predicate -> ExprBinder.bindPredicate(predicate, schema, text));
        if (aggregate.kind() == Aggregate.Kind.COUNT_ROWS && condition.isPresent()) {
            TypedExpr counted = chosen(condition.get(), new TypedExpr.Constant(true, DataTypes.BOOL));
            return new Operator.GroupBy.Measure(
                    Aggregate.Kind.COUNT, position(counted, aggregate.name()), DataTypes.INT64);
        }
        List<TypedExpr> inputs = new ArrayList<>();
        for (Expr input : aggregate.inputs()) {
            inputs.add(ExprBinder.bind(input, schema, text));
        }
        DataType type = resultType(aggregate, inputs);
        List<Integer> positions = new ArrayList<>();
        for (TypedExpr input : inputs) {
            TypedExpr read =
                    IN_FLOAT.contains(aggregate.kind()) ? ExprBinder.converted(input, DataTypes.FLOAT64) : input;
            // A pair with one null is passed over, and so one condition is enough for both; not for their errors.
            TypedExpr counted = condition.map(known -> chosen(known, read)).orElse(read);
            positions.add(position(counted, aggregate.name()));
        }
        return new Operator.GroupBy.Measure(aggregate.kind(), positions, aggregate.parameter(), type);
    }

    /** The column of an aggregate that became {@code measure}. */
    static Field field(Aggregate aggregate, Operator.GroupBy.Measure measure) {
        return new Field(aggregate.name(), measure.type(), !NEVER_NULL.contains(measure.kind()));
    }

    /** The position of the values of an expression. */
    int position(TypedExpr expression, String name) {
        if (expression instanceof TypedExpr.Input column) {
            return column.index();
        }
        int known = columns.indexOf(expression);
        if (known >= 0) {
            return known;
        }
        columns.add(expression);
        names.add(StepInputs.unused(name, names));
        return columns.size() - 1;
    }

    /** The projection that makes the columns of expressions; none when there are none. */
    List<StepBinder.Bound.Prepared> prepared() {
        if (columns.size() == schema.size()) {
            return List.of();
        }
        StepBinder.Bound projection = StepInputs.project(columns, names);
        return List.of(new StepBinder.Bound.Prepared(0, (Operator.Project) projection.operator(), projection.schema()));
    }

    /** The value where the condition is true, else null: also where the condition is an error. */
    private static TypedExpr chosen(TypedExpr condition, TypedExpr value) {
        TypedExpr isError = new TypedExpr.Call(Function.IS_ERROR, List.of(condition), DataTypes.BOOL, false);
        return new TypedExpr.Case(
                List.of(
                        new TypedExpr.Case.Branch(isError, new TypedExpr.Constant(null, value.type())),
                        new TypedExpr.Case.Branch(condition, value)),
                Optional.empty(),
                value.type(),
                true);
    }

    private DataType resultType(Aggregate aggregate, List<TypedExpr> inputs) {
        for (TypedExpr input : inputs) {
            requireFit(aggregate, input.type());
        }
        if (IN_FLOAT.contains(aggregate.kind())) {
            return DataTypes.FLOAT64;
        }
        return switch (aggregate.kind()) {
            case COUNT, COUNT_ROWS, COUNT_DISTINCT -> DataTypes.INT64;
            case MEAN, MEAN_DISTINCT -> DataTypes.FLOAT64;
            case SUM, SUM_DISTINCT -> {
                DataType input = inputs.get(0).type();
                yield input instanceof DataType.Decimal decimal ? DataTypes.decimal(38, decimal.scale()) : input;
            }
            case LIST -> DataTypes.listOf(inputs.get(0).type());
            case TOP_VALUES, BOTTOM_VALUES ->
                DataTypes.listOf(DataTypes.struct(
                        Field.optional("value", inputs.get(0).type()), Field.optional("count", DataTypes.INT64)));
            default -> inputs.get(0).type();
        };
    }

    private void requireFit(Aggregate aggregate, DataType input) {
        boolean nested = input instanceof DataType.ListOf || input instanceof DataType.Struct;
        switch (aggregate.kind()) {
            case COUNT_ROWS, COUNT, FIRST, LAST, LIST -> {}
            case MIN, MAX, COUNT_DISTINCT, MODE, TOP_VALUES, BOTTOM_VALUES ->
                require(!nested, aggregate, input, "Lists and structs have no order; choose a part of them first");
            case ANY, ALL ->
                require(
                        input.equals(DataTypes.BOOL),
                        aggregate,
                        input,
                        "Compare the column with something, for example col(\"x\").gt(0)");
            default -> require(input.isNumeric(), aggregate, input, "Cast the column to a number first");
        }
    }

    private void require(boolean fits, Aggregate aggregate, DataType input, String advice) {
        if (!fits) {
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH, "Cannot compute " + aggregate + " of " + input + " in " + text, advice);
        }
    }
}
