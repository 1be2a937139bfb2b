package io.millrace.dataflow.profile;

/**
 * How many cells of a column are what. All exact.
 *
 * @param rows all cells
 * @param nulls cells that are null
 * @param errors cells that are error values
 * @param empty texts and bytes of length 0, which are values
 */
public record CellCounts(long rows, long nulls, long errors, long empty) {
    /** Cells that are neither null nor an error. */
    public long values() {
        return rows - nulls - errors;
    }

    /** Cells that are not null: values and errors. */
    public long notNull() {
        return rows - nulls;
    }

    /** The nulls' share of all cells, from 0 to 1; 0 without rows. */
    public double nullRatio() {
        return rows == 0 ? 0 : (double) nulls / rows;
    }
}
