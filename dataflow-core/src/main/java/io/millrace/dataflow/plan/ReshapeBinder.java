package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.PivotColumn;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds the steps that turn columns into rows and rows into columns. */
final class ReshapeBinder {
    private final StepInputs step;

    ReshapeBinder(StepInputs step) {
        this.step = step;
    }

    StepBinder.Bound bind(TableStep.Unpivot unpivot) {
        Schema schema = step.first();
        List<String> named = new ArrayList<>(unpivot.keep());
        named.addAll(unpivot.values());
        Columns.requireAll(named, schema, step.text());
        List<String> values = unpivot.values().isEmpty()
                ? schema.names().stream()
                        .filter(name -> !unpivot.keep().contains(name))
                        .toList()
                : unpivot.values();
        if (values.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT, "Cannot find a column to make rows of in " + step.text());
        }
        DataType type = commonType(values);
        List<TypedExpr> kept = step.positions(unpivot.keep(), schema).stream()
                .map(index -> StepInputs.pass(schema, index))
                .toList();
        List<List<TypedExpr>> rows = new ArrayList<>();
        boolean nullable = false;
        for (int index : step.positions(values, schema)) {
            TypedExpr value = ExprBinder.converted(StepInputs.pass(schema, index), type);
            nullable |= value.nullable();
            List<TypedExpr> row = new ArrayList<>(kept);
            row.add(new TypedExpr.Constant(schema.field(index).name(), DataTypes.TEXT));
            row.add(value);
            rows.add(row);
        }
        List<Field> fields = new ArrayList<>();
        unpivot.keep().forEach(name -> fields.add(schema.field(name, step.text())));
        fields.add(Field.required(unpivot.nameColumn(), DataTypes.TEXT));
        fields.add(new Field(unpivot.valueColumn(), type, nullable));
        return new StepBinder.Bound(new Operator.Expand(rows), Schema.of(fields));
    }

    private DataType commonType(List<String> columns) {
        List<@Nullable DataType> types = new ArrayList<>();
        columns.forEach(
                column -> types.add(step.first().field(column, step.text()).type()));
        return Signature.common(types).orElseThrow(() -> {
            List<String> details = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                details.add("Column '" + columns.get(i) + "' is " + types.get(i));
            }
            details.add("Cast them to one type first");
            return DataflowException.of(
                    ErrorCode.TYPE_MISMATCH, "Cannot give one type to the values in " + step.text(), details);
        });
    }

    /** A group whose aggregates pass over the rows of other values. */
    StepBinder.Bound bind(TableStep.Pivot pivot) {
        if (pivot.keys().isEmpty() && pivot.columns().isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot make a table without columns in " + step.text(),
                    "Name keys, or values that get a column");
        }
        step.positions(List.of(pivot.column()), step.first());
        step.requireComparable(pivot.column(), step.first());
        List<Aggregate> aggregates = new ArrayList<>();
        for (PivotColumn column : pivot.columns()) {
            Expr condition = condition(Expr.col(pivot.column()), column);
            aggregates.add(pivot.aggregate().where(condition).as(column.name()));
        }
        return new GroupBinder(step).bind(new TableStep.GroupBy(pivot.keys(), aggregates));
    }

    /** Whether a row belongs to a pivoted column. */
    private static Expr condition(Expr pivoted, PivotColumn column) {
        return switch (column.cells()) {
            case NULL -> pivoted.isNull();
            case ERROR -> pivoted.isError();
            case VALUE -> pivoted.eq(column.value());
        };
    }
}
