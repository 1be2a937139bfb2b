package io.millrace.dataflow.plan;

/**
 * How large a saved plan may be before it is refused unread, so that a document from somebody else cannot take all memory:
 * {@code new PlanLimits(1 << 30)}. However large, it is nested 1,000 levels deep at most. Immutable.
 *
 * @param characters the most characters of the document
 */
public record PlanLimits(long characters) {
    private static final PlanLimits DEFAULTS = new PlanLimits(64L << 20);

    public PlanLimits {
        if (characters < 1) {
            throw new IllegalArgumentException("a plan has at least one character: " + characters);
        }
    }

    /** 64 Mi characters: a hundred times a plan of 2,000 steps. */
    public static PlanLimits defaults() {
        return DEFAULTS;
    }
}
