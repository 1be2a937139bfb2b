package io.millrace.dataflow.schema;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The type of a column. Closed: an engine must know every type.
 *
 * <p>Types print as they are written in messages and saved plans: {@code int64}, {@code decimal(10, 2)},
 * {@code list<text>}, {@code struct<a: int64, b: text>}. A field whose name is not a plain word stands in double
 * quotes, which are doubled inside: {@code struct<"a, b": int64>}.
 */
public sealed interface DataType {
    /** True or false. */
    record Bool() implements DataType {
        @Override
        public String toString() {
            return "bool";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A whole number of 64 bits, signed. */
    record Int64() implements DataType {
        @Override
        public String toString() {
            return "int64";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** An IEEE 754 number of 64 bits. NaN is a value, not a null. */
    record Float64() implements DataType {
        @Override
        public String toString() {
            return "float64";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A decimal number of at most {@code precision} digits, {@code scale} of them after the point. */
    record Decimal(int precision, int scale) implements DataType {
        public Decimal {
            if (precision < 1 || precision > 38) {
                throw new IllegalArgumentException("precision must be between 1 and 38: " + precision);
            }
            if (scale < 0 || scale > precision) {
                throw new IllegalArgumentException(
                        "scale must be between 0 and the precision " + precision + ": " + scale);
            }
        }

        @Override
        public String toString() {
            return "decimal(" + precision + ", " + scale + ")";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Unicode text, compared by its UTF-8 bytes. */
    record Text() implements DataType {
        @Override
        public String toString() {
            return "text";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A day of the proleptic Gregorian calendar, without a zone. */
    record Date() implements DataType {
        @Override
        public String toString() {
            return "date";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** An instant with microsecond precision, kept in UTC. */
    record Timestamp() implements DataType {
        @Override
        public String toString() {
            return "timestamp";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Bytes. */
    record Binary() implements DataType {
        @Override
        public String toString() {
            return "binary";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A list whose elements have one type. */
    record ListOf(DataType element) implements DataType {
        public ListOf {
            Objects.requireNonNull(element, "element");
        }

        @Override
        public String toString() {
            return "list<" + element + ">";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Named, typed parts. No two have one name. */
    record Struct(List<Schema.Field> fields) implements DataType {
        public Struct {
            fields = List.copyOf(fields);
            long names = fields.stream().map(Schema.Field::name).distinct().count();
            if (names < fields.size()) {
                throw new IllegalArgumentException("a struct has one field of a name: " + fields);
            }
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("struct<");
            for (Schema.Field field : fields) {
                text.append(text.length() == 7 ? "" : ", ")
                        .append(TypeText.written(field.name()))
                        .append(": ")
                        .append(field.type());
            }
            return text.append('>').toString();
        }

        /** The part of this name, or empty. Names are compared exactly. */
        public Optional<Schema.Field> field(String name) {
            return fields.stream().filter(field -> field.name().equals(name)).findFirst();
        }

        private boolean canBecomeFields(Struct to) {
            return fields.size() == to.fields.size()
                    && to.fields.stream().allMatch(part -> field(part.name())
                            .filter(own -> own.type().canBecome(part.type()))
                            .isPresent());
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Calls the method of {@code visitor} for this type. */
    <R> R accept(Visitor<R> visitor);

    /** Whether numbers can be computed with: int64, float64 and decimal. */
    default boolean isNumeric() {
        return this instanceof Int64 || this instanceof Float64 || this instanceof Decimal;
    }

    /**
     * Whether values of this type can be cast to {@code to}, though some of them may not fit. Everything becomes text,
     * and text everything but lists and structs; numbers and bool become each other, but for float64 and decimals to
     * bool; a date becomes a timestamp and a timestamp a date. A list becomes one of another type where its elements do,
     * and a struct one with the same names where its fields do.
     */
    default boolean canBecome(DataType to) {
        if (equals(to) || to instanceof Text) {
            return true;
        }
        if (this instanceof Text) {
            return !(to instanceof ListOf || to instanceof Struct);
        }
        if (this instanceof ListOf from && to instanceof ListOf list) {
            return from.element().canBecome(list.element());
        }
        if (this instanceof Struct from && to instanceof Struct struct) {
            return from.canBecomeFields(struct);
        }
        if (to instanceof Bool) {
            return this instanceof Int64;
        }
        boolean numbers = (isNumeric() || this instanceof Bool) && to.isNumeric();
        boolean times =
                (this instanceof Date && to instanceof Timestamp) || (this instanceof Timestamp && to instanceof Date);
        return numbers || times;
    }

    /** One method per type, so that a forgotten type does not compile. */
    interface Visitor<R> {
        R visit(Bool type);

        R visit(Int64 type);

        R visit(Float64 type);

        R visit(Decimal type);

        R visit(Text type);

        R visit(Date type);

        R visit(Timestamp type);

        R visit(Binary type);

        R visit(ListOf type);

        R visit(Struct type);
    }
}
