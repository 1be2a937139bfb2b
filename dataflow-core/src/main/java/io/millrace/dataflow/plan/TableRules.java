package io.millrace.dataflow.plan;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;

/** Rules of calls that hold a table of constants: pairs after the first argument. */
final class TableRules {
    private TableRules() {}

    /** Keys and values are literals, and no key comes twice. */
    static void keys(CallRule.Checked call) {
        Set<Object> seen = new HashSet<>();
        for (int i = 1; i < call.size(); i += 2) {
            Object key = call.literal(i, "key");
            call.literal(i + 1, "value");
            if (!seen.add(comparable(key))) {
                throw call.refusal(i, "key", "it is there twice");
            }
        }
    }

    /** Points are literals that are finite, and their places rise. */
    static void points(CallRule.Checked call) {
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < call.size(); i += 2) {
            double place = (Double) call.literal(i, "place");
            double height = (Double) call.literal(i + 1, "height");
            if (!Double.isFinite(place) || place <= last) {
                throw call.refusal(i, "place", "places must be finite, and rise");
            }
            if (!Double.isFinite(height)) {
                throw call.refusal(i + 1, "height", "it must be finite");
            }
            last = place;
        }
    }

    private static Object comparable(Object key) {
        if (key instanceof Double number) {
            return number + 0.0;
        }
        return key instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : key;
    }
}
