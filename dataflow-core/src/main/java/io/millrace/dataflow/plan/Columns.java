package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.ExprRewriter;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is asked of columns by name: which an expression or step reads, and whether they are there. */
public final class Columns {
    private Columns() {}

    /** The names of the columns that an expression reads, in order of appearance. */
    public static Set<String> of(Expr expr) {
        return expr.accept(new ExprBinder.ColumnNames(new LinkedHashSet<>()));
    }

    /** {@code expr} with other names for some of its columns. */
    static Expr renamed(Expr expr, Map<String, String> names) {
        return names.isEmpty() ? expr : expr.accept(new Renamer(names));
    }

    /**
     * Returns when the schema has every one of {@code names}.
     *
     * @param operation what they are needed for, as the user would write it
     * @throws DataflowException {@code UNKNOWN_COLUMN}, naming all that are missing
     */
    public static void requireAll(List<String> names, Schema schema, String operation) {
        List<String> missing = names.stream().filter(name -> !schema.has(name)).toList();
        if (missing.isEmpty()) {
            return;
        }
        if (missing.size() == 1) {
            schema.position(missing.get(0), operation);
        }
        List<String> details = new ArrayList<>();
        for (String name : missing) {
            Suggestion.closest(name, schema.names())
                    .ifPresent(match -> details.add("Did you mean '" + match + "' for '" + name + "'?"));
        }
        details.addAll(Suggestion.alternatives("Columns here", schema.names()));
        throw DataflowException.of(
                ErrorCode.UNKNOWN_COLUMN,
                "Cannot find columns "
                        + missing.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ")) + " for "
                        + operation,
                details);
    }

    private record Renamer(Map<String, String> names) implements ExprRewriter {
        @Override
        public Expr visit(Expr.Column column) {
            return Expr.col(names.getOrDefault(column.name(), column.name()));
        }

        @Override
        public Expr visit(Expr.Apply apply) {
            return new Expr.Apply(
                    apply.function(),
                    apply.columns().stream()
                            .map(name -> names.getOrDefault(name, name))
                            .toList(),
                    apply.names());
        }
    }
}
