package io.millrace.dataflow.expr;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * Which columns are meant, said without knowing them: by name, pattern or type. It is part of a saved plan as it is, and
 * becomes names when the columns are known.
 *
 * <p>A name that is not there is an error, and so is a selector that finds no column; {@link #optional} allows both.
 * Names come in the order they are given, everything else in the order of the columns. Immutable.
 */
public sealed interface ColumnSelector {
    /** The columns of these names, in this order. */
    static ColumnSelector columns(String... names) {
        return new Named(Arrays.asList(names));
    }

    /**
     * The columns whose whole name matches a regular expression of {@link Pattern}.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Matching matching(String pattern) {
        return new Matching(pattern, Letters.AS_WRITTEN);
    }

    /** The columns that have one of these types, exactly. */
    static ColumnSelector ofType(DataType first, DataType... others) {
        List<DataType> types = new ArrayList<>(List.of(first));
        types.addAll(List.of(others));
        return new OfType(types);
    }

    /** The columns of int64, float64 and every decimal type. */
    static ColumnSelector numeric() {
        return new Numeric();
    }

    /** Every column. */
    static ColumnSelector all() {
        return new All();
    }

    /** Every column but those of these names, which must be there. */
    static ColumnSelector allBut(String... names) {
        return columns(names).not();
    }

    /**
     * The columns of {@code schema} that satisfy {@code predicate}. It is asked now, and the names it finds are what a
     * plan holds.
     */
    static ColumnSelector where(Schema schema, Predicate<Schema.Field> predicate) {
        return new Named(schema.fields().stream()
                .filter(predicate)
                .map(Schema.Field::name)
                .toList());
    }

    /** The columns that this does not select. */
    default ColumnSelector not() {
        return new Not(this);
    }

    /** The columns that both select, in the order of this. */
    default ColumnSelector and(ColumnSelector other) {
        return new Both(this, other);
    }

    /** The columns of this, then those of {@code other} that this does not select. */
    default ColumnSelector or(ColumnSelector other) {
        List<ColumnSelector> parts = new ArrayList<>(this instanceof Either either ? either.parts() : List.of(this));
        parts.add(other);
        return new Either(parts);
    }

    /** The columns of this; names that are not there are passed over, and it may find none. */
    default ColumnSelector optional() {
        return new Lenient(this);
    }

    /** Columns by name. */
    record Named(List<String> names) implements ColumnSelector {
        public Named {
            names = List.copyOf(names);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public String toString() {
            return "columns(" + names.stream().map(ExprText::column).collect(Collectors.joining(", ")) + ")";
        }
    }

    /** Whether capital and small letters differ. */
    enum Letters {
        /** They do. */
        AS_WRITTEN,
        /** They do not, in any alphabet. */
        IGNORING_CASE
    }

    /** Columns whose whole name matches a pattern. */
    record Matching(String pattern, Letters letters) implements ColumnSelector {
        public Matching {
            Objects.requireNonNull(letters, "letters");
            compile(pattern, letters);
        }

        /** The same pattern, for capital and small letters alike. */
        public Matching ignoringCase() {
            return new Matching(pattern, Letters.IGNORING_CASE);
        }

        /** The pattern, ready to match whole names. */
        public Pattern compiled() {
            return compile(pattern, letters);
        }

        private static Pattern compile(String pattern, Letters letters) {
            int flags = letters == Letters.IGNORING_CASE ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
            try {
                return Pattern.compile(pattern, flags);
            } catch (PatternSyntaxException wrong) {
                throw new IllegalArgumentException(
                        "not a regular expression: '" + pattern + "': " + wrong.getDescription() + " at position "
                                + wrong.getIndex(),
                        wrong);
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public String toString() {
            return "matching(" + Literals.text(pattern) + ")"
                    + (letters == Letters.IGNORING_CASE ? ".ignoringCase()" : "");
        }
    }

    /** Columns of some types. */
    record OfType(List<DataType> types) implements ColumnSelector {
        public OfType {
            types = List.copyOf(types);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public String toString() {
            return "ofType(" + types.stream().map(Object::toString).collect(Collectors.joining(", ")) + ")";
        }
    }

    /** Columns of numbers. */
    record Numeric() implements ColumnSelector {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public String toString() {
            return "numeric()";
        }
    }

    /** Every column. */
    record All() implements ColumnSelector {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public String toString() {
            return "all()";
        }
    }

    /** The columns that another selector leaves. */
    record Not(ColumnSelector selected) implements ColumnSelector {
        public Not {
            Objects.requireNonNull(selected, "selected");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public String toString() {
            return selected + ".not()";
        }
    }

    /** The columns that two selectors have in common. */
    record Both(ColumnSelector first, ColumnSelector second) implements ColumnSelector {
        public Both {
            Objects.requireNonNull(first, "first");
            Objects.requireNonNull(second, "second");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public String toString() {
            return first + ".and(" + second + ")";
        }
    }

    /** The columns that at least one selector selects, those of the first one first. */
    record Either(List<ColumnSelector> parts) implements ColumnSelector {
        public Either {
            parts = List.copyOf(parts);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("at least one selector is needed");
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public String toString() {
            return parts.get(0)
                    + parts.stream().skip(1).map(part -> ".or(" + part + ")").collect(Collectors.joining());
        }
    }

    /** The columns of another selector that are there. */
    record Lenient(ColumnSelector selected) implements ColumnSelector {
        public Lenient {
            Objects.requireNonNull(selected, "selected");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public String toString() {
            return selected + ".optional()";
        }
    }

    /** Calls the method of {@code visitor} for this shape. */
    <R> R accept(Visitor<R> visitor);

    /** One method per shape, so that a forgotten one does not compile. */
    interface Visitor<R> {
        R visit(Named names);

        R visit(Matching matching);

        R visit(OfType types);

        R visit(Numeric numeric);

        R visit(All all);

        R visit(Not not);

        R visit(Both both);

        R visit(Either either);

        R visit(Lenient lenient);
    }
}
