package io.millrace.dataflow.expr;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What a {@link UserFunction} does. Serializable, so that a lambda can travel to Spark's executors. */
@FunctionalInterface
public interface RowFunction extends Serializable {
    /** The value for a row, of a class that {@link Literals} takes, or null. May throw anything. */
    @Nullable
    Object apply(Row row) throws Exception;
}
