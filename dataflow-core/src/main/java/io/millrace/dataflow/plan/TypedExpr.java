package io.millrace.dataflow.plan;

import io.millrace.dataflow.expr.UserFunction;
import io.millrace.dataflow.schema.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An expression as engines see it: columns by position, every type known, arguments already converted to what the
 * function takes. Immutable.
 */
public sealed interface TypedExpr {
    /** The type of the value. */
    DataType type();

    /** Whether the value may be null or an error. */
    boolean nullable();

    /** The expressions it is computed of, in order: of a choice, each condition and its value, and then the other value. */
    List<TypedExpr> arguments();

    /** The column at {@code index} of the input, from 0. */
    record Input(int index, DataType type, boolean nullable) implements TypedExpr {
        @Override
        public List<TypedExpr> arguments() {
            return List.of();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A constant as {@code Literals} normalises it; null is a null of the type. */
    record Constant(@Nullable Object value, DataType type) implements TypedExpr {
        @Override
        public boolean nullable() {
            return value == null;
        }

        @Override
        public List<TypedExpr> arguments() {
            return List.of();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A function and its arguments. */
    record Call(Function function, List<TypedExpr> arguments, DataType type, boolean nullable) implements TypedExpr {
        public Call {
            Objects.requireNonNull(function, "function");
            arguments = List.copyOf(arguments);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A user's function, and the names it knows its arguments by. */
    record Apply(UserFunction function, List<String> names, List<TypedExpr> arguments) implements TypedExpr {
        public Apply {
            names = List.copyOf(names);
            arguments = List.copyOf(arguments);
        }

        @Override
        public DataType type() {
            return function.type();
        }

        @Override
        public boolean nullable() {
            return true;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A value as another type; what does not fit is an error value. */
    record Cast(TypedExpr input, DataType type) implements TypedExpr {
        @Override
        public boolean nullable() {
            return true;
        }

        @Override
        public List<TypedExpr> arguments() {
            return List.of(input);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** The value of the first branch whose condition is true, else {@code otherwise}, else null. */
    record Case(List<Branch> branches, Optional<TypedExpr> otherwise, DataType type, boolean nullable)
            implements TypedExpr {
        public Case {
            branches = List.copyOf(branches);
        }

        /** A condition of type bool and the value it leads to. */
        public record Branch(TypedExpr condition, TypedExpr value) {}

        @Override
        public List<TypedExpr> arguments() {
            List<TypedExpr> arguments = new ArrayList<>();
            for (Branch branch : branches) {
                arguments.add(branch.condition());
                arguments.add(branch.value());
            }
            otherwise.ifPresent(arguments::add);
            return arguments;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Calls the method of {@code visitor} for this shape. */
    <R> R accept(Visitor<R> visitor);

    /** One method per shape, so that a forgotten one does not compile. */
    interface Visitor<R> {
        R visit(Input input);

        R visit(Constant constant);

        R visit(Call call);

        R visit(Apply apply);

        R visit(Cast cast);

        R visit(Case choice);
    }
}
