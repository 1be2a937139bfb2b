package io.millrace.dataflow.testing.reference;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** Comparisons and negation. */
final class Comparisons {
    private Comparisons() {}

    static Map<String, Functions.Body> all() {
        Map<String, Functions.Body> all = new TreeMap<>();
        all.put("eq", of(sign -> sign == 0));
        all.put("ne", of(sign -> sign != 0));
        all.put("lt", of(sign -> sign < 0));
        all.put("le", of(sign -> sign <= 0));
        all.put("gt", of(sign -> sign > 0));
        all.put("ge", of(sign -> sign >= 0));
        all.put("not", call -> !call.truth(0));
        return all;
    }

    private static Functions.Body of(IntPredicate test) {
        return call -> test.test(Order.compare(call.value(0), call.value(1)));
    }
}
