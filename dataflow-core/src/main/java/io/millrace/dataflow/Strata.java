package io.millrace.dataflow;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.Literals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The condition of a stratified sample. */
final class Strata {
    private Strata() {}

    /** The fractions by values of one column, as fractions by lists of one value. */
    static Map<List<@Nullable Object>, Double> ofOne(Map<?, Double> fractions) {
        Map<List<@Nullable Object>, Double> byList = new LinkedHashMap<>();
        fractions.forEach((value, fraction) -> byList.put(Collections.singletonList(value), fraction));
        return byList;
    }

    /** Whether a row is in the sample. */
    static Expr isSampled(
            List<String> columns, Map<? extends List<? extends @Nullable Object>, Double> fractions, long seed) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("at least one column is needed");
        }
        List<Expr.Case.Branch> branches = new ArrayList<>();
        fractions.keySet().forEach(values -> {
            if (values.size() != columns.size()) {
                throw new IllegalArgumentException(values.size() + " values for " + columns.size() + " columns");
            }
        });
        fractions.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Strata::compare))
                .forEach(entry -> branches.add(new Expr.Case.Branch(
                        isStratum(columns, entry.getKey()), Expr.lit(requireFraction(entry.getValue())))));
        if (branches.isEmpty()) {
            throw new IllegalArgumentException("at least one fraction is needed");
        }
        return Expr.rowRandom(seed).lt(new Expr.Case(branches, Optional.of(Expr.lit(0.0))));
    }

    /** Puts strata into an order that their map does not decide: by the first value that differs. */
    private static int compare(List<? extends @Nullable Object> first, List<? extends @Nullable Object> second) {
        for (int i = 0; i < first.size(); i++) {
            int order = Literals.order().compare(first.get(i), second.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static Expr isStratum(List<String> columns, List<? extends @Nullable Object> values) {
        Expr all = null;
        for (int i = 0; i < columns.size(); i++) {
            Expr column = Expr.col(columns.get(i));
            Object value = values.get(i);
            Expr equal = value == null ? column.isNull() : column.eq(value);
            all = all == null ? equal : all.and(equal);
        }
        return java.util.Objects.requireNonNull(all);
    }

    static double requireFraction(double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("a fraction is between 0 and 1: " + fraction);
        }
        return fraction;
    }
}
