package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.TypedExpr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Walks over expressions, with a loop however deep they are, and once however often a part is used. */
final class ExprTree {
    private ExprTree() {}

    /** Every part of {@code root}, each once, parts before what is made of them. */
    static List<TypedExpr> parts(TypedExpr root) {
        if (ExprFacts.isPassed(root)) {
            return List.of(root);
        }
        List<TypedExpr> ordered = new ArrayList<>();
        IdentityHashMap<TypedExpr, Boolean> done = new IdentityHashMap<>();
        Deque<TypedExpr> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            TypedExpr top = open.getFirst();
            boolean ready = true;
            List<TypedExpr> children = top.arguments();
            for (int i = children.size() - 1; i >= 0; i--) {
                if (!done.containsKey(children.get(i))) {
                    open.push(children.get(i));
                    ready = false;
                }
            }
            if (ready) {
                open.pop();
                if (done.put(top, true) == null) {
                    ordered.add(top);
                }
            }
        }
        return ordered;
    }

    /** {@code root} with every part replaced by what {@code change} makes of it after its own parts were. */
    static TypedExpr rewrite(TypedExpr root, Function<TypedExpr, TypedExpr> change) {
        return rewrite(root, change, new IdentityHashMap<>());
    }

    /** As {@link #rewrite(TypedExpr, Function)}, for several expressions that share parts: {@code done} remembers them. */
    @SuppressWarnings("ReferenceEquality") // a part that does not change is used as it is
    static TypedExpr rewrite(
            TypedExpr root, Function<TypedExpr, TypedExpr> change, IdentityHashMap<TypedExpr, TypedExpr> done) {
        for (TypedExpr part : parts(root)) {
            if (done.containsKey(part)) {
                continue;
            }
            List<TypedExpr> children = part.arguments();
            List<TypedExpr> replaced = new ArrayList<>(children.size());
            boolean same = true;
            for (TypedExpr child : children) {
                TypedExpr replacement = Objects.requireNonNull(done.get(child));
                same &= replacement == child;
                replaced.add(replacement);
            }
            done.put(part, change.apply(same ? part : part.accept(new Rebuilt(replaced))));
        }
        return Objects.requireNonNull(done.get(root));
    }

    /** The same expression of other parts, in the order of {@link TypedExpr#arguments}. */
    private record Rebuilt(List<TypedExpr> parts) implements TypedExpr.Visitor<TypedExpr> {
        @Override
        public TypedExpr visit(TypedExpr.Input input) {
            return input;
        }

        @Override
        public TypedExpr visit(TypedExpr.Constant constant) {
            return constant;
        }

        @Override
        public TypedExpr visit(TypedExpr.Call call) {
            return new TypedExpr.Call(call.function(), parts, call.type(), call.nullable());
        }

        @Override
        public TypedExpr visit(TypedExpr.Apply apply) {
            return new TypedExpr.Apply(apply.function(), apply.names(), parts);
        }

        @Override
        public TypedExpr visit(TypedExpr.Cast cast) {
            return new TypedExpr.Cast(parts.get(0), cast.type());
        }

        @Override
        public TypedExpr visit(TypedExpr.Case choice) {
            List<TypedExpr.Case.Branch> branches = new ArrayList<>();
            for (int i = 0; i < choice.branches().size(); i++) {
                branches.add(new TypedExpr.Case.Branch(parts.get(2 * i), parts.get(2 * i + 1)));
            }
            Optional<TypedExpr> otherwise = choice.otherwise().map(each -> parts.get(parts.size() - 1));
            return new TypedExpr.Case(branches, otherwise, choice.type(), choice.nullable());
        }
    }
}
