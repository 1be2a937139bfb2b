package io.millrace.dataflow.plan;

import java.math.BigDecimal;

/** Rules of calls over numbers. */
final class NumberRules {
    private NumberRules() {}

    /** The second argument is not above the third, as far as both are literal numbers. */
    static void boundsInOrder(CallRule.Checked call) {
        Object lower = call.known(1);
        Object upper = call.known(2);
        boolean reversed = (lower instanceof Long a && upper instanceof Long b && a > b)
                || (lower instanceof Double c && upper instanceof Double d && c > d)
                || (lower instanceof BigDecimal e && upper instanceof BigDecimal f && e.compareTo(f) > 0);
        if (reversed) {
            throw call.refusal(1, "lower bound", "it is above the upper bound");
        }
    }
}
