package io.millrace.dataflow.profile;

import java.util.Locale;
import java.util.Objects;

/**
 * Something about a column, or about the rows, that deserves a look.
 *
 * @param evidence the figures that led to it, as a sentence without capital and full stop
 */
public record Alert(Kind kind, String evidence) {
    public Alert {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(evidence, "evidence");
    }

    /** What was noticed. */
    public enum Kind {
        /** No cell has a value. */
        ALL_NULL,
        /** At least half of the cells are null. */
        MOSTLY_NULL,
        /** Some cells are error values. */
        ERRORS,
        /** Every value is the same. */
        CONSTANT,
        /** Every value, or nearly every one, is different: likely an identifier. */
        ID_LIKE,
        /** A text column of many different values that repeat little. */
        HIGH_CARDINALITY,
        /** One value makes up at least 90 % of a column of few different ones. */
        IMBALANCE,
        /** A skewness beyond 2 or below −2. */
        SKEWED,
        /** At least half of the numbers are 0. */
        MANY_ZEROS,
        /** Texts that are dates whichever of the first two numbers is the day, or dates of both kinds. */
        AMBIGUOUS_DATES,
        /** Numbers that rise and fall with those of another column: a correlation beyond 0.95. */
        CORRELATED,
        /** Some rows are equal to others in every column. */
        DUPLICATE_ROWS;

        /** The word for it in JSON and tables: {@code id_like}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
