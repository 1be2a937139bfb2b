package io.millrace.dataflow.learn;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.Literals;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a new column has to be in a row: the values of its source columns, and the wanted text.
 *
 * @param sources by the names of the source columns; in an order that does not matter
 */
public record Example(Map<String, Object> sources, String value) {
    public Example {
        Map<String, Object> normalised = new LinkedHashMap<>();
        sources.forEach((name, source) -> normalised.put(
                name,
                Objects.requireNonNull(Literals.normalised(Objects.requireNonNull(source, name)), "a source's value")));
        sources = Collections.unmodifiableMap(normalised);
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the value of an example needs at least one character");
        }
    }

    /** The example in words: {@code name = 'John Doe' -> 'J.D.'}. */
    @Override
    public String toString() {
        return described(sources) + " -> " + Expr.lit(value);
    }

    static String described(Map<String, Object> sources) {
        StringBuilder text = new StringBuilder();
        sources.forEach((name, source) -> text.append(text.length() == 0 ? "" : ", ")
                .append(Expr.col(name))
                .append(" = ")
                .append(Expr.lit(source)));
        return text.toString();
    }
}
