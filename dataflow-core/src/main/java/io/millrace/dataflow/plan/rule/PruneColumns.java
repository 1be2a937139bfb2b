package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.plan.WindowMeasure;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out the columns that nothing above reads, so that a scan neither reads nor converts them and no operator
 * carries them. Gives the plan itself when every column is read. The number of stages stays the same, but for a
 * projection under a union whose inputs are also read by others.
 */
public final class PruneColumns {
    private final Plan plan;
    /** By stage: the columns that somebody reads. */
    private final List<BitSet> needed = new ArrayList<>();
    /** By stage: the columns it gives after the rewrite, in the order they had. */
    private final List<BitSet> given = new ArrayList<>();
    /** By stage: its id after the rewrite. */
    private final int[] ids;

    private final List<Plan.Stage> rewritten = new ArrayList<>();

    private PruneColumns(Plan plan) {
        this.plan = plan;
        this.ids = new int[plan.stages().size()];
    }

    /** The plan without the columns that nothing reads. */
    public static Plan apply(Plan plan) {
        PruneColumns rule = new PruneColumns(plan);
        rule.findNeeded();
        boolean allRead = true;
        for (Plan.Stage stage : plan.stages()) {
            allRead &=
                    rule.needed.get(stage.id()).cardinality() == stage.schema().size();
        }
        if (allRead) {
            return plan;
        }
        for (Plan.Stage stage : plan.stages()) {
            rule.rewrite(stage);
        }
        return new Plan(rule.rewritten);
    }

    /** Goes from the result to the sources. */
    private void findNeeded() {
        for (Plan.Stage stage : plan.stages()) {
            needed.add(new BitSet(stage.schema().size()));
        }
        Plan.Stage result = plan.result();
        needed.get(result.id()).set(0, result.schema().size());
        for (int id = result.id(); id >= 0; id--) {
            Plan.Stage stage = plan.stages().get(id);
            BitSet own = needed.get(id);
            if (own.isEmpty() && stage.schema().size() > 0) {
                // A batch without columns would be a case of its own everywhere; one column counts the rows as well.
                own.set(0);
            }
            stage.operator().accept(new NeededOfInputs(stage, own, needed));
        }
    }

    private void rewrite(Plan.Stage stage) {
        List<BitSet> inputs = stage.inputs().stream().map(given::get).toList();
        List<Integer> inputIds =
                new ArrayList<>(stage.inputs().stream().map(input -> ids[input]).toList());
        BitSet own = needed.get(stage.id());
        Rewriter rewriter = new Rewriter(stage.schema(), own, inputs);
        Operator operator = stage.operator().accept(rewriter);
        BitSet output = rewriter.output;
        if (operator instanceof Operator.Union) {
            for (int i = 0; i < inputs.size(); i++) {
                if (!inputs.get(i).equals(own)) {
                    inputIds.set(i, addProjection(stage, i, inputs.get(i), own));
                }
            }
        }
        given.add(output);
        ids[stage.id()] = rewritten.size();
        rewritten.add(new Plan.Stage(
                rewritten.size(), inputIds, operator, select(stage.schema(), output), stage.text(), stage.where()));
    }

    private int addProjection(Plan.Stage stage, int input, BitSet from, BitSet to) {
        Schema schema = plan.stages().get(stage.inputs().get(input)).schema();
        List<TypedExpr> columns = new ArrayList<>();
        to.stream().forEach(column -> {
            Field field = schema.field(column);
            columns.add(new TypedExpr.Input(rank(from, column), field.type(), field.nullable()));
        });
        int id = rewritten.size();
        rewritten.add(new Plan.Stage(
                id,
                List.of(ids[stage.inputs().get(input)]),
                new Operator.Project(columns),
                select(schema, to),
                stage.text(),
                stage.where()));
        return id;
    }

    private static Schema select(Schema schema, BitSet columns) {
        return columns.cardinality() == schema.size()
                ? schema
                : Schema.of(columns.stream().mapToObj(schema::field).toList());
    }

    /** Where a column stands among those kept. */
    private static int rank(BitSet kept, int column) {
        return kept.get(0, column).cardinality();
    }

    /** Marks what an operator reads of its inputs to give the columns {@code own}. */
    private record NeededOfInputs(Plan.Stage stage, BitSet own, List<BitSet> needed)
            implements Operator.Visitor<BitSet> {
        private BitSet input(int index) {
            return needed.get(stage.inputs().get(index));
        }

        @Override
        public BitSet visit(Operator.Scan scan) {
            return own;
        }

        @Override
        public BitSet visit(Operator.Values values) {
            return own;
        }

        @Override
        public BitSet visit(Operator.TableRows rows) {
            return own;
        }

        @Override
        public BitSet visit(Operator.Hosted hosted) {
            return own;
        }

        @Override
        public BitSet visit(Operator.Project project) {
            own.stream()
                    .forEach(column ->
                            InputColumns.addTo(input(0), project.columns().get(column)));
            return own;
        }

        @Override
        public BitSet visit(Operator.Filter filter) {
            input(0).or(own);
            InputColumns.addTo(input(0), filter.predicate());
            return own;
        }

        @Override
        public BitSet visit(Operator.Expand expand) {
            for (List<TypedExpr> row : expand.rows()) {
                own.stream().forEach(column -> InputColumns.addTo(input(0), row.get(column)));
            }
            return own;
        }

        @Override
        public BitSet visit(Operator.Explode explode) {
            input(0).or(own);
            input(0).set(explode.column());
            return own;
        }

        @Override
        public BitSet visit(Operator.RejectErrors reject) {
            input(0).or(own);
            reject.columns().forEach(column -> input(0).set(column));
            return own;
        }

        @Override
        public BitSet visit(Operator.Limit limit) {
            input(0).or(own);
            return own;
        }

        @Override
        public BitSet visit(Operator.Skip skip) {
            input(0).or(own);
            return own;
        }

        @Override
        public BitSet visit(Operator.Tail tail) {
            input(0).or(own);
            return own;
        }

        @Override
        public BitSet visit(Operator.RowNumber number) {
            own.stream().filter(column -> column < stage.schema().size() - 1).forEach(input(0)::set);
            return own;
        }

        @Override
        public BitSet visit(Operator.RequireRows require) {
            input(0).or(own);
            return own;
        }

        @Override
        public BitSet visit(Operator.Sort sort) {
            input(0).or(own);
            sort.keys().forEach(key -> input(0).set(key.index()));
            return own;
        }

        @Override
        public BitSet visit(Operator.Distinct distinct) {
            input(0).or(own);
            distinct.columns().forEach(column -> input(0).set(column));
            return own;
        }

        @Override
        public BitSet visit(Operator.Union union) {
            for (int i = 0; i < stage.inputs().size(); i++) {
                input(i).or(own);
            }
            return own;
        }

        @Override
        public BitSet visit(Operator.Join join) {
            join.leftKeys().forEach(column -> input(0).set(column));
            join.rightKeys().forEach(column -> input(1).set(column));
            own.stream().mapToObj(join.columns()::get).forEach(column -> {
                if (column.side() == Operator.Join.Side.LEFT) {
                    input(0).set(column.index());
                } else if (column.side() == Operator.Join.Side.RIGHT) {
                    input(1).set(column.index());
                }
            });
            return own;
        }

        @Override
        public BitSet visit(Operator.Append append) {
            int leftColumns = append.left().size();
            own.stream().forEach(column -> {
                if (column < leftColumns) {
                    input(0).set(append.left().get(column));
                } else {
                    input(1).set(append.right().get(column - leftColumns));
                }
            });
            return own;
        }

        @Override
        public BitSet visit(Operator.GroupBy groupBy) {
            groupBy.keys().forEach(column -> input(0).set(column));
            int keys = groupBy.keys().size();
            for (int i = 0; i < groupBy.measures().size(); i++) {
                if (own.get(keys + i)) {
                    groupBy.measures().get(i).inputs().forEach(input(0)::set);
                }
            }
            return own;
        }

        @Override
        public BitSet visit(Operator.Window window) {
            int passed = window.columns().size();
            own.stream().forEach(column -> {
                if (column < passed) {
                    input(0).set(window.columns().get(column));
                } else {
                    window.measures().get(column - passed).inputs().forEach(input(0)::set);
                }
            });
            if (own.length() > passed) {
                window.partition().forEach(input(0)::set);
                window.order().forEach(key -> input(0).set(key.index()));
            }
            return own;
        }
    }

    /** The operator over the columns that its inputs still give. */
    private static final class Rewriter implements Operator.Visitor<Operator> {
        /** The columns it gave before the rewrite. */
        private final Schema schema;

        private final BitSet own;
        private final List<BitSet> inputs;
        private BitSet output;

        Rewriter(Schema schema, BitSet own, List<BitSet> inputs) {
            this.schema = schema;
            this.own = own;
            this.inputs = inputs;
            this.output = own;
        }

        private List<Integer> moved(int input, List<Integer> columns) {
            return columns.stream()
                    .map(column -> rank(inputs.get(input), column))
                    .toList();
        }

        /** An operator that gives the columns it takes. */
        private Operator passing(Operator operator) {
            output = inputs.get(0);
            return operator;
        }

        @Override
        public Operator visit(Operator.Scan scan) {
            return new Operator.Scan(scan.source(), scan.options(), select(scan.schema(), own));
        }

        @Override
        public Operator visit(Operator.Values values) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (List<@Nullable Object> row : values.rows()) {
                List<@Nullable Object> kept = new ArrayList<>();
                own.stream().forEach(column -> kept.add(row.get(column)));
                rows.add(Collections.unmodifiableList(kept));
            }
            return new Operator.Values(select(values.schema(), own), rows);
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
            return passing(new Operator.Explode(rank(inputs.get(0), explode.column()), explode.empty()));
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
                    .map(key -> new Operator.Sort.Key(rank(inputs.get(0), key.index()), key.direction(), key.nulls()))
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
                case LEFT -> new Operator.Join.Column(column.side(), rank(inputs.get(0), column.index()));
                case RIGHT -> new Operator.Join.Column(column.side(), rank(inputs.get(1), column.index()));
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
                    columns.add(rank(inputs.get(0), window.columns().get(column)));
                } else {
                    measures.add(
                            window.measures().get(column - passed).moved(position -> rank(inputs.get(0), position)));
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
}
