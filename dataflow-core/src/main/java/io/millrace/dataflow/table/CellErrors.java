package io.millrace.dataflow.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The error values among the cells of one column in one batch, by row. Sparse: costs nothing for a column without
 * errors. Immutable. A row with an error is null in the column's values.
 */
public final class CellErrors {
    private static final CellErrors NONE = new CellErrors(new int[0], List.of());

    private final int[] rows;
    private final List<CellError> errors;

    private CellErrors(int[] rows, List<CellError> errors) {
        this.rows = rows;
        this.errors = errors;
    }

    /** No errors. */
    public static CellErrors none() {
        return NONE;
    }

    /** Collects errors in the order of their rows. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether no row has an error. */
    public boolean isEmpty() {
        return rows.length == 0;
    }

    /** The number of rows with an error. */
    public int size() {
        return rows.length;
    }

    /** The row of the {@code index}th error; rows ascend. */
    public int row(int index) {
        return rows[index];
    }

    /** The {@code index}th error. */
    public CellError error(int index) {
        return errors.get(index);
    }

    /** Whether {@code row} has an error. */
    public boolean has(int row) {
        return rows.length > 0 && Arrays.binarySearch(rows, row) >= 0;
    }

    /** The error of {@code row}, or empty. */
    public Optional<CellError> at(int row) {
        int index = rows.length == 0 ? -1 : Arrays.binarySearch(rows, row);
        return index < 0 ? Optional.empty() : Optional.of(errors.get(index));
    }

    /** The errors of the rows {@code selected}, in that order, renumbered from 0. */
    public CellErrors select(int[] selected) {
        if (isEmpty()) {
            return this;
        }
        Builder builder = builder();
        for (int i = 0; i < selected.length; i++) {
            int index = Arrays.binarySearch(rows, selected[i]);
            if (index >= 0) {
                builder.add(i, errors.get(index));
            }
        }
        return builder.build();
    }

    /** These errors, and those of {@code other} in rows that have none here. */
    public CellErrors or(CellErrors other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        Builder builder = builder();
        int i = 0;
        int j = 0;
        while (i < rows.length || j < other.rows.length) {
            int left = i < rows.length ? rows[i] : Integer.MAX_VALUE;
            int right = j < other.rows.length ? other.rows[j] : Integer.MAX_VALUE;
            if (left <= right) {
                builder.add(left, errors.get(i));
                i++;
                j += left == right ? 1 : 0;
            } else {
                builder.add(right, other.errors.get(j));
                j++;
            }
        }
        return builder.build();
    }

    /** Collects errors in the order of their rows. */
    public static final class Builder {
        private final List<Integer> rows = new ArrayList<>();
        private final List<CellError> errors = new ArrayList<>();

        private Builder() {}

        /** Adds the error of a row after all rows added before. */
        public Builder add(int row, CellError error) {
            if (!rows.isEmpty() && rows.get(rows.size() - 1) >= row) {
                throw new IllegalArgumentException("row " + row + " is not after row " + rows.get(rows.size() - 1));
            }
            rows.add(row);
            errors.add(error);
            return this;
        }

        /** What was collected. */
        public CellErrors build() {
            return rows.isEmpty()
                    ? NONE
                    : new CellErrors(rows.stream().mapToInt(Integer::intValue).toArray(), List.copyOf(errors));
        }
    }
}
