package io.millrace.dataflow.spark.csv;

import io.millrace.dataflow.spark.TimeClasses;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.EqualTo;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.GreaterThan;
import org.apache.spark.sql.sources.GreaterThanOrEqual;
import org.apache.spark.sql.sources.In;
import org.apache.spark.sql.sources.IsNotNull;
import org.apache.spark.sql.sources.IsNull;
import org.apache.spark.sql.sources.LessThan;
import org.apache.spark.sql.sources.LessThanOrEqual;
import org.apache.spark.sql.sources.PrunedFilteredScan;
import org.apache.spark.sql.sources.StringContains;
import org.apache.spark.sql.sources.StringEndsWith;
import org.apache.spark.sql.sources.StringStartsWith;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the source for statements that know sources of the first kind alone: {@code CREATE TEMPORARY VIEW .. USING} and
 * {@code CREATE TABLE .. USING}. Columns and simple conditions are handed down; Spark decides all conditions again.
 */
final class CsvRelation extends BaseRelation implements PrunedFilteredScan {
    private final SQLContext context;
    private final Dataset<Row> rows;

    CsvRelation(SQLContext context, Dataset<Row> rows) {
        this.context = context;
        this.rows = rows;
    }

    @Override
    public SQLContext sqlContext() {
        return context;
    }

    @Override
    public StructType schema() {
        return rows.schema();
    }

    @Override
    public RDD<Row> buildScan(String[] requiredColumns, Filter[] filters) {
        return TimeClasses.javaTime(() -> {
                    Dataset<Row> chosen = rows;
                    for (Filter filter : filters) {
                        Optional<Column> condition = condition(filter);
                        chosen = condition.isPresent() ? chosen.where(condition.get()) : chosen;
                    }
                    return chosen.select(Arrays.stream(requiredColumns)
                            .map(CsvRelation::column)
                            .toArray(Column[]::new));
                })
                .rdd();
    }

    private static Optional<Column> condition(Filter filter) {
        if (filter instanceof IsNull isNull) {
            return Optional.of(column(isNull.attribute()).isNull());
        }
        if (filter instanceof IsNotNull isNotNull) {
            return Optional.of(column(isNotNull.attribute()).isNotNull());
        }
        if (filter instanceof StringStartsWith starts) {
            return Optional.of(column(starts.attribute()).startsWith(starts.value()));
        }
        if (filter instanceof StringEndsWith ends) {
            return Optional.of(column(ends.attribute()).endsWith(ends.value()));
        }
        if (filter instanceof StringContains contains) {
            return Optional.of(column(contains.attribute()).contains(contains.value()));
        }
        if (filter instanceof In in && Arrays.stream(in.values()).allMatch(CsvRelation::isExact)) {
            return Optional.of(column(in.attribute()).isin(in.values()));
        }
        if (filter instanceof EqualTo equal && isExact(equal.value())) {
            return Optional.of(column(equal.attribute()).equalTo(equal.value()));
        }
        if (filter instanceof GreaterThan greater && isExact(greater.value())) {
            return Optional.of(column(greater.attribute()).gt(greater.value()));
        }
        if (filter instanceof GreaterThanOrEqual atLeast && isExact(atLeast.value())) {
            return Optional.of(column(atLeast.attribute()).geq(atLeast.value()));
        }
        if (filter instanceof LessThan less && isExact(less.value())) {
            return Optional.of(column(less.attribute()).lt(less.value()));
        }
        return filter instanceof LessThanOrEqual atMost && isExact(atMost.value())
                ? Optional.of(column(atMost.attribute()).leq(atMost.value()))
                : Optional.empty();
    }

    /** Whether a constant is in a class that has all values of its type. Those of {@code java.sql} follow another calendar. */
    private static boolean isExact(@Nullable Object value) {
        return value instanceof Boolean
                || (value instanceof Number && !(value instanceof scala.math.BigDecimal))
                || value instanceof BigDecimal
                || value instanceof String
                || value instanceof LocalDate
                || value instanceof Instant;
    }

    private static Column column(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }
}
