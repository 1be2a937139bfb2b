package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.TypedExpr;
import java.util.BitSet;
import java.util.List;

/** Marks what an operator reads of its inputs, in {@code needed}, to give the columns {@code own}. */
record NeededOfInputs(Plan.Stage stage, BitSet own, List<BitSet> needed) implements Operator.Visitor<BitSet> {
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
        int[] changed = project.changed();
        BitSet passed = (BitSet) own.clone();
        for (int column : changed) {
            passed.clear(column);
        }
        input(0).or(passed);
        for (int column : changed) {
            if (own.get(column)) {
                InputColumns.addTo(input(0), project.columns().get(column));
            }
        }
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
