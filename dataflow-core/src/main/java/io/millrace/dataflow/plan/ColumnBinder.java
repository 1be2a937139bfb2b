package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.EachColumn;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Binds the steps that make the columns of a row of those of the same row: each becomes a projection. */
final class ColumnBinder {
    private final StepInputs step;

    ColumnBinder(StepInputs step) {
        this.step = step;
    }

    StepBinder.Bound bind(ColumnStep.Select select) {
        List<String> names = step.selected(select.columns());
        if (names.isEmpty()) {
            throw DataflowException.of(ErrorCode.INVALID_ARGUMENT, "Cannot keep no column in " + step.text());
        }
        return kept(names);
    }

    StepBinder.Bound bind(ColumnStep.Drop drop) {
        Schema schema = step.first();
        Set<String> dropped = new HashSet<>(step.selected(drop.columns()));
        if (dropped.size() == schema.size()) {
            throw DataflowException.of(ErrorCode.INVALID_ARGUMENT, "Cannot drop every column in " + step.text());
        }
        return kept(
                schema.names().stream().filter(name -> !dropped.contains(name)).toList());
    }

    StepBinder.Bound bind(ColumnStep.Move move) {
        Schema schema = step.first();
        int after = move.after().isPresent() ? schema.position(move.after().get(), step.text()) : -1;
        return kept(moved(schema.names(), step.selected(move.columns()), after));
    }

    /** The names in the order they have when {@code moved} stand behind the one at {@code after}. */
    private static List<String> moved(List<String> names, List<String> moved, int after) {
        Set<String> moving = new LinkedHashSet<>(moved);
        if (after >= 0) {
            // A column does not move behind itself, and stays where it is.
            moving.remove(names.get(after));
        }
        List<String> order = new ArrayList<>();
        if (after < 0) {
            order.addAll(moving);
        }
        for (int i = 0; i < names.size(); i++) {
            if (!moving.contains(names.get(i))) {
                order.add(names.get(i));
            }
            if (i == after) {
                order.addAll(moving);
            }
        }
        return order;
    }

    private StepBinder.Bound kept(List<String> names) {
        Schema schema = step.first();
        List<TypedExpr> columns = step.positions(names, schema).stream()
                .map(index -> StepInputs.pass(schema, index))
                .toList();
        return StepInputs.project(columns, names);
    }

    StepBinder.Bound bind(ColumnStep.Rename rename) {
        Schema schema = step.first();
        int position = schema.position(rename.from(), step.text());
        return new StepBinder.Bound(
                new Operator.Project(PassedColumns.of(schema)),
                schema.with(position, schema.field(position).named(rename.to())));
    }

    StepBinder.Bound bind(ColumnStep.RenameAll rename) {
        Columns.requireAll(List.copyOf(rename.names().keySet()), step.first(), step.text());
        return renamed(rename.names());
    }

    StepBinder.Bound bind(ColumnStep.RenameMatching rename) {
        return renamed(newNames(rename, step.first(), step.text()));
    }

    private StepBinder.Bound renamed(Map<String, String> names) {
        Schema schema = step.first();
        return new StepBinder.Bound(
                new Operator.Project(PassedColumns.of(schema)),
                Schema.of(schema.fields().stream()
                        .map(field -> field.named(names.getOrDefault(field.name(), field.name())))
                        .toList()));
    }

    /** The columns whose names match, and the names they get. */
    static Map<String, String> newNames(ColumnStep.RenameMatching rename, Schema schema, String text) {
        Pattern pattern = rename.pattern().compiled();
        Map<String, String> names = new LinkedHashMap<>();
        for (String name : Selection.of(rename.pattern(), schema, text)) {
            try {
                names.put(name, pattern.matcher(name).replaceFirst(rename.replacement()));
            } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
                throw DataflowException.of(
                        ErrorCode.INVALID_ARGUMENT,
                        "Cannot make a name of '" + rename.replacement() + "' in " + text + ": " + wrong.getMessage());
            }
        }
        return names;
    }

    StepBinder.Bound bind(ColumnStep.WithColumn with) {
        TypedExpr value = ExprBinder.bind(with.value(), step.first(), step.text());
        return replaced(with.name(), value);
    }

    /** The input with {@code value} in place of the column {@code name}, or after all columns when there is none. */
    private StepBinder.Bound replaced(String name, TypedExpr value) {
        Schema schema = step.first();
        Field field = new Field(name, value.type(), value.nullable());
        int position = schema.position(name).orElse(schema.size());
        return new StepBinder.Bound(
                new Operator.Project(PassedColumns.of(schema, position, value)), schema.with(position, field));
    }

    StepBinder.Bound bind(ColumnStep.WithColumns with) {
        Schema schema = step.first();
        List<TypedExpr> columns = StepInputs.passAll(schema);
        List<Field> fields = new ArrayList<>(schema.fields());
        Map<String, DataflowException> wrong = new LinkedHashMap<>();
        for (String name : step.selected(with.columns())) {
            int position = schema.position(name, step.text());
            try {
                TypedExpr value = ExprBinder.bind(valueOf(with, name, schema, step.text()), schema, step.text());
                columns.set(position, value);
                fields.set(position, new Field(name, value.type(), value.nullable()));
            } catch (DataflowException mistake) {
                wrong.put(name, mistake);
            }
        }
        if (!wrong.isEmpty()) {
            throw allOf(wrong);
        }
        return new StepBinder.Bound(new Operator.Project(columns), Schema.of(fields));
    }

    /** The value that takes the place of a column. */
    static Expr valueOf(ColumnStep.WithColumns with, String name, Schema schema, String text) {
        Expr value = EachColumn.put(Expr.col(name), with.value());
        if (with.typing() == ColumnStep.WithColumns.Typing.AS_COMPUTED) {
            return value;
        }
        DataType before = schema.field(name, text).type();
        DataType type = ExprBinder.bind(value, schema, text).type();
        if (type.equals(before)) {
            return value;
        }
        if (type instanceof DataType.Decimal && before instanceof DataType.Decimal) {
            return value.cast(before);
        }
        throw DataflowException.of(
                ErrorCode.TYPE_MISMATCH,
                "Cannot put " + type + " values into " + before + " column '" + name + "' by " + value,
                "Give values of the type of the column, or cast the column first");
    }

    /** The first mistake, and the columns that have others. */
    private static DataflowException allOf(Map<String, DataflowException> wrong) {
        DataflowException first = wrong.values().iterator().next();
        if (wrong.size() == 1) {
            return first;
        }
        List<String> details = new ArrayList<>(first.details());
        wrong.values().stream().skip(1).forEach(mistake -> details.add(mistake.what()));
        return DataflowException.of(first.code(), first.what(), details);
    }

    StepBinder.Bound bind(ColumnStep.Cast cast) {
        Schema schema = step.first();
        TypedExpr column = StepInputs.pass(schema, schema.position(cast.column(), step.text()));
        return replaced(cast.column(), ExprBinder.cast(column, cast.to(), step.text()));
    }

    StepBinder.Bound bind(ColumnStep.FillNull fill) {
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
