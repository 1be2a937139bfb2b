package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Computes what reads no column once, while planning. What would be an error value stays to be computed for every row,
 * since the error names its record and step; and so does a text that is long.
 */
record FoldConstants(Evaluation evaluation) implements Rule {
    /** The longest text that a plan carries in place of what makes it. */
    private static final int LONGEST_TEXT = 1_000;

    @Override
    public String name() {
        return "compute constants";
    }

    @Override
    public Plan apply(Plan plan) {
        Set<TypedExpr> found = Collections.newSetFromMap(new IdentityHashMap<>());
        List<TypedExpr> constant = new ArrayList<>();
        for (Plan.Stage stage : plan.stages()) {
            for (TypedExpr root : computed(stage.operator())) {
                for (TypedExpr each : largestConstant(root)) {
                    if (found.add(each)) {
                        constant.add(each);
                    }
                }
            }
        }
        IdentityHashMap<TypedExpr, TypedExpr> done = new IdentityHashMap<>();
        if (!constant.isEmpty()) {
            List<Optional<TypedExpr.Constant>> values = evaluation.evaluate(constant);
            for (int i = 0; i < constant.size(); i++) {
                TypedExpr each = constant.get(i);
                values.get(i).filter(FoldConstants::isShort).ifPresent(value -> done.put(each, value));
            }
        }
        return rewritten(plan, done);
    }

    @SuppressWarnings("ReferenceEquality") // what does not change is used as it is
    private static Plan rewritten(Plan plan, IdentityHashMap<TypedExpr, TypedExpr> done) {
        List<Plan.Stage> stages = new ArrayList<>();
        boolean changed = false;
        for (Plan.Stage stage : plan.stages()) {
            Operator operator = rewritten(stage.operator(), done);
            changed |= operator != stage.operator();
            stages.add(
                    operator == stage.operator()
                            ? stage
                            : new Plan.Stage(
                                    stage.id(), stage.inputs(), operator, stage.schema(), stage.text(), stage.where()));
        }
        return changed ? new Plan(stages) : plan;
    }

    private static Operator rewritten(Operator operator, IdentityHashMap<TypedExpr, TypedExpr> done) {
        if (operator instanceof Operator.Project project) {
            return project.mapped(column -> replaced(column, done));
        }
        List<TypedExpr> roots = roots(operator);
        List<TypedExpr> replaced =
                roots.stream().map(root -> replaced(root, done)).toList();
        if (isSame(roots, replaced)) {
            return operator;
        }
        if (operator instanceof Operator.Filter) {
            return new Operator.Filter(replaced.get(0));
        }
        List<List<TypedExpr>> rows = new ArrayList<>();
        int from = 0;
        for (List<TypedExpr> row : ((Operator.Expand) operator).rows()) {
            rows.add(replaced.subList(from, from + row.size()));
            from += row.size();
        }
        return new Operator.Expand(rows);
    }

    @SuppressWarnings("ReferenceEquality") // what does not change is used as it is
    private static boolean isSame(List<TypedExpr> roots, List<TypedExpr> replaced) {
        for (int i = 0; i < roots.size(); i++) {
            if (roots.get(i) != replaced.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static TypedExpr replaced(TypedExpr root, IdentityHashMap<TypedExpr, TypedExpr> done) {
        return ExprFacts.isPassed(root) ? root : ExprTree.rewrite(root, FoldConstants::simplified, done);
    }

    /** The other condition, where one decides nothing: "true and x", "x or false". Nulls and errors of x stay. */
    private static TypedExpr simplified(TypedExpr part) {
        if (part instanceof TypedExpr.Call call
                && (call.function() == Function.AND || call.function() == Function.OR)) {
            boolean neutral = call.function() == Function.AND;
            for (int i = 0; i < 2; i++) {
                if (call.arguments().get(i) instanceof TypedExpr.Constant constant
                        && Objects.equals(constant.value(), neutral)) {
                    return call.arguments().get(1 - i);
                }
            }
        }
        return part;
    }

    /** The parts that read no column and are no part of another such part. */
    private static List<TypedExpr> largestConstant(TypedExpr root) {
        List<TypedExpr> parts = ExprTree.parts(root);
        if (!hasConstantPart(parts)) {
            return List.of();
        }
        Set<TypedExpr> fixed = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<TypedExpr> largest = Collections.newSetFromMap(new IdentityHashMap<>());
        for (TypedExpr part : parts) {
            List<TypedExpr> children = part.arguments();
            boolean isFixed =
                    part instanceof TypedExpr.Constant || (!children.isEmpty() && fixed.containsAll(children));
            if (isFixed && ExprFacts.isPure(part)) {
                fixed.add(part);
            } else {
                children.stream().filter(fixed::contains).forEach(largest::add);
            }
        }
        if (fixed.contains(root)) {
            largest.add(root);
        }
        return parts.stream()
                .filter(part -> largest.contains(part) && !(part instanceof TypedExpr.Constant) && isPlain(part.type()))
                .toList();
    }

    /** Whether anything is made of constants alone. Asked first, since most expressions have no such part. */
    private static boolean hasConstantPart(List<TypedExpr> parts) {
        for (TypedExpr part : parts) {
            List<TypedExpr> children = part.arguments();
            if (!children.isEmpty() && children.stream().allMatch(TypedExpr.Constant.class::isInstance)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a constant of the type is read back as it is from a saved plan. */
    private static boolean isPlain(DataType type) {
        return type.equals(DataTypes.FLOAT64) || ExprFacts.isOneValue(type);
    }

    private static boolean isShort(TypedExpr.Constant constant) {
        Object value = constant.value();
        return value == null
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Double
                || value instanceof BigDecimal
                || value instanceof LocalDate
                || value instanceof Instant
                || (value instanceof String text && text.length() <= LONGEST_TEXT);
    }

    /** The expressions of a row-wise operator or an expansion, without the columns that a projection leaves in place. */
    static List<TypedExpr> computed(Operator operator) {
        return operator instanceof Operator.Project project ? project.changedColumns() : roots(operator);
    }

    /** The expressions of a row-wise operator or an expansion. */
    static List<TypedExpr> roots(Operator operator) {
        if (operator instanceof Operator.Filter filter) {
            return List.of(filter.predicate());
        }
        if (operator instanceof Operator.Project project) {
            return project.columns();
        }
        if (operator instanceof Operator.Expand expand) {
            return expand.rows().stream().flatMap(List::stream).toList();
        }
        return List.of();
    }
}
