package io.millrace.dataflow.expr;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column that a pivot makes, and the cells of the pivoted column that lead to it.
 *
 * @param name the name of the column
 * @param cells which cells lead to it
 * @param value the value they have, as {@link Literals} normalises it; null unless {@code cells} says {@code VALUE}
 */
public record PivotColumn(String name, Of cells, @Nullable Object value) {
    public PivotColumn {
        Objects.requireNonNull(name, "name");
        value = Literals.normalised(value);
        if ((cells == Of.VALUE) != (value != null)) {
            throw new IllegalArgumentException(cells + (value == null ? " needs a value" : " takes no value"));
        }
    }

    /** Which cells lead to a column. */
    public enum Of {
        /** Those of one value. */
        VALUE,
        /** Nulls. */
        NULL,
        /** Error values, whatever their text. */
        ERROR
    }

    /** The column of a value. */
    public static PivotColumn of(String name, Object value) {
        return new PivotColumn(name, Of.VALUE, value);
    }

    /** The column of nulls. */
    public static PivotColumn ofNull(String name) {
        return new PivotColumn(name, Of.NULL, null);
    }

    /** The column of error values. */
    public static PivotColumn ofError(String name) {
        return new PivotColumn(name, Of.ERROR, null);
    }

    /** The same cells under another name. */
    public PivotColumn named(String newName) {
        return new PivotColumn(newName, cells, value);
    }

    @Override
    public String toString() {
        return (cells == Of.VALUE ? Literals.text(value) : cells.name()) + " as " + ExprText.column(name);
    }
}
