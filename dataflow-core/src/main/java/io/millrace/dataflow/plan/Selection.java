package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds the columns that a selector means. */
final class Selection implements ColumnSelector.Visitor<List<String>> {
    private final Schema schema;
    private final String operation;
    private final boolean lenient;

    private Selection(Schema schema, String operation, boolean lenient) {
        this.schema = schema;
        this.operation = operation;
        this.lenient = lenient;
    }

    /**
     * The names of the columns that a selector finds. Only an optional one may find none.
     *
     * @param operation what they are needed for, as the user would write it
     * @throws DataflowException {@code UNKNOWN_COLUMN}
     */
    static List<String> of(ColumnSelector selector, Schema schema, String operation) {
        List<String> names = selector.accept(new Selection(schema, operation, false));
        if (names.isEmpty() && !(selector instanceof ColumnSelector.Lenient)) {
            throw DataflowException.of(
                    ErrorCode.UNKNOWN_COLUMN, "Cannot find a column for " + operation, columnsOf(schema));
        }
        return names;
    }

    private static List<String> columnsOf(Schema schema) {
        List<String> columns = schema.fields().stream()
                .map(field -> field.name() + ": " + field.type())
                .toList();
        return Suggestion.alternatives("Columns here", columns);
    }

    private List<String> having(Predicate<Field> predicate) {
        return schema.fields().stream().filter(predicate).map(Field::name).toList();
    }

    @Override
    public List<String> visit(ColumnSelector.Named named) {
        if (lenient) {
            return named.names().stream().filter(schema::has).toList();
        }
        Columns.requireAll(named.names(), schema, operation);
        return named.names();
    }

    @Override
    public List<String> visit(ColumnSelector.Matching matching) {
        Pattern pattern = matching.compiled();
        return having(field -> pattern.matcher(field.name()).matches());
    }

    @Override
    public List<String> visit(ColumnSelector.OfType types) {
        return having(field -> types.types().contains(field.type()));
    }

    @Override
    public List<String> visit(ColumnSelector.Numeric numeric) {
        return having(field -> field.type().isNumeric());
    }

    @Override
    public List<String> visit(ColumnSelector.All all) {
        return schema.names();
    }

    @Override
    public List<String> visit(ColumnSelector.Not not) {
        Set<String> without = new HashSet<>(not.selected().accept(this));
        return having(field -> !without.contains(field.name()));
    }

    @Override
    public List<String> visit(ColumnSelector.Both both) {
        List<String> first = new ArrayList<>(both.first().accept(this));
        first.retainAll(new HashSet<>(both.second().accept(this)));
        return first;
    }

    @Override
    public List<String> visit(ColumnSelector.Either either) {
        Set<String> names = new LinkedHashSet<>();
        either.parts().forEach(part -> names.addAll(part.accept(this)));
        return List.copyOf(names);
    }

    @Override
    public List<String> visit(ColumnSelector.Lenient optional) {
        return optional.selected().accept(new Selection(schema, operation, true));
    }
}
