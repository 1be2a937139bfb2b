package io.millrace.automl.pipeline;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.Step;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The column that a row-wise step writes, and those that its value is computed from.
 *
 * @param written its name after the step
 * @param read their names before the step
 */
record StepColumns(String written, Set<String> read) {
    StepColumns {
        read = Set.copyOf(read);
    }

    /** The columns of {@code step}; empty for a step that only takes columns away, or is not row-wise. */
    static Optional<StepColumns> of(Step step) {
        if (step instanceof ColumnStep.Rename rename) {
            return Optional.of(new StepColumns(rename.to(), Set.of(rename.from())));
        }
        if (step instanceof ColumnStep.Cast cast) {
            return Optional.of(new StepColumns(cast.column(), Set.of(cast.column())));
        }
        if (step instanceof ColumnStep.FillNull fill) {
            return Optional.of(new StepColumns(fill.column(), Set.of(fill.column())));
        }
        if (step instanceof ColumnStep.WithColumn with) {
            Set<String> read = new HashSet<>();
            with.value().accept(new Collector(read));
            return Optional.of(new StepColumns(with.name(), read));
        }
        return Optional.empty();
    }

    /** Collects the columns in an expression. */
    private record Collector(Set<String> names) implements Expr.Visitor<Set<String>> {
        @Override
        public Set<String> visit(Expr.Column column) {
            names.add(column.name());
            return names;
        }

        @Override
        public Set<String> visit(Expr.Literal literal) {
            return names;
        }

        @Override
        public Set<String> visit(Expr.Call call) {
            call.arguments().forEach(argument -> argument.accept(this));
            return names;
        }

        @Override
        public Set<String> visit(Expr.Apply apply) {
            names.addAll(apply.columns());
            return names;
        }

        @Override
        public Set<String> visit(Expr.Cast cast) {
            return cast.input().accept(this);
        }

        @Override
        public Set<String> visit(Expr.Case choice) {
            choice.branches().forEach(branch -> {
                branch.condition().accept(this);
                branch.value().accept(this);
            });
            choice.otherwise().ifPresent(otherwise -> otherwise.accept(this));
            return names;
        }
    }
}
