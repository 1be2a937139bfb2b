package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Turns one step over known schemas into operators, the sugar into few shapes. */
final class StepBinder implements Step.Visitor<StepBinder.Bound> {
    /** A plan of forty steps that put a dataflow beside itself would have a million million columns. */
    private static final int MOST_COLUMNS = 100_000;

    private final StepInputs step;

    private StepBinder(StepInputs step) {
        this.step = step;
    }

    /**
     * Binds a step.
     *
     * @param text the step as {@link StepText} writes it
     * @param inputs the schemas of its inputs
     * @throws DataflowException {@code UNKNOWN_COLUMN}, {@code DUPLICATE_COLUMN}, {@code TYPE_MISMATCH},
     *     {@code UNKNOWN_FUNCTION} or {@code INVALID_ARGUMENT}
     */
    static Bound bind(Step step, String text, List<Schema> inputs) {
        boolean starts = step instanceof SourceStep.Read
                || step instanceof SourceStep.Values
                || step instanceof SourceStep.FromTable
                || step instanceof SourceStep.Hosted;
        boolean pairs = step instanceof TableStep.Join || step instanceof TableStep.AppendColumns;
        int expected = starts ? 0 : pairs ? 2 : 1;
        boolean fits = step instanceof TableStep.Union ? !inputs.isEmpty() : inputs.size() == expected;
        if (!fits) {
            throw DataflowException.of(
                    ErrorCode.NOT_A_PLAN,
                    "Cannot bind " + text + ": it has " + inputs.size() + " inputs"
                            + (step instanceof TableStep.Union ? "" : " and needs " + expected));
        }
        long columns = inputs.stream().mapToLong(Schema::size).sum();
        if (pairs && columns > MOST_COLUMNS) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot bind " + text + ": its inputs have " + columns + " columns together; it may have at most "
                            + MOST_COLUMNS);
        }
        return step.accept(new StepBinder(new StepInputs(inputs, text)));
    }

    /**
     * The operator of the step, what it gives, projections of inputs to be done before it, and operators to be done one
     * after the other after it.
     */
    record Bound(Operator operator, Schema operatorSchema, List<Prepared> prepared, List<Next> next) {
        Bound(Operator operator, Schema schema) {
            this(operator, schema, List.of());
        }

        Bound(Operator operator, Schema schema, List<Prepared> prepared) {
            this(operator, schema, prepared, List.of());
        }

        /** The columns of the result. */
        Schema schema() {
            return next.isEmpty() ? operatorSchema : next.get(next.size() - 1).schema();
        }

        /** An operator over what the one before it gives. */
        record Next(Operator operator, Schema schema) {}

        /** A projection of the input at {@code index}. */
        record Prepared(int index, Operator.Project project, Schema schema) {}
    }

    @Override
    public Bound visit(SourceStep.Read read) {
        Schema schema = read.options()
                .rowSchema()
                .or(read::schema)
                .orElseThrow(() ->
                        new IllegalStateException("the schema of " + step.text() + " is inferred before it is bound"));
        return new Bound(new Operator.Scan(read.source(), read.options().bound(schema), schema), schema);
    }

    @Override
    public Bound visit(SourceStep.Values values) {
        return new Bound(new Operator.Values(values.schema(), values.rows()), values.schema());
    }

    @Override
    public Bound visit(SourceStep.FromTable step) {
        Schema schema = step.table().schema();
        List<Integer> columns = IntStream.range(0, schema.size()).boxed().toList();
        return new Bound(new Operator.TableRows(step.table(), columns), schema);
    }

    @Override
    public Bound visit(SourceStep.Hosted hosted) {
        Schema schema = hosted.rows().schema();
        List<Integer> columns = IntStream.range(0, schema.size()).boxed().toList();
        return new Bound(new Operator.Hosted(hosted.rows(), columns), schema);
    }

    @Override
    public Bound visit(ColumnStep.Select select) {
        return new ColumnBinder(step).bind(select);
    }

    @Override
    public Bound visit(ColumnStep.Drop drop) {
        return new ColumnBinder(step).bind(drop);
    }

    @Override
    public Bound visit(ColumnStep.Rename rename) {
        return new ColumnBinder(step).bind(rename);
    }

    @Override
    public Bound visit(ColumnStep.RenameAll rename) {
        return new ColumnBinder(step).bind(rename);
    }

    @Override
    public Bound visit(ColumnStep.RenameMatching rename) {
        return new ColumnBinder(step).bind(rename);
    }

    @Override
    public Bound visit(ColumnStep.Move move) {
        return new ColumnBinder(step).bind(move);
    }

    @Override
    public Bound visit(ColumnStep.WithColumn with) {
        return new ColumnBinder(step).bind(with);
    }

    @Override
    public Bound visit(ColumnStep.WithColumns with) {
        return new ColumnBinder(step).bind(with);
    }

    @Override
    public Bound visit(ColumnStep.Cast cast) {
        return new ColumnBinder(step).bind(cast);
    }

    @Override
    public Bound visit(ColumnStep.FillNull fill) {
        return new ColumnBinder(step).bind(fill);
    }

    @Override
    public Bound visit(RowStep.Filter filter) {
        return new Bound(
                new Operator.Filter(ExprBinder.bindPredicate(filter.predicate(), step.first(), step.text())),
                step.first());
    }

    @Override
    public Bound visit(RowStep.FilterColumns filter) {
        return new RowBinder(step).bind(filter);
    }

    @Override
    public Bound visit(RowStep.Explode explode) {
        return new NestedBinder(step).bind(explode);
    }

    @Override
    public Bound visit(ColumnStep.Unnest unnest) {
        return new NestedBinder(step).bind(unnest);
    }

    @Override
    public Bound visit(RowStep.RejectErrors reject) {
        return new NestedBinder(step).bind(reject);
    }

    @Override
    public Bound visit(RowStep.Limit limit) {
        return new Bound(new Operator.Limit(limit.rows()), step.first());
    }

    @Override
    public Bound visit(RowStep.Skip skip) {
        return new RowBinder(step).bind(skip);
    }

    @Override
    public Bound visit(RowStep.Tail tail) {
        return new RowBinder(step).bind(tail);
    }

    @Override
    public Bound visit(RowStep.RowNumber number) {
        return new RowBinder(step).bind(number);
    }

    @Override
    public Bound visit(RowStep.SampleRows sample) {
        return new RowBinder(step).bind(sample);
    }

    @Override
    public Bound visit(RowStep.RequireRows require) {
        return new RowBinder(step).bind(require);
    }

    @Override
    public Bound visit(RowStep.Sort sort) {
        List<String> columns = sort.keys().stream().map(SortKey::column).toList();
        List<Integer> positions = step.positions(columns, step.first());
        List<Operator.Sort.Key> keys = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            step.requireComparable(columns.get(i), step.first());
            SortKey key = sort.keys().get(i);
            keys.add(new Operator.Sort.Key(positions.get(i), key.direction(), key.nulls()));
        }
        return new Bound(new Operator.Sort(keys), step.first());
    }

    @Override
    public Bound visit(RowStep.Distinct distinct) {
        List<String> columns = step.selected(distinct.columns());
        if (columns.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT, "Cannot tell rows apart by no column in " + step.text());
        }
        List<Integer> positions = step.positions(columns, step.first());
        columns.forEach(column -> step.requireComparable(column, step.first()));
        return new Bound(new Operator.Distinct(positions, distinct.keep()), step.first());
    }

    @Override
    public Bound visit(TableStep.Union union) {
        return new UnionBinder(step).bind(union);
    }

    @Override
    public Bound visit(TableStep.Join join) {
        return new JoinBinder(step).bind(join);
    }

    @Override
    public Bound visit(TableStep.AppendColumns append) {
        return new AppendBinder(step).bind(append);
    }

    @Override
    public Bound visit(TableStep.Unpivot unpivot) {
        return new ReshapeBinder(step).bind(unpivot);
    }

    @Override
    public Bound visit(TableStep.Pivot pivot) {
        return new ReshapeBinder(step).bind(pivot);
    }

    @Override
    public Bound visit(TableStep.GroupBy group) {
        return new GroupBinder(step).bind(group);
    }

    @Override
    public Bound visit(TableStep.Window window) {
        return new WindowBinder(step).bind(window);
    }
}
