package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Turns one step over known schemas into operators, the sugar into few shapes. */
final class StepBinder implements Step.Visitor<StepBinder.Bound> {
    private final Step step;
    private final List<Schema> inputs;
    private final String text;

    private StepBinder(Step step, List<Schema> inputs) {
        this.step = step;
        this.inputs = inputs;
        this.text = StepText.of(step);
    }

    /**
     * Binds a step.
     *
     * @param inputs the schemas of its inputs
     * @throws DataflowException {@code UNKNOWN_COLUMN}, {@code DUPLICATE_COLUMN}, {@code TYPE_MISMATCH},
     *     {@code UNKNOWN_FUNCTION} or {@code INVALID_ARGUMENT}
     */
    static Bound bind(Step step, List<Schema> inputs) {
        int expected =
                step instanceof Step.ReadCsv || step instanceof Step.Values ? 0 : step instanceof Step.Join ? 2 : 1;
        boolean fits = step instanceof Step.Union ? !inputs.isEmpty() : inputs.size() == expected;
        if (!fits) {
            throw DataflowException.of(
                    ErrorCode.NOT_A_PLAN,
                    "Cannot bind " + StepText.of(step) + ": it has " + inputs.size() + " inputs"
                            + (step instanceof Step.Union ? "" : " and needs " + expected));
        }
        return step.accept(new StepBinder(step, inputs));
    }

    /** The operator of the step, its result, and projections of inputs to be done before it (null: none). */
    record Bound(Operator operator, Schema schema, List<Prepared> prepared) {
        private Bound(Operator operator, Schema schema) {
            this(operator, schema, List.of());
        }

        /** A projection of the input at {@code index}. */
        record Prepared(int index, Operator.Project project, Schema schema) {}
    }

    private Schema input() {
        return inputs.get(0);
    }

    private static TypedExpr pass(Schema schema, int index) {
        Field field = schema.field(index);
        return new TypedExpr.Input(index, field.type(), field.nullable());
    }

    private static List<TypedExpr> passAll(Schema schema) {
        List<TypedExpr> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(pass(schema, i));
        }
        return columns;
    }

    private static Bound project(List<TypedExpr> columns, List<String> names) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            TypedExpr column = columns.get(i);
            fields.add(new Field(names.get(i), column.type(), column.nullable()));
        }
        return new Bound(new Operator.Project(columns), Schema.of(fields));
    }

    private List<Integer> positions(List<String> columns, Schema schema) {
        Columns.requireAll(columns, schema, text);
        return columns.stream().map(column -> schema.position(column, text)).toList();
    }

    @Override
    public Bound visit(Step.ReadCsv read) {
        Schema schema = read.options()
                .schema()
                .or(read::schema)
                .orElseThrow(
                        () -> new IllegalStateException("the schema of " + text + " is inferred before it is bound"));
        return new Bound(new Operator.Scan(read.source(), read.options(), schema), schema);
    }

    @Override
    public Bound visit(Step.Values values) {
        return new Bound(new Operator.Values(values.schema(), values.rows()), values.schema());
    }

    @Override
    public Bound visit(Step.Select select) {
        Schema schema = input();
        List<TypedExpr> columns = positions(select.columns(), schema).stream()
                .map(index -> pass(schema, index))
                .toList();
        return project(columns, select.columns());
    }

    @Override
    public Bound visit(Step.Drop drop) {
        Schema schema = input();
        Set<Integer> dropped = new HashSet<>(positions(drop.columns(), schema));
        if (dropped.size() == schema.size()) {
            throw DataflowException.of(ErrorCode.INVALID_ARGUMENT, "Cannot drop every column in " + text);
        }
        List<Integer> kept = IntStream.range(0, schema.size())
                .filter(index -> !dropped.contains(index))
                .boxed()
                .toList();
        return project(
                kept.stream().map(index -> pass(schema, index)).toList(),
                kept.stream().map(index -> schema.field(index).name()).toList());
    }

    @Override
    public Bound visit(Step.Rename rename) {
        Schema schema = input();
        int position = schema.position(rename.from(), text);
        return new Bound(
                new Operator.Project(passAll(schema)),
                schema.with(position, schema.field(position).named(rename.to())));
    }

    @Override
    public Bound visit(Step.WithColumn with) {
        TypedExpr value = ExprBinder.bind(with.value(), input(), text);
        return replaced(with.name(), value);
    }

    /** The input with {@code value} in place of the column {@code name}, or after all columns when there is none. */
    private Bound replaced(String name, TypedExpr value) {
        Schema schema = input();
        List<TypedExpr> columns = passAll(schema);
        Field field = new Field(name, value.type(), value.nullable());
        int position = schema.position(name).orElse(schema.size());
        if (position == schema.size()) {
            columns.add(value);
        } else {
            columns.set(position, value);
        }
        return new Bound(new Operator.Project(columns), schema.with(position, field));
    }

    @Override
    public Bound visit(Step.Cast cast) {
        Schema schema = input();
        TypedExpr column = pass(schema, schema.position(cast.column(), text));
        return replaced(cast.column(), ExprBinder.cast(column, cast.to(), text));
    }

    @Override
    public Bound visit(Step.Filter filter) {
        return new Bound(new Operator.Filter(ExprBinder.bindPredicate(filter.predicate(), input(), text)), input());
    }

    @Override
    public Bound visit(Step.FillNull fill) {
        Schema schema = input();
        Field field = schema.field(schema.position(fill.column(), text));
        TypedExpr value = ExprBinder.bind(Expr.col(fill.column()).orElse(fill.value()), schema, text);
        if (!value.type().equals(field.type())) {
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot fill the nulls of " + field.type() + " column '" + fill.column() + "' with "
                            + Expr.lit(fill.value()) + " in " + text,
                    "Give a " + field.type() + ", or cast the column first");
        }
        return replaced(fill.column(), value);
    }

    @Override
    public Bound visit(Step.Limit limit) {
        return new Bound(new Operator.Limit(limit.rows()), input());
    }

    @Override
    public Bound visit(Step.Sort sort) {
        List<String> columns = sort.keys().stream().map(SortKey::column).toList();
        List<Integer> positions = positions(columns, input());
        List<Operator.Sort.Key> keys = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            requireComparable(columns.get(i), input());
            SortKey key = sort.keys().get(i);
            keys.add(new Operator.Sort.Key(positions.get(i), key.direction(), key.nulls()));
        }
        return new Bound(new Operator.Sort(keys), input());
    }

    @Override
    public Bound visit(Step.Distinct distinct) {
        List<String> columns = distinct.columns().isEmpty() ? input().names() : distinct.columns();
        List<Integer> positions = positions(columns, input());
        columns.forEach(column -> requireComparable(column, input()));
        return new Bound(new Operator.Distinct(positions), input());
    }

    @Override
    public Bound visit(Step.Union union) {
        Schema first = input();
        List<Field> fields = new ArrayList<>(first.fields());
        List<Bound.Prepared> prepared = new ArrayList<>();
        for (int i = 1; i < inputs.size(); i++) {
            Schema other = inputs.get(i);
            requireSameColumns(first, other, i);
            List<Integer> order = positions(first.names(), other);
            for (int column = 0; column < fields.size(); column++) {
                Field field = fields.get(column);
                boolean nullable =
                        field.nullable() || other.field(order.get(column)).nullable();
                fields.set(column, new Field(field.name(), field.type(), nullable));
            }
            if (!first.names().equals(other.names())) {
                Bound projection =
                        project(order.stream().map(index -> pass(other, index)).toList(), first.names());
                prepared.add(new Bound.Prepared(i, (Operator.Project) projection.operator(), projection.schema()));
            }
        }
        return new Bound(new Operator.Union(), Schema.of(fields), prepared);
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
                    "Cannot put the rows of input " + (index + 1) + " after those of the first in " + text,
                    problems);
        }
    }

    @Override
    public Bound visit(Step.Join join) {
        Schema left = inputs.get(0);
        Schema right = inputs.get(1);
        List<Integer> leftKeys = positions(join.on(), left);
        List<Integer> rightKeys = positions(join.on(), right);
        for (int i = 0; i < leftKeys.size(); i++) {
            requireComparable(join.on().get(i), left);
            DataType a = left.field(leftKeys.get(i)).type();
            DataType b = right.field(rightKeys.get(i)).type();
            if (!a.equals(b)) {
                throw DataflowException.of(
                        ErrorCode.TYPE_MISMATCH,
                        "Cannot compare " + a + " with " + b + " for column '"
                                + join.on().get(i) + "' in " + text,
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
        return new Bound(new Operator.Join(join.kind(), leftKeys, rightKeys, rightColumns), Schema.of(fields));
    }

    @Override
    public Bound visit(Step.GroupBy group) {
        Schema schema = input();
        List<Integer> keys = positions(group.keys(), schema);
        group.keys().forEach(key -> requireComparable(key, schema));
        List<TypedExpr> columns = passAll(schema);
        List<String> names = new ArrayList<>(schema.names());
        List<Field> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(schema.field(key)));
        List<Operator.GroupBy.Measure> measures = new ArrayList<>();
        for (Aggregate aggregate : group.aggregates()) {
            int position = -1;
            DataType type = DataTypes.INT64;
            if (aggregate.input().isPresent()) {
                TypedExpr bound = ExprBinder.bind(aggregate.input().get(), schema, text);
                type = resultType(aggregate, bound.type());
                if (bound instanceof TypedExpr.Input column) {
                    position = column.index();
                } else {
                    position = columns.size();
                    columns.add(bound);
                    names.add(unused(aggregate.name(), names));
                }
            }
            measures.add(new Operator.GroupBy.Measure(aggregate.kind(), position, type));
            fields.add(new Field(aggregate.name(), type, !isCount(aggregate.kind())));
        }
        List<Bound.Prepared> prepared = new ArrayList<>();
        if (columns.size() > schema.size()) {
            Bound projection = project(columns, names);
            prepared.add(new Bound.Prepared(0, (Operator.Project) projection.operator(), projection.schema()));
        }
        return new Bound(new Operator.GroupBy(keys, measures), Schema.of(fields), prepared);
    }

    private static boolean isCount(Aggregate.Kind kind) {
        return kind == Aggregate.Kind.COUNT_ROWS
                || kind == Aggregate.Kind.COUNT
                || kind == Aggregate.Kind.COUNT_DISTINCT;
    }

    private static String unused(String name, List<String> taken) {
        String candidate = name;
        for (int suffix = 1; taken.contains(candidate); suffix++) {
            candidate = name + "_" + suffix;
        }
        return candidate;
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
                "Cannot compute " + aggregate + " of " + input + " in " + text,
                "Cast the column to a number first");
    }

    private void requireComparable(String column, Schema schema) {
        DataType type = schema.field(column, text).type();
        if (type instanceof DataType.ListOf || type instanceof DataType.Struct) {
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot compare values of " + type + " column '" + column + "' in " + text);
        }
    }

    @Override
    public String toString() {
        return "StepBinder[" + step + "]";
    }
}
