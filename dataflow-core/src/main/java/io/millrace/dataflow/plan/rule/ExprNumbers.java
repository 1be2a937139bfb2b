package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.TypedExpr;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Numbers expressions, equal ones with equal numbers, however deep they are. */
final class ExprNumbers {
    private final Map<Object, Integer> known = new HashMap<>();

    List<Integer> of(List<TypedExpr> roots) {
        return roots.stream().map(this::of).toList();
    }

    int of(TypedExpr root) {
        IdentityHashMap<TypedExpr, Integer> numbers = new IdentityHashMap<>();
        for (TypedExpr part : ExprTree.parts(root)) {
            List<Integer> children = part.arguments().stream()
                    .map(child -> Objects.requireNonNull(numbers.get(child)))
                    .toList();
            List<Object> key = List.of(part.accept(Label.INSTANCE), part.type(), part.nullable(), children);
            numbers.put(part, known.computeIfAbsent(key, each -> known.size()));
        }
        return Objects.requireNonNull(numbers.get(root));
    }

    /** What an expression is, without its parts. */
    private static final class Label implements TypedExpr.Visitor<Object> {
        static final Label INSTANCE = new Label();

        @Override
        public Object visit(TypedExpr.Input input) {
            return input;
        }

        @Override
        public Object visit(TypedExpr.Constant constant) {
            return constant;
        }

        @Override
        public Object visit(TypedExpr.Call call) {
            return call.function();
        }

        @Override
        public Object visit(TypedExpr.Apply apply) {
            return List.of(apply.function(), apply.names());
        }

        @Override
        public Object visit(TypedExpr.Cast cast) {
            return "cast";
        }

        @Override
        public Object visit(TypedExpr.Case choice) {
            return choice.otherwise().isPresent() ? "case with otherwise" : "case";
        }
    }
}
