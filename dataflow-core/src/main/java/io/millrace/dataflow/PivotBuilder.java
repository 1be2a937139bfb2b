package io.millrace.dataflow;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.expr.PivotColumn;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.plan.TableStep;
import io.millrace.dataflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pivot whose columns are being found: {@link #learn} asks an engine for the different values of the pivoted column,
 * {@link #values} and {@link #columns(List)} name them. {@link #toDataflow} freezes them in the plan, so that it gives the
 * same columns for other rows. Immutable.
 */
public final class PivotBuilder {
    private static final int MOST_COLUMNS = 1_000;
    private static final String NULL_NAME = "NULL";
    private static final String ERROR_NAME = "ERROR";

    private final Dataflow dataflow;
    private final TableStep.Pivot pivot;
    private final int most;
    private final boolean known;

    private PivotBuilder(Dataflow dataflow, TableStep.Pivot pivot, int most, boolean known) {
        this.dataflow = dataflow;
        this.pivot = pivot;
        this.most = most;
        this.known = known;
    }

    static PivotBuilder of(Dataflow dataflow, String column, Aggregate aggregate, List<String> keys) {
        return new PivotBuilder(dataflow, new TableStep.Pivot(keys, column, aggregate, List.of()), MOST_COLUMNS, false);
    }

    /** The same pivot, which may learn up to {@code columns} columns; 1,000 unless said. */
    public PivotBuilder limit(int columns) {
        if (columns < 1) {
            throw new IllegalArgumentException("a pivot needs at least one column: " + columns);
        }
        return new PivotBuilder(dataflow, pivot, columns, known);
    }

    /**
     * The same pivot with a column for each value that the pivoted column has now, from small to large, then
     * {@code NULL} and {@code ERROR} where there are nulls and error values. Runs the dataflow.
     *
     * @throws DataflowException {@code TOO_MANY_VALUES} beyond the limit; whatever the dataflow throws
     */
    public PivotBuilder learn(Engine engine) {
        return learn(engine, Cancellation.create());
    }

    /** As {@link #learn(Engine)}; stops when {@code cancellation} says so. */
    public PivotBuilder learn(Engine engine, Cancellation cancellation) {
        Expr column = Expr.col(pivot.column());
        Expr cells = Expr.when(column.isError())
                .then(PivotColumn.Of.ERROR.name())
                .when(column.isNull())
                .then(PivotColumn.Of.NULL.name())
                .otherwise(PivotColumn.Of.VALUE.name());
        String kind = pivot.column() + " cells";
        Dataflow query = dataflow.select(pivot.column())
                .withColumn(kind, cells)
                .withColumn(
                        pivot.column(),
                        Expr.when(column.isNotNull()).then(column).end())
                .distinct()
                .sort(SortKey.descending(kind), SortKey.ascending(pivot.column()))
                .limit(most + 3L);
        try (Table table = engine.execute(query.plan(engine, cancellation), cancellation)) {
            return named(table.rows());
        }
    }

    /** The rows are a value, or null, and which cells have it. */
    private PivotBuilder named(List<List<@Nullable Object>> rows) {
        List<@Nullable Object> values = new ArrayList<>();
        boolean nulls = false;
        boolean errors = false;
        for (List<@Nullable Object> row : rows) {
            Object cells = row.get(1);
            nulls |= PivotColumn.Of.NULL.name().equals(cells);
            errors |= PivotColumn.Of.ERROR.name().equals(cells);
            if (PivotColumn.Of.VALUE.name().equals(cells)) {
                values.add(row.get(0));
            }
        }
        if (values.size() > most) {
            throw DataflowException.of(
                    ErrorCode.TOO_MANY_VALUES,
                    "Cannot make a column of every value of '" + pivot.column() + "': there are more than " + most,
                    "Raise the limit with limit(...), or name the values with values(...)");
        }
        if (nulls) {
            values.add(null);
        }
        return columns(columnsOf(values, errors));
    }

    /** The same pivot with columns for these values, in this order; null stands for the cells without one. */
    public PivotBuilder values(@Nullable Object... values) {
        return columns(columnsOf(Arrays.asList(values), false));
    }

    /** The same pivot with these columns, for values under names of your own, or to leave out some that were learnt. */
    public PivotBuilder columns(List<PivotColumn> columns) {
        return new PivotBuilder(
                dataflow, new TableStep.Pivot(pivot.keys(), pivot.column(), pivot.aggregate(), columns), most, true);
    }

    /** The columns that were learnt or named so far. */
    public List<PivotColumn> columns() {
        return pivot.columns();
    }

    /**
     * The dataflow with the pivot as its last step: the keys, then the columns.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} when no columns were learnt or named; {@code UNKNOWN_COLUMN},
     *     {@code TYPE_MISMATCH} or {@code DUPLICATE_COLUMN}
     */
    public Dataflow toDataflow() {
        if (!known) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot pivot column '" + pivot.column() + "': its values are not known",
                    "Call learn(engine), or name them with values(...)");
        }
        return dataflow.then(pivot);
    }

    private List<PivotColumn> columnsOf(List<? extends @Nullable Object> values, boolean errors) {
        Set<String> taken = new HashSet<>(pivot.keys());
        List<PivotColumn> columns = new ArrayList<>();
        for (Object value : values) {
            Object normalised = Literals.normalised(value);
            columns.add(
                    normalised == null
                            ? PivotColumn.ofNull(free(NULL_NAME, taken))
                            : PivotColumn.of(free(CellValues.text(normalised), taken), normalised));
        }
        if (errors) {
            columns.add(PivotColumn.ofError(free(ERROR_NAME, taken)));
        }
        return columns;
    }

    private static String free(String name, Set<String> taken) {
        String candidate = name;
        for (int number = 1; !taken.add(candidate); number++) {
            candidate = name + "_" + number;
        }
        return candidate;
    }
}
