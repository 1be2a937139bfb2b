package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the columns and types of expressions over one schema, and reports what does not fit. */
final class ExprBinder implements Expr.Visitor<ExprBinder.Bound> {
    private static final Set<Function> COMPARISONS =
            EnumSet.of(Function.EQ, Function.NE, Function.LT, Function.LE, Function.GT, Function.GE, Function.IN);

    private final Schema schema;

    private ExprBinder(Schema schema) {
        this.schema = schema;
    }

    /**
     * The bound expression.
     *
     * @param operation the step it is part of, as the user would write it
     * @throws DataflowException {@code UNKNOWN_COLUMN}, for all unknown ones at once; {@code UNKNOWN_FUNCTION} or
     *     {@code TYPE_MISMATCH}
     */
    static TypedExpr bind(Expr expr, Schema schema, String operation) {
        Columns.requireAll(List.copyOf(Columns.of(expr)), schema, operation);
        return typed(expr.accept(new ExprBinder(schema)));
    }

    /** As {@link #bind}, for an expression that must be true or false. */
    static TypedExpr bindPredicate(Expr expr, Schema schema, String operation) {
        TypedExpr bound = bind(expr, schema, operation);
        if (!bound.type().equals(DataTypes.BOOL)) {
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot use " + bound.type() + " as a condition in " + operation,
                    "Compare it with something, for example " + expr + " = ...");
        }
        return bound;
    }

    /** A typed expression, or a bare null that has no type yet. */
    record Bound(Optional<TypedExpr> expr) {
        /** Null for a bare null, and for an error, which is of whatever type is wanted. */
        private @Nullable DataType type() {
            return error().isPresent() ? null : expr.map(TypedExpr::type).orElse(null);
        }

        private Optional<TypedExpr.Call> error() {
            return expr.filter(TypedExpr.Call.class::isInstance)
                    .map(TypedExpr.Call.class::cast)
                    .filter(call -> call.function() == Function.ERROR);
        }

        private TypedExpr as(DataType type) {
            if (error().isPresent()) {
                TypedExpr.Call call = error().get();
                return new TypedExpr.Call(call.function(), call.arguments(), type, true);
            }
            return expr.map(known -> converted(known, type)).orElseGet(() -> new TypedExpr.Constant(null, type));
        }
    }

    private static Bound bound(TypedExpr expr) {
        return new Bound(Optional.of(expr));
    }

    private static TypedExpr typed(Bound bound) {
        return bound.as(Objects.requireNonNullElse(bound.type(), DataTypes.TEXT));
    }

    /** {@code expr} as {@code type}, which it widens to; a constant is converted here. */
    static TypedExpr converted(TypedExpr expr, DataType type) {
        if (expr.type().equals(type)) {
            return expr;
        }
        if (expr instanceof TypedExpr.Constant constant) {
            Object value = constant.value();
            if (value == null) {
                return new TypedExpr.Constant(null, type);
            }
            if (value instanceof Number number && type.equals(DataTypes.FLOAT64)) {
                return new TypedExpr.Constant(number.doubleValue(), type);
            }
            if (value instanceof Long number && type instanceof DataType.Decimal decimal) {
                return new TypedExpr.Constant(BigDecimal.valueOf(number).setScale(decimal.scale()), type);
            }
            if (value instanceof BigDecimal number && type instanceof DataType.Decimal decimal) {
                return new TypedExpr.Constant(number.setScale(decimal.scale(), RoundingMode.UNNECESSARY), type);
            }
        }
        return new TypedExpr.Cast(expr, type);
    }

    @Override
    public Bound visit(Expr.Column column) {
        OptionalInt position = schema.position(column.name());
        Schema.Field field = schema.field(position.orElseThrow());
        return bound(new TypedExpr.Input(position.getAsInt(), field.type(), field.nullable()));
    }

    @Override
    public Bound visit(Expr.Literal literal) {
        Object value = literal.value();
        return new Bound(Literals.type(value).map(type -> new TypedExpr.Constant(value, type)));
    }

    @Override
    public Bound visit(Expr.Cast cast) {
        Bound input = cast.input().accept(this);
        if (input.type() == null) {
            TypedExpr typed = input.as(cast.to());
            // An error of a type that is said keeps it.
            return bound(typed instanceof TypedExpr.Call ? new TypedExpr.Cast(typed, cast.to()) : typed);
        }
        return bound(cast(typed(input), cast.to(), cast.toString()));
    }

    /**
     * {@code input} as another type; itself when it has that type.
     *
     * @param written the cast as the user would write it
     * @throws DataflowException {@code TYPE_MISMATCH} when no value could be converted
     */
    static TypedExpr cast(TypedExpr input, DataType to, String written) {
        if (!input.type().canBecome(to)) {
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot cast " + input.type() + " to " + to + " in " + written,
                    "Numbers and bool become each other, dates become timestamps, and everything becomes text");
        }
        return input.type().equals(to) ? input : new TypedExpr.Cast(input, to);
    }

    @Override
    public Bound visit(Expr.Call call) {
        Function function = Function.named(call.function())
                .orElseThrow(() -> DataflowException.of(
                        ErrorCode.UNKNOWN_FUNCTION,
                        "Cannot find function '" + call.function() + "' for " + call,
                        Suggestion.lines(call.function(), "Functions", Function.names())));
        List<Bound> arguments = new ArrayList<>();
        List<@Nullable DataType> types = new ArrayList<>();
        for (Expr argument : call.arguments()) {
            Bound bound = argument.accept(this);
            arguments.add(bound);
            types.add(bound.type());
        }
        Signature.Resolved resolved = function.signature()
                .resolve(types, call.arguments())
                .orElseThrow(() -> mismatch(function, call, types));
        List<TypedExpr> converted = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            converted.add(arguments.get(i).as(resolved.arguments().get(i)));
        }
        function.rule().check(new CallRule.Checked(call, converted));
        if (function == Function.ROW_RANDOM) {
            addRowContent(call, converted);
        }
        return bound(new TypedExpr.Call(
                function, converted, resolved.result(), !resolved.neverNull() && nullable(function, converted)));
    }

    /** All columns as further arguments: the content of the row. {@link RowIdentity} takes them away where it can. */
    private void addRowContent(Expr.Call call, List<TypedExpr> arguments) {
        if (!(arguments.get(0) instanceof TypedExpr.Constant)) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot use " + call.arguments().get(0) + " as a seed in " + call,
                    "Give a whole number; every row has the same seed");
        }
        arguments.addAll(StepInputs.passAll(schema));
    }

    private static boolean nullable(Function function, List<TypedExpr> arguments) {
        if (function == Function.COALESCE) {
            return arguments.stream().allMatch(TypedExpr::nullable);
        }
        return !function.isTotal() || arguments.stream().anyMatch(TypedExpr::nullable);
    }

    @Override
    public Bound visit(Expr.Apply apply) {
        List<TypedExpr> arguments = new ArrayList<>();
        apply.columns().forEach(name -> arguments.add(typed(visit(new Expr.Column(name)))));
        return bound(new TypedExpr.Apply(apply.function(), apply.names(), arguments));
    }

    @Override
    public Bound visit(Expr.Case choice) {
        List<TypedExpr> conditions = new ArrayList<>();
        List<Bound> values = new ArrayList<>();
        List<@Nullable DataType> types = new ArrayList<>();
        for (Expr.Case.Branch branch : choice.branches()) {
            Bound condition = branch.condition().accept(this);
            DataType conditionType = Objects.requireNonNullElse(condition.type(), DataTypes.BOOL);
            if (!conditionType.equals(DataTypes.BOOL)) {
                throw DataflowException.of(
                        ErrorCode.TYPE_MISMATCH,
                        "Cannot use " + conditionType + " as a condition in " + choice,
                        "Compare it with something, for example " + branch.condition() + " = ...");
            }
            conditions.add(condition.as(DataTypes.BOOL));
            Bound value = branch.value().accept(this);
            values.add(value);
            types.add(value.type());
        }
        Optional<Bound> otherwise = choice.otherwise().map(expr -> expr.accept(this));
        otherwise.ifPresent(value -> types.add(value.type()));
        DataType type = Signature.common(types)
                .orElseThrow(() -> DataflowException.of(
                        ErrorCode.TYPE_MISMATCH,
                        "Cannot give one type to the values " + describe(types) + " in " + choice,
                        "Cast them to one type"));
        List<TypedExpr.Case.Branch> branches = new ArrayList<>();
        boolean nullable = otherwise.isEmpty();
        for (int i = 0; i < values.size(); i++) {
            TypedExpr value = values.get(i).as(type);
            nullable |= value.nullable() || conditions.get(i).nullable();
            branches.add(new TypedExpr.Case.Branch(conditions.get(i), value));
        }
        Optional<TypedExpr> last = otherwise.map(value -> value.as(type));
        nullable |= last.map(TypedExpr::nullable).orElse(true);
        return bound(new TypedExpr.Case(branches, last, type, nullable));
    }

    private static DataflowException mismatch(Function function, Expr.Call call, List<@Nullable DataType> types) {
        if (COMPARISONS.contains(function) && types.size() >= 2) {
            DataType first = types.get(0);
            DataType other = types.stream()
                    .filter(type -> Signature.common(new ArrayList<>(List.of(
                                    Objects.requireNonNullElse(first, DataTypes.TEXT),
                                    Objects.requireNonNullElse(
                                            type, Objects.requireNonNullElse(first, DataTypes.TEXT)))))
                            .isEmpty())
                    .findFirst()
                    .orElse(first);
            return DataflowException.of(
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot compare " + first + " with " + other + " in " + call,
                    "Cast one side, for example col(\"" + firstColumn(call) + "\").cast("
                            + String.valueOf(other).toUpperCase(Locale.ROOT) + ")");
        }
        return DataflowException.of(
                ErrorCode.TYPE_MISMATCH,
                "Cannot apply '" + function.catalogName() + "' to (" + describe(types) + ") in " + call,
                "Cast the arguments, or give as many as the function takes");
    }

    private static String firstColumn(Expr.Call call) {
        Set<String> names = Columns.of(call);
        return names.isEmpty() ? "x" : names.iterator().next();
    }

    private static String describe(List<@Nullable DataType> types) {
        return types.stream()
                .map(type -> type == null ? "null" : type.toString())
                .collect(Collectors.joining(", "));
    }

    /** Collects the names of the columns an expression reads, in order of appearance. */
    record ColumnNames(Set<String> names) implements Expr.Visitor<Set<String>> {
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
            for (Expr.Case.Branch branch : choice.branches()) {
                branch.condition().accept(this);
                branch.value().accept(this);
            }
            choice.otherwise().ifPresent(otherwise -> otherwise.accept(this));
            return names;
        }
    }
}
