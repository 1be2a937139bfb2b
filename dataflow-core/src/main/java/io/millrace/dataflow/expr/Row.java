package io.millrace.dataflow.expr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cells of one row that a {@link UserFunction} is given. None of them is an error. */
public interface Row {
    /** The names of the columns, in the order they were given. */
    List<String> names();

    /**
     * The value of a column, as {@link Literals} has it; null for null.
     *
     * @throws IllegalArgumentException when the function was not given that column
     */
    @Nullable
    Object value(String name);
}
