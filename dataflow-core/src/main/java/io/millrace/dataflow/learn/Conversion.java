package io.millrace.dataflow.learn;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.learn.example.TimeFormat;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How texts become values of a type: by a cast, or as dates and times by a pattern. What does not fit is an error value. */
public final class Conversion {
    private final DataType type;
    private final @Nullable String pattern;

    private Conversion(DataType type, @Nullable String pattern) {
        this.type = Objects.requireNonNull(type, "type");
        this.pattern = pattern;
    }

    static Conversion cast(DataType type) {
        return new Conversion(type, null);
    }

    static Conversion by(TimeFormat format) {
        return new Conversion(format.hasTime() ? DataTypes.TIMESTAMP : DataTypes.DATE, format.pattern());
    }

    static Conversion by(String pattern, DataType type) {
        return new Conversion(type, pattern);
    }

    /** The type of the values. */
    public DataType type() {
        return type;
    }

    /** The pattern of dates and times; empty for a cast. */
    public Optional<String> pattern() {
        return Optional.ofNullable(pattern);
    }

    /** The value that a text stands for. */
    Expr of(Expr text) {
        if (pattern == null) {
            return text.cast(type);
        }
        return type instanceof DataType.Date
                ? text.time().parseDate(pattern)
                : text.time().parse(pattern);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Conversion conversion
                && type.equals(conversion.type)
                && Objects.equals(pattern, conversion.pattern);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, pattern);
    }

    /** The type, and the pattern if there is one. */
    @Override
    public String toString() {
        return pattern == null ? type.toString() : type + " by " + pattern;
    }
}
