package io.millrace.dataflow.profile;

import io.millrace.dataflow.schema.Schema;

/**
 * What the shares of one profile agree on.
 *
 * @param distinctLimit up to how many different values of a column are counted rather than estimated
 */
record ShareSettings(int distinctLimit, boolean semanticTypes) {
    /** Up to how many different rows are counted. */
    static final int DISTINCT_ROWS = 1 << 18;

    private static final int MOST_DISTINCT = 1 << 14;
    private static final int LEAST_DISTINCT = 1 << 10;
    /** What the columns of a table share, so that a wide one needs no more memory than a narrow one. */
    private static final int DISTINCT_OF_ALL = 1 << 20;

    static ShareSettings of(Schema schema, ProfileOptions options) {
        int each = DISTINCT_OF_ALL / Math.max(1, schema.size());
        return new ShareSettings(Math.max(LEAST_DISTINCT, Math.min(MOST_DISTINCT, each)), options.hasSemanticTypes());
    }
}
