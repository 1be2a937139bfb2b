package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinKind;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Binds joins: finds the keys on both sides, and says where every column of the result comes from. */
final class JoinBinder {
    private final StepInputs step;

    JoinBinder(StepInputs step) {
        this.step = step;
    }

    StepBinder.Bound bind(TableStep.Join join) {
        JoinOptions options = join.options();
        Schema left = step.inputs().get(0);
        Schema right = step.inputs().get(1);
        List<JoinKeys.Pair> pairs = options.keys().pairs();
        Side leftSide = new Side(left, pairs.stream().map(JoinKeys.Pair::left).toList());
        Side rightSide =
                new Side(right, pairs.stream().map(JoinKeys.Pair::right).toList());
        requireSameTypes(pairs, leftSide, rightSide);

        List<Integer> shared = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            shared.add(pairs.get(i).isShared() ? leftSide.positions.get(i) : -1);
        }
        Set<String> sharedNames = new LinkedHashSet<>();
        shared.stream()
                .filter(position -> position >= 0)
                .forEach(position -> sharedNames.add(left.field(position).name()));
        JoinedNames names = new JoinedNames(options.names(), left, right, sharedNames);
        List<Field> fields = new ArrayList<>();
        List<Operator.Join.Column> columns = new ArrayList<>();
        JoinKind kind = options.kind();
        for (int i = 0; i < left.size(); i++) {
            Field field = left.field(i);
            int key = shared.indexOf(i);
            if (key >= 0 && kind.keepsRight()) {
                Field other = right.field(rightSide.positions.get(key));
                boolean nullable = other.nullable() || (kind.keepsLeft() && field.nullable());
                fields.add(new Field(field.name(), field.type(), nullable));
                columns.add(new Operator.Join.Column(Operator.Join.Side.KEY, key));
            } else {
                fields.add(new Field(names.left(field.name()), field.type(), field.nullable() || kind.keepsRight()));
                columns.add(new Operator.Join.Column(Operator.Join.Side.LEFT, i));
            }
        }
        for (int i = 0; i < right.size() && !kind.isFilter(); i++) {
            Field field = right.field(i);
            if (!sharedNames.contains(field.name())) {
                fields.add(new Field(names.right(field.name()), field.type(), field.nullable() || kind.keepsLeft()));
                columns.add(new Operator.Join.Column(Operator.Join.Side.RIGHT, i));
            }
        }
        List<StepBinder.Bound.Prepared> prepared = new ArrayList<>();
        leftSide.prepare(0, prepared);
        rightSide.prepare(1, prepared);
        Operator.Join operator = new Operator.Join(
                kind == JoinKind.CROSS ? JoinKind.INNER : kind,
                leftSide.positions,
                rightSide.positions,
                columns,
                options.expected());
        return new StepBinder.Bound(operator, Schema.of(fields), prepared);
    }

    private void requireSameTypes(List<JoinKeys.Pair> pairs, Side left, Side right) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            JoinKeys.Pair pair = pairs.get(i);
            DataType a = left.columns.get(left.positions.get(i)).type();
            DataType b = right.columns.get(right.positions.get(i)).type();
            requireComparable(pair, a);
            if (!a.equals(b)) {
                problems.add("Cannot compare " + a + " with " + b + " for " + (pair.isShared() ? "column '" : "keys '")
                        + (pair.isShared() ? ((Expr.Column) pair.left()).name() : pair) + "'");
            }
        }
        if (problems.size() == 1) {
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH, problems.get(0) + " in " + step.text(), "Cast one side before the join");
        }
        if (!problems.isEmpty()) {
            problems.add("Cast one side of each before the join");
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH, "Cannot compare the keys of both inputs in " + step.text(), problems);
        }
    }

    private void requireComparable(JoinKeys.Pair pair, DataType type) {
        if (type instanceof DataType.ListOf || type instanceof DataType.Struct) {
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot compare values of " + type + (pair.isShared() ? " column '" : " keys '")
                            + (pair.isShared() ? ((Expr.Column) pair.left()).name() : pair) + "' in " + step.text());
        }
    }

    /** One input: its keys by position, and its columns with the keys that are computed after them. */
    private final class Side {
        private final Schema schema;
        private final List<TypedExpr> columns;
        private final List<String> names;
        private final List<Integer> positions = new ArrayList<>();

        Side(Schema schema, List<Expr> keys) {
            this.schema = schema;
            this.columns = StepInputs.passAll(schema);
            this.names = new ArrayList<>(schema.names());
            Set<String> read = new LinkedHashSet<>();
            keys.forEach(key -> read.addAll(Columns.of(key)));
            Columns.requireAll(List.copyOf(read), schema, step.text());
            for (Expr key : keys) {
                TypedExpr bound = ExprBinder.bind(key, schema, step.text());
                if (bound instanceof TypedExpr.Input column) {
                    positions.add(column.index());
                } else {
                    positions.add(columns.size());
                    columns.add(bound);
                    names.add(StepInputs.unused(key.toString(), names));
                }
            }
        }

        void prepare(int index, List<StepBinder.Bound.Prepared> prepared) {
            if (columns.size() > schema.size()) {
                StepBinder.Bound projection = StepInputs.project(columns, names);
                prepared.add(new StepBinder.Bound.Prepared(
                        index, (Operator.Project) projection.operator(), projection.schema()));
            }
        }
    }
}
