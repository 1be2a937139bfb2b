package io.millrace.dataflow.expr;

import io.millrace.dataflow.schema.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a user can say about the columns of a row. Untyped: types are checked when the expression is bound, which for a
 * known schema is the moment the step is added.
 *
 * <p>Five shapes; every operation is a {@link Call} of a function of the catalog. Immutable, and prints as it reads:
 * {@code (monthly_fee > 30)}.
 *
 * <p>Nulls follow SQL: an operation on a null gives a null, {@code and} and {@code or} are three-valued. An error value
 * in an argument is an error value in the result.
 */
public sealed interface Expr {

    /** The value of the column of this name. */
    static Expr col(String name) {
        return new Column(name);
    }

    /**
     * A constant: {@code null}, {@link Boolean}, a whole number, {@link Double}, {@link Float}, {@link BigDecimal},
     * {@link String}, {@link LocalDate}, {@link Instant}, a {@link List} of such values for a list or a {@code Map} from
     * names for a struct; an {@code Expr} is returned as it is.
     *
     * @throws IllegalArgumentException for any other class
     */
    static Expr lit(@Nullable Object value) {
        return value instanceof Expr expr ? expr : new Literal(value);
    }

    /** Starts a choice: {@code when(a).then(b).when(c).then(d).otherwise(e)}. The first true condition decides. */
    static CaseBuilder when(Expr condition) {
        return new CaseBuilder(List.of(), condition);
    }

    /** The least of {@code values}. Nulls are passed over: null when all are. An error among them is the result. */
    static Expr least(Object... values) {
        return call("least", values);
    }

    /** The greatest of {@code values}. Nulls are passed over: null when all are. An error among them is the result. */
    static Expr greatest(Object... values) {
        return call("greatest", values);
    }

    /**
     * A float64 from 0 up to but not including 1 that follows from {@code seed} and the row alone: from the file and
     * record it came from, and after a join, a group or another step that makes new rows from the content of all its
     * columns, so that equal rows have equal numbers there. The same on every engine. Never null.
     */
    static Expr rowRandom(long seed) {
        return call("row_random", seed);
    }

    /** A list of these values, which meet in one type. Nulls are elements; an error is the result. */
    static Expr list(Object first, Object... others) {
        List<Expr> elements = new ArrayList<>();
        elements.add(lit(first));
        for (Object other : others) {
            elements.add(lit(other));
        }
        return new Call("list", elements);
    }

    /**
     * A struct of names and values in turn: {@code struct("name", col("n"), "age", 3)}. A null value is a null field; an
     * error is the result.
     *
     * @throws IllegalArgumentException when a name is no text or has no value
     */
    static Expr struct(String name, Object value, Object... more) {
        if (more.length % 2 != 0) {
            throw new IllegalArgumentException("a struct is made of names and values in turn");
        }
        List<Expr> parts = new ArrayList<>(List.of(lit(name), lit(value)));
        for (int i = 0; i < more.length; i += 2) {
            if (!(more[i] instanceof String)) {
                throw new IllegalArgumentException("the name of a field is a text, not " + more[i]);
            }
            parts.add(lit(more[i]));
            parts.add(lit(more[i + 1]));
        }
        return new Call("struct", parts);
    }

    /**
     * An error value with a code of your own, of whatever type is wanted where it stands.
     *
     * @param code capital letters, digits and underscores, the first a letter
     * @param text what the error shows; an expression of text, or a literal. Null is empty text
     */
    static Expr error(String code, @Nullable Object text) {
        return call("error", code, lit(text));
    }

    /** A call of the function {@code name} of the catalog. */
    static Expr call(String name, Object... arguments) {
        return new Call(name, Arrays.stream(arguments).map(Expr::lit).toList());
    }

    /**
     * What a user's function gives for these columns. An error in one of them is the result, without a call.
     *
     * @param columns the columns that the function may look at; at least one
     */
    static Expr user(UserFunction function, String... columns) {
        return new Apply(function, List.of(columns), List.of(columns));
    }

    /** A user's function and the columns it looks at, each with the name that the function knows it by. */
    record Apply(UserFunction function, List<String> columns, List<String> names) implements Expr {
        public Apply {
            Objects.requireNonNull(function, "function");
            columns = List.copyOf(columns);
            names = List.copyOf(names);
            if (columns.isEmpty() || columns.size() != names.size()) {
                throw new IllegalArgumentException("a user function looks at one column or more, each by a name");
            }
        }

        @Override
        public String toString() {
            return ExprText.of(this);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** The value of a column. */
    record Column(String name) implements Expr {
        public Column {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public String toString() {
            return ExprText.of(this);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A constant, normalised: whole numbers are {@link Long}, floats are {@link Double}. */
    record Literal(@Nullable Object value) implements Expr {
        public Literal {
            value = Literals.normalised(value);
        }

        @Override
        public String toString() {
            return ExprText.of(this);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A function of the catalog and its arguments. */
    record Call(String function, List<Expr> arguments) implements Expr {
        public Call {
            Objects.requireNonNull(function, "function");
            arguments = List.copyOf(arguments);
        }

        @Override
        public String toString() {
            return ExprText.of(this);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A value as another type. A value that does not fit is an error value. */
    record Cast(Expr input, DataType to) implements Expr {
        public Cast {
            Objects.requireNonNull(input, "input");
            Objects.requireNonNull(to, "to");
        }

        @Override
        public String toString() {
            return ExprText.of(this);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** The value of the first branch whose condition is true, else {@code otherwise}, else null. */
    record Case(List<Branch> branches, Optional<Expr> otherwise) implements Expr {
        public Case {
            branches = List.copyOf(branches);
            if (branches.isEmpty()) {
                throw new IllegalArgumentException("a case needs at least one branch");
            }
        }

        /** A condition and the value it leads to. */
        public record Branch(Expr condition, Expr value) {}

        @Override
        public String toString() {
            return ExprText.of(this);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Whether this equals {@code other}. Null when either is null. */
    default Expr eq(@Nullable Object other) {
        return call("eq", this, lit(other));
    }

    /** Whether this differs from {@code other}. Null when either is null. */
    default Expr ne(@Nullable Object other) {
        return call("ne", this, lit(other));
    }

    /** Whether this is less than {@code other}. Text is compared by its UTF-8 bytes; NaN is above every number. */
    default Expr lt(Object other) {
        return call("lt", this, other);
    }

    /** Whether this is at most {@code other}. */
    default Expr le(Object other) {
        return call("le", this, other);
    }

    /** Whether this is greater than {@code other}. */
    default Expr gt(Object other) {
        return call("gt", this, other);
    }

    /** Whether this is at least {@code other}. */
    default Expr ge(Object other) {
        return call("ge", this, other);
    }

    /** Whether this is one of {@code values}. Null when this is null. */
    default Expr in(Object... values) {
        List<Expr> arguments = new ArrayList<>();
        arguments.add(this);
        for (Object value : values) {
            arguments.add(lit(value));
        }
        return new Call("in", arguments);
    }

    /** Three-valued conjunction: false when either is false, else null when either is null. */
    default Expr and(Expr other) {
        return call("and", this, other);
    }

    /** Three-valued disjunction: true when either is true, else null when either is null. */
    default Expr or(Expr other) {
        return call("or", this, other);
    }

    /** Negation. Null stays null. */
    default Expr not() {
        return call("not", this);
    }

    /** Whether this is null. An error value is not null. Never null. */
    default Expr isNull() {
        return call("is_null", this);
    }

    /** Whether this is neither null nor an error value. Never null. */
    default Expr isNotNull() {
        return call("is_not_null", this);
    }

    /** Whether this is an error value. Never null. */
    default Expr isError() {
        return call("is_error", this);
    }

    /** Whether this is no error value: a value or null. Never null. */
    default Expr isNotError() {
        return isError().not();
    }

    /** This, or null where it equals {@code value}. NaN equals NaN. */
    default Expr nullIf(Object value) {
        return call("null_if", this, value);
    }

    /** This, or {@code value} where this is an error value. Nulls stay. */
    default Expr ifError(@Nullable Object value) {
        return call("if_error", this, lit(value));
    }

    /** This, or the first of {@code others} that is not null. */
    default Expr orElse(Object... others) {
        List<Expr> arguments = new ArrayList<>();
        arguments.add(this);
        for (Object other : others) {
            arguments.add(lit(other));
        }
        return new Call("coalesce", arguments);
    }

    /**
     * What {@code values} has for this, else null. NaN equals NaN. Costs the same for every number of values, whose order
     * does not matter.
     *
     * @throws IllegalArgumentException for no values
     */
    default Expr lookUp(Map<?, ?> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a look-up needs at least one value");
        }
        List<Expr> arguments = new ArrayList<>();
        arguments.add(this);
        values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Literals.order()))
                .forEach(entry -> {
                    arguments.add(lit(entry.getKey()));
                    arguments.add(lit(entry.getValue()));
                });
        return new Call("look_up", arguments);
    }

    /** The sum. Overflow is an error value. */
    default Expr plus(Object other) {
        return call("add", this, other);
    }

    /** The difference. Overflow is an error value. */
    default Expr minus(Object other) {
        return call("subtract", this, other);
    }

    /** The product. Overflow is an error value. */
    default Expr times(Object other) {
        return call("multiply", this, other);
    }

    /** The quotient as float64. Division by zero is an error value. */
    default Expr dividedBy(Object other) {
        return call("divide", this, other);
    }

    /** The quotient rounded down to a whole number. Division by zero, and overflow, is an error value. */
    default Expr floorDividedBy(Object other) {
        return call("floor_divide", this, other);
    }

    /** The remainder, with the sign of this. Division by zero is an error value. */
    default Expr mod(Object other) {
        return call("mod", this, other);
    }

    /** This with its sign changed. Overflow is an error value. */
    default Expr negated() {
        return call("negate", this);
    }

    /** The absolute value. Overflow is an error value. */
    default Expr abs() {
        return call("abs", this);
    }

    /** The code of this error value, a text. Null for a value and for null. */
    default Expr errorCode() {
        return call("error_code", this);
    }

    /** The original text of this error value. Null for a value and for null. */
    default Expr errorText() {
        return call("error_text", this);
    }

    /**
     * This where {@code condition} is true, otherwise an error value with {@code code} and this as its text. A null
     * condition fails; an error here, or in the condition, is the result.
     *
     * @param code capital letters, digits and underscores, the first a letter
     */
    default Expr assertThat(Expr condition, String code) {
        return call("assert_that", this, condition, code);
    }

    /**
     * The value of a type that this text of JSON holds. What is no JSON, does not fit, or has a key twice is an error
     * value with the text. Whole numbers are exact up to the range of the type; keys that the type does not have are
     * passed over, and fields that the text does not have are null. A text takes any value, as it is written.
     */
    default Expr parseJson(DataType type) {
        return call("parse_json", this, type.toString());
    }

    /** The JSON of this value, of any type. Null stays null. */
    default Expr toJson() {
        return call("to_json", this);
    }

    /** This as another type. A value that does not fit is an error value, never a silent null. */
    default Expr cast(DataType to) {
        return new Cast(this, to);
    }

    /** Operations on text. */
    default TextOps text() {
        return new TextOps(this);
    }

    /** Operations on numbers. */
    default MathOps math() {
        return new MathOps(this);
    }

    /** Operations on lists. */
    default ListOps list() {
        return new ListOps(this);
    }

    /** Operations on structs. */
    default StructOps struct() {
        return new StructOps(this);
    }

    /** Operations on dates and timestamps. */
    default TimeOps time() {
        return new TimeOps(this, null);
    }

    /** Calls the method of {@code visitor} for this shape. */
    <R> R accept(Visitor<R> visitor);

    /** One method per shape, so that a forgotten one does not compile. */
    interface Visitor<R> {
        R visit(Column column);

        R visit(Literal literal);

        R visit(Call call);

        R visit(Apply apply);

        R visit(Cast cast);

        R visit(Case choice);
    }
}
