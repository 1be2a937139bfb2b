package io.millrace.dataflow;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.Literals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The expressions that steps about values expand to, where they take more than a line. */
final class ValueChoices {
    private ValueChoices() {}

    /** {@code value}, when there is at least one bound. */
    static Expr bounded(@Nullable Object lower, @Nullable Object upper, Expr value) {
        if (lower == null && upper == null) {
            throw new IllegalArgumentException("a lower or an upper bound is needed");
        }
        return value;
    }

    /** All formats but the first. */
    static String[] further(String... formats) {
        return Arrays.copyOfRange(formats, 1, formats.length);
    }

    /** What {@code values} has for the value of a column, or {@code otherwise}; in an order that maps do not decide. */
    static Expr mapped(String column, Map<?, ?> values, @Nullable Object otherwise) {
        Expr value = Expr.col(column);
        List<Expr.Case.Branch> branches = new ArrayList<>();
        values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Literals.order()))
                .forEach(entry -> branches.add(new Expr.Case.Branch(
                        entry.getKey() == null ? value.isNull() : value.eq(entry.getKey()),
                        Expr.lit(entry.getValue()))));
        if (branches.isEmpty()) {
            throw new IllegalArgumentException("at least one value is needed");
        }
        return new Expr.Case(branches, Optional.of(Expr.lit(otherwise)));
    }

    /** By name: the first pieces of a text column between separators, and all the rest as the last one. */
    static Map<String, Expr> pieces(String column, String separator, String... names) {
        if (separator.isEmpty()) {
            throw new IllegalArgumentException("the separator must not be empty");
        }
        if (names.length == 0) {
            throw new IllegalArgumentException("at least one name is needed");
        }
        Map<String, Expr> pieces = new LinkedHashMap<>();
        Expr rest = Expr.col(column);
        for (int i = 0; i < names.length; i++) {
            Expr piece = i + 1 < names.length ? rest.text().before(separator) : rest;
            if (pieces.putIfAbsent(names[i], piece) != null) {
                throw new IllegalArgumentException("the name '" + names[i] + "' comes twice");
            }
            rest = rest.text().after(separator);
        }
        return pieces;
    }
}
