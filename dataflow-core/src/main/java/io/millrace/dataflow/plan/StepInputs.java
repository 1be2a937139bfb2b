package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a step is bound over: the columns of its inputs, and its text for messages. The parts that most bindings are made
 * of are here.
 *
 * @param inputs the columns of each input
 * @param text the step as {@code explain} shows it
 */
record StepInputs(List<Schema> inputs, String text) {
    /** The columns of the first input. */
    Schema first() {
        return inputs.get(0);
    }

    /** The column at {@code index}, unchanged. */
    static TypedExpr pass(Schema schema, int index) {
        Field field = schema.field(index);
        return new TypedExpr.Input(index, field.type(), field.nullable());
    }

    /** Every column, unchanged, to be changed by the caller. */
    static List<TypedExpr> passAll(Schema schema) {
        return new ArrayList<>(PassedColumns.of(schema));
    }

    /** A projection to these columns under these names. */
    static StepBinder.Bound project(List<TypedExpr> columns, List<String> names) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            TypedExpr column = columns.get(i);
            fields.add(new Field(names.get(i), column.type(), column.nullable()));
        }
        return new StepBinder.Bound(new Operator.Project(columns), Schema.of(fields));
    }

    /** A name that is not taken: {@code name}, or the first of {@code name_1}, {@code name_2}… that is free. */
    static String unused(String name, Collection<String> taken) {
        String candidate = name;
        for (int suffix = 1; taken.contains(candidate); suffix++) {
            candidate = name + "_" + suffix;
        }
        return candidate;
    }

    /** The names of the columns of the first input that a selector finds. */
    List<String> selected(ColumnSelector columns) {
        return Selection.of(columns, first(), text);
    }

    /** The positions of columns; all that are unknown are reported at once. */
    List<Integer> positions(List<String> columns, Schema schema) {
        Columns.requireAll(columns, schema, text);
        return columns.stream().map(column -> schema.position(column, text)).toList();
    }

    /** Returns when the values of a column have an order. */
    void requireComparable(String column, Schema schema) {
        DataType type = schema.field(column, text).type();
        if (type instanceof DataType.ListOf || type instanceof DataType.Struct) {
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot compare values of " + type + " column '" + column + "' in " + text);
        }
    }
}
