package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.expr.Cardinality;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.plan.rule.PlanGraph.Vertex;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Where conditions over the columns of a stage may go below it: into every input that has the columns they read.
 *
 * @param places for each input, from the place of a column of the stage to its place there; -1 where the input has no such
 *     column or rows must not be dropped by it. Empty when no condition may go below
 * @param byKeys whether rows whose cells are equal as keys must be kept or dropped together
 */
record FilterWay(List<IntUnaryOperator> places, boolean byKeys) {
    private static final FilterWay NONE = new FilterWay(List.of(), false);

    private static FilterWay one(IntUnaryOperator place) {
        return new FilterWay(List.of(place), false);
    }

    private static FilterWay byKeys(IntUnaryOperator place) {
        return new FilterWay(List.of(place), true);
    }

    /** Finds ways; remembers which stages call user functions, which no filter passes. */
    static final class Finder {
        private final IdentityHashMap<Operator, Boolean> callsUser = new IdentityHashMap<>();

        FilterWay below(Vertex stage) {
            return stage.operator().accept(new Below(stage, this));
        }

        boolean callsUser(Operator.Filter filter) {
            return callsUser(filter, List.of(filter.predicate()));
        }

        private boolean callsUser(Operator operator, List<TypedExpr> columns) {
            return callsUser.computeIfAbsent(operator, each -> columns.stream().anyMatch(ExprFacts::callsUser));
        }
    }

    private record Below(Vertex stage, Finder finder) implements Operator.Visitor<FilterWay> {
        private boolean isOneValue(int column) {
            return ExprFacts.isOneValue(stage.schema().field(column).type());
        }

        @Override
        public FilterWay visit(Operator.Scan scan) {
            return NONE;
        }

        @Override
        public FilterWay visit(Operator.Values values) {
            return NONE;
        }

        @Override
        public FilterWay visit(Operator.TableRows rows) {
            return NONE;
        }

        @Override
        public FilterWay visit(Operator.Hosted hosted) {
            return NONE;
        }

        @Override
        public FilterWay visit(Operator.Project project) {
            return finder.callsUser(project, project.changedColumns())
                    ? NONE
                    : one(column -> passed(project.columns().get(column)));
        }

        private static int passed(TypedExpr column) {
            return column instanceof TypedExpr.Input input ? input.index() : -1;
        }

        /** The conditions of two filters are told apart where they stand. */
        @Override
        public FilterWay visit(Operator.Filter filter) {
            return NONE;
        }

        /** Below where every row that is made of one has the column unchanged. */
        @Override
        public FilterWay visit(Operator.Expand expand) {
            if (finder.callsUser(
                    expand, expand.rows().stream().flatMap(List::stream).toList())) {
                return NONE;
            }
            return one(column -> {
                int place = expand.rows().isEmpty()
                        ? -1
                        : passed(expand.rows().get(0).get(column));
                boolean same = expand.rows().stream().allMatch(row -> passed(row.get(column)) == place);
                return same ? place : -1;
            });
        }

        @Override
        public FilterWay visit(Operator.Explode explode) {
            return one(column -> column == explode.column() ? -1 : column);
        }

        /** Rows that are dropped early would not be counted. */
        @Override
        public FilterWay visit(Operator.RejectErrors reject) {
            return NONE;
        }

        /** Other rows would be the first ones. */
        @Override
        public FilterWay visit(Operator.Limit limit) {
            return NONE;
        }

        @Override
        public FilterWay visit(Operator.Skip skip) {
            return NONE;
        }

        @Override
        public FilterWay visit(Operator.Tail tail) {
            return NONE;
        }

        @Override
        public FilterWay visit(Operator.RowNumber number) {
            return NONE;
        }

        @Override
        public FilterWay visit(Operator.RequireRows require) {
            return NONE;
        }

        @Override
        public FilterWay visit(Operator.Sort sort) {
            return one(column -> column);
        }

        /** Below where all rows of a combination are dropped or none. */
        @Override
        public FilterWay visit(Operator.Distinct distinct) {
            Set<Integer> keys = Set.copyOf(distinct.columns());
            return byKeys(column -> keys.contains(column) && isOneValue(column) ? column : -1);
        }

        @Override
        public FilterWay visit(Operator.Union union) {
            IntUnaryOperator same = column -> column;
            return new FilterWay(Collections.nCopies(stage.inputCount(), same), false);
        }

        /** A row that is dropped early could have been the one too many that is an error. */
        @Override
        public FilterWay visit(Operator.Join join) {
            return join.expected() == Cardinality.MANY_TO_MANY
                    ? new FilterWay(List.of(column -> left(join, column), column -> right(join, column)), false)
                    : NONE;
        }

        /** The column of the left input that a column of the result is, wherever it is not null for want of a partner. */
        private int left(Operator.Join join, int column) {
            Operator.Join.Column from = join.columns().get(column);
            return switch (from.side()) {
                case LEFT -> join.kind().keepsRight() ? -1 : from.index();
                case KEY ->
                    join.kind().keepsRight() && !isOneValue(column)
                            ? -1
                            : join.leftKeys().get(from.index());
                case RIGHT -> {
                    int key = join.kind().keepsLeft() || !isOneValue(column)
                            ? -1
                            : join.rightKeys().indexOf(from.index());
                    yield key < 0 ? -1 : join.leftKeys().get(key);
                }
            };
        }

        private int right(Operator.Join join, int column) {
            Operator.Join.Column from = join.columns().get(column);
            return switch (from.side()) {
                case RIGHT -> join.kind().keepsLeft() ? -1 : from.index();
                case KEY -> isOneValue(column) ? join.rightKeys().get(from.index()) : -1;
                case LEFT -> {
                    int key = join.kind().keepsRight() || !isOneValue(column)
                            ? -1
                            : join.leftKeys().indexOf(from.index());
                    yield key < 0 ? -1 : join.rightKeys().get(key);
                }
            };
        }

        /** Rows are paired by their number. */
        @Override
        public FilterWay visit(Operator.Append append) {
            return NONE;
        }

        /** Below where whole groups are dropped. Without keys there is a row even for no rows. */
        @Override
        public FilterWay visit(Operator.GroupBy group) {
            return byKeys(column -> column < group.keys().size() && isOneValue(column)
                    ? group.keys().get(column)
                    : -1);
        }

        /** Below where whole partitions are dropped. */
        @Override
        public FilterWay visit(Operator.Window window) {
            Set<Integer> partition = Set.copyOf(window.partition());
            return byKeys(column -> {
                int from = column < window.columns().size() ? window.columns().get(column) : -1;
                return partition.contains(from) && isOneValue(column) ? from : -1;
            });
        }
    }
}
