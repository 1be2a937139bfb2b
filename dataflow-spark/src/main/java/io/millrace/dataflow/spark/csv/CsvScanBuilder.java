package io.millrace.dataflow.spark.csv;

import io.millrace.dataflow.expr.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;

/** Takes what Spark hands down to a read: columns, conditions, counts and a limit. Used by one thread. */
final class CsvScanBuilder
        implements SupportsPushDownRequiredColumns,
                SupportsPushDownV2Filters,
                SupportsPushDownAggregates,
                SupportsPushDownLimit {
    /** More are left to Spark: ours nest, each in the next. */
    private static final int MOST_CONDITIONS = 100;

    private final CsvSettings settings;
    private final CsvColumns columns;
    private StructType required;
    private List<Predicate> pushed = List.of();
    private final List<Expr> conditions = new ArrayList<>();
    private Optional<List<String>> counted = Optional.empty();
    private int limit = -1;

    CsvScanBuilder(CsvSettings settings, CsvColumns columns) {
        this.settings = settings;
        this.columns = columns;
        this.required = columns.table();
    }

    @Override
    public void pruneColumns(StructType requiredSchema) {
        required = columns.chosen(requiredSchema);
    }

    /** Takes the conditions that we decide as Spark does, and gives the others back. */
    @Override
    public Predicate[] pushPredicates(Predicate[] predicates) {
        PushedPredicates ours = new PushedPredicates(columns);
        List<Predicate> taken = new ArrayList<>();
        List<Predicate> left = new ArrayList<>();
        for (Predicate predicate : predicates) {
            Optional<Expr> translated = ours.translated(predicate);
            if (translated.isPresent() && conditions.size() < MOST_CONDITIONS) {
                taken.add(predicate);
                conditions.add(translated.get());
            } else {
                left.add(predicate);
            }
        }
        pushed = List.copyOf(taken);
        return left.toArray(new Predicate[0]);
    }

    @Override
    public Predicate[] pushedPredicates() {
        return pushed.toArray(new Predicate[0]);
    }

    /** Takes counts of all rows and of the values of columns, over all rows together. Spark adds those of the partitions. */
    @Override
    public boolean pushAggregation(Aggregation aggregation) {
        if (aggregation.groupByExpressions().length > 0) {
            return false;
        }
        List<String> names = new ArrayList<>();
        for (AggregateFunc function : aggregation.aggregateExpressions()) {
            Optional<String> name = counted(function);
            if (name.isEmpty()) {
                return false;
            }
            names.add(name.get());
        }
        counted = Optional.of(names);
        return true;
    }

    private Optional<String> counted(AggregateFunc function) {
        if (function instanceof CountStar) {
            return Optional.of(CsvRequest.ALL_ROWS);
        }
        if (function instanceof Count count
                && !count.isDistinct()
                && count.column() instanceof NamedReference column
                && column.fieldNames().length == 1
                && columns.schema().has(column.fieldNames()[0])) {
            return Optional.of(column.fieldNames()[0]);
        }
        return Optional.empty();
    }

    /** No partition gives more rows than that; Spark takes as many of all. */
    @Override
    public boolean pushLimit(int rows) {
        if (counted.isPresent()) {
            return false;
        }
        limit = rows;
        return true;
    }

    /** Lists the files. */
    @Override
    public Scan build() {
        return new CsvRead(
                settings,
                settings.files(),
                new CsvRequest(columns, required, conditions.stream().reduce(Expr::and), counted, limit));
    }
}
