package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.plan.WindowMeasure;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operator of a stage over the columns that its inputs still give. */
final class NarrowedOperator implements Operator.Visitor<Operator> {
    /** The columns it gave before the rewrite. */
    private final Schema schema;

    private final BitSet own;
    private final List<BitSet> inputs;
    private BitSet output;

    NarrowedOperator(Schema schema, BitSet own, List<BitSet> inputs) {
        this.schema = schema;
        this.own = own;
        this.inputs = inputs;
        this.output = own;
    }

    /** The columns it gives, known once it was visited. */
    BitSet output() {
        return output;
    }

    private List<Integer> moved(int input, List<Integer> columns) {
        return columns.stream()
                .map(column -> PrunedColumns.rank(inputs.get(input), column))
                .toList();
    }

    /** An operator that gives the columns it takes. */
    private Operator passing(Operator operator) {
        output = inputs.get(0);
        return operator;
    }

    @Override
    public Operator visit(Operator.Scan scan) {
        return new Operator.Scan(scan.source(), scan.options(), PrunedColumns.select(scan.schema(), own));
    }

    @Override
    public Operator visit(Operator.Values values) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : values.rows()) {
            List<@Nullable Object> kept = new ArrayList<>();
            own.stream().forEach(column -> kept.add(row.get(column)));
            rows.add(Collections.unmodifiableList(kept));
        }
        return new Operator.Values(PrunedColumns.select(values.schema(), own), rows);
    }

    @Override
    public Operator visit(Operator.TableRows rows) {
        return new Operator.TableRows(
                rows.table(), own.stream().mapToObj(rows.columns()::get).toList());
    }

    @Override
    public Operator visit(Operator.Hosted hosted) {
        return new Operator.Hosted(
                hosted.rows(), own.stream().mapToObj(hosted.columns()::get).toList());
    }

    @Override
    public Operator visit(Operator.Project project) {
        List<TypedExpr> columns = new ArrayList<>();
        own.stream()
                .forEach(column ->
                        columns.add(InputColumns.moved(project.columns().get(column), inputs.get(0))));
        return new Operator.Project(columns);
    }

    @Override
    public Operator visit(Operator.Expand expand) {
        List<List<TypedExpr>> rows = new ArrayList<>();
        for (List<TypedExpr> row : expand.rows()) {
            rows.add(own.stream()
                    .mapToObj(column -> InputColumns.moved(row.get(column), inputs.get(0)))
                    .toList());
        }
        return new Operator.Expand(rows);
    }

    @Override
    public Operator visit(Operator.Filter filter) {
        return passing(new Operator.Filter(InputColumns.moved(filter.predicate(), inputs.get(0))));
    }

    @Override
    public Operator visit(Operator.Explode explode) {
        return passing(new Operator.Explode(PrunedColumns.rank(inputs.get(0), explode.column()), explode.empty()));
    }

    @Override
    public Operator visit(Operator.RejectErrors reject) {
        return passing(new Operator.RejectErrors(moved(0, reject.columns()), reject.atMost(), reject.path()));
    }

    @Override
    public Operator visit(Operator.Limit limit) {
        return passing(limit);
    }

    @Override
    public Operator visit(Operator.Skip skip) {
        return passing(skip);
    }

    @Override
    public Operator visit(Operator.Tail tail) {
        return passing(tail);
    }

    @Override
    public Operator visit(Operator.RowNumber number) {
        BitSet numbered = (BitSet) inputs.get(0).clone();
        numbered.set(schema.size() - 1);
        output = numbered;
        return number;
    }

    @Override
    public Operator visit(Operator.RequireRows require) {
        return passing(require);
    }

    @Override
    public Operator visit(Operator.Sort sort) {
        return passing(new Operator.Sort(moved(sort.keys())));
    }

    private List<Operator.Sort.Key> moved(List<Operator.Sort.Key> keys) {
        return keys.stream()
                .map(key -> new Operator.Sort.Key(
                        PrunedColumns.rank(inputs.get(0), key.index()), key.direction(), key.nulls()))
                .toList();
    }

    @Override
    public Operator visit(Operator.Distinct distinct) {
        return passing(new Operator.Distinct(moved(0, distinct.columns()), distinct.keep()));
    }

    @Override
    public Operator visit(Operator.Union union) {
        return union;
    }

    @Override
    public Operator visit(Operator.Join join) {
        List<Operator.Join.Column> columns =
                own.stream().mapToObj(join.columns()::get).map(this::moved).toList();
        return new Operator.Join(
                join.kind(), moved(0, join.leftKeys()), moved(1, join.rightKeys()), columns, join.expected());
    }

    private Operator.Join.Column moved(Operator.Join.Column column) {
        return switch (column.side()) {
            case LEFT -> new Operator.Join.Column(column.side(), PrunedColumns.rank(inputs.get(0), column.index()));
            case RIGHT -> new Operator.Join.Column(column.side(), PrunedColumns.rank(inputs.get(1), column.index()));
            case KEY -> column;
        };
    }

    @Override
    public Operator visit(Operator.Append append) {
        int leftColumns = append.left().size();
        List<Integer> left = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        own.stream().forEach(column -> {
            if (column < leftColumns) {
                left.add(append.left().get(column));
            } else {
                right.add(append.right().get(column - leftColumns));
            }
        });
        return new Operator.Append(append.lengths(), moved(0, left), moved(1, right));
    }

    @Override
    public Operator visit(Operator.GroupBy groupBy) {
        int keys = groupBy.keys().size();
        BitSet grouped = (BitSet) own.clone();
        grouped.set(0, keys);
        List<Operator.GroupBy.Measure> measures = new ArrayList<>();
        for (int i = 0; i < groupBy.measures().size(); i++) {
            Operator.GroupBy.Measure measure = groupBy.measures().get(i);
            if (own.get(keys + i)) {
                measures.add(new Operator.GroupBy.Measure(
                        measure.kind(), moved(0, measure.inputs()), measure.parameter(), measure.type()));
            }
        }
        output = grouped;
        return new Operator.GroupBy(moved(0, groupBy.keys()), measures);
    }

    @Override
    public Operator visit(Operator.Window window) {
        int passed = window.columns().size();
        List<Integer> columns = new ArrayList<>();
        List<WindowMeasure> measures = new ArrayList<>();
        own.stream().forEach(column -> {
            if (column < passed) {
                columns.add(PrunedColumns.rank(inputs.get(0), window.columns().get(column)));
            } else {
                measures.add(window.measures()
                        .get(column - passed)
                        .moved(position -> PrunedColumns.rank(inputs.get(0), position)));
            }
        });
        if (!measures.isEmpty()) {
            return new Operator.Window(columns, moved(0, window.partition()), moved(window.order()), measures);
        }
        List<TypedExpr> kept = new ArrayList<>();
        own.stream().forEach(column -> {
            Field field = schema.field(column);
            kept.add(new TypedExpr.Input(columns.get(kept.size()), field.type(), field.nullable()));
        });
        return new Operator.Project(kept);
    }
}
