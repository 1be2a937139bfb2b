package io.millrace.dataflow.expr;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How deep and how large what is said about columns may be, so that every step can be saved, sent to another process
 * and read again: 300 calls or 200 choices inside each other, and a million parts. Walks with a loop, and each part once
 * however often it is used.
 */
public final class Nesting {
    /**
     * The most levels of JSON that an expression takes: two for a call, one for a cast, three for a choice. Readers of
     * JSON give up at 1,000, and a bound expression has conversions in between.
     */
    static final int MOST_LEVELS = 600;

    /** The most parts, those that are used twice being counted twice. */
    static final long MOST_PARTS = 1_000_000;

    private Nesting() {}

    /**
     * {@code expr}, when it is neither too deep nor too large.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT}
     */
    public static Expr checked(Expr expr) {
        if (expr instanceof Expr.Column) {
            return expr;
        }
        IdentityHashMap<Expr, Size> known = new IdentityHashMap<>();
        Deque<Expr> open = new ArrayDeque<>(List.of(expr));
        while (!open.isEmpty()) {
            Expr top = open.getFirst();
            Shape shape = top.accept(ShapeOf.INSTANCE);
            boolean ready = true;
            for (Expr part : shape.parts()) {
                if (!known.containsKey(part)) {
                    open.push(part);
                    ready = false;
                }
            }
            if (ready) {
                open.pop();
                known.computeIfAbsent(top, ignored -> size(shape, known));
            }
        }
        return expr;
    }

    private static Size size(Shape shape, IdentityHashMap<Expr, Size> known) {
        int levels = 0;
        long parts = 1;
        for (Expr part : shape.parts()) {
            Size size = Objects.requireNonNull(known.get(part));
            levels = Math.max(levels, size.levels());
            parts += size.parts();
        }
        levels += shape.levels();
        if (levels > MOST_LEVELS) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot use an expression that is nested so deep: at most " + MOST_LEVELS / 2 + " calls, or "
                            + MOST_LEVELS / 3 + " choices, may stand inside each other",
                    "Compute parts of it in columns of their own, with withColumn");
        }
        if (parts > MOST_PARTS) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot use an expression that is so large: it may have at most " + MOST_PARTS
                            + " parts, those that are used twice being counted twice",
                    "Compute parts of it in columns of their own, with withColumn");
        }
        return new Size(levels, parts);
    }

    /**
     * {@code selector}, when it is not too deep.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT}
     */
    public static ColumnSelector checked(ColumnSelector selector) {
        IdentityHashMap<ColumnSelector, Long> level = new IdentityHashMap<>();
        level.put(selector, 1L);
        long parts = 0;
        for (int depth = 0; !level.isEmpty(); depth++) {
            // By part, how often it stands at this depth.
            IdentityHashMap<ColumnSelector, Long> next = new IdentityHashMap<>();
            for (Map.Entry<ColumnSelector, Long> part : level.entrySet()) {
                parts += part.getValue();
                within(part.getKey()).forEach(inner -> next.merge(inner, part.getValue(), Long::sum));
            }
            if (depth > MOST_LEVELS / 2 || parts > MOST_PARTS) {
                throw DataflowException.of(
                        ErrorCode.INVALID_ARGUMENT,
                        "Cannot use a selector that is nested so deep: at most " + MOST_LEVELS / 2
                                + " may stand inside each other, with " + MOST_PARTS + " parts",
                        "Name the columns, or join selectors with or, which takes any number");
            }
            level = next;
        }
        return selector;
    }

    private static List<ColumnSelector> within(ColumnSelector selector) {
        if (selector instanceof ColumnSelector.Not not) {
            return List.of(not.selected());
        }
        if (selector instanceof ColumnSelector.Lenient lenient) {
            return List.of(lenient.selected());
        }
        if (selector instanceof ColumnSelector.Both both) {
            return List.of(both.first(), both.second());
        }
        return selector instanceof ColumnSelector.Either either ? either.parts() : List.of();
    }

    private record Size(int levels, long parts) {}

    /** What an expression is made of, and the levels that it adds to them. */
    private record Shape(List<Expr> parts, int levels) {}

    private enum ShapeOf implements Expr.Visitor<Shape> {
        INSTANCE;

        @Override
        public Shape visit(Expr.Column column) {
            return new Shape(List.of(), 1);
        }

        @Override
        public Shape visit(Expr.Literal literal) {
            return new Shape(List.of(), 1 + NestedLiterals.levels(literal.value()));
        }

        @Override
        public Shape visit(Expr.Call call) {
            return new Shape(call.arguments(), 2);
        }

        @Override
        public Shape visit(Expr.Apply apply) {
            return new Shape(List.of(), 2);
        }

        @Override
        public Shape visit(Expr.Cast cast) {
            return new Shape(List.of(cast.input()), 1);
        }

        @Override
        public Shape visit(Expr.Case choice) {
            List<Expr> parts = new ArrayList<>();
            for (Expr.Case.Branch branch : choice.branches()) {
                parts.add(branch.condition());
                parts.add(branch.value());
            }
            choice.otherwise().ifPresent(parts::add);
            return new Shape(parts, 3);
        }
    }
}
