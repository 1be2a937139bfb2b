package io.millrace.dataflow.spark.csv;

import static io.millrace.dataflow.expr.Expr.lit;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.Binder;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Conditions of Spark as ours, where ours decide the same for every value and null. Columns and constants must be of the very
 * same type, one of those whose order is the same on both sides; every other condition is left to Spark.
 */
final class PushedPredicates {
    private final StructType columns;
    private final Schema schema;

    /** For conditions over these columns. */
    PushedPredicates(CsvColumns columns) {
        this.columns = columns.table();
        this.schema = columns.schema();
    }

    /** The condition as ours; empty when Spark must decide it. */
    Optional<Expr> translated(Predicate predicate) {
        return condition(predicate).filter(this::canBeBound);
    }

    private boolean canBeBound(Expr condition) {
        try {
            bound(condition, schema);
            return true;
        } catch (DataflowException tooDeep) {
            return false;
        }
    }

    /** Our condition over rows of a schema, bound. */
    static TypedExpr bound(Expr condition, Schema schema) {
        Operator operator = Binder.bindRows(schema, List.of(new RowStep.Filter(condition)))
                .get(0)
                .operator();
        return ((Operator.Filter) operator).predicate();
    }

    private Optional<Expr> condition(Expression expression) {
        if (!(expression instanceof Predicate predicate)) {
            return Optional.empty();
        }
        Expression[] children = predicate.children();
        return switch (predicate.name()) {
            case "ALWAYS_TRUE" -> Optional.of(lit(true));
            case "ALWAYS_FALSE" -> Optional.of(lit(false));
            case "AND" -> both(children).map(sides -> sides.get(0).and(sides.get(1)));
            case "OR" -> both(children).map(sides -> sides.get(0).or(sides.get(1)));
            case "NOT" -> condition(children[0]).map(Expr::not);
            case "IS_NULL" -> column(children[0]).map(Column::value).map(Expr::isNull);
            case "IS_NOT_NULL" -> column(children[0]).map(Column::value).map(Expr::isNotNull);
            case "=", "<>", "<", "<=", ">", ">=", "<=>" -> compared(predicate.name(), children);
            case "IN" -> in(children);
            case "STARTS_WITH", "ENDS_WITH", "CONTAINS" -> partOfText(predicate.name(), children);
            default -> Optional.empty();
        };
    }

    private Optional<List<Expr>> both(Expression[] children) {
        Optional<Expr> left = condition(children[0]);
        Optional<Expr> right = condition(children[1]);
        return left.isPresent() && right.isPresent() ? Optional.of(List.of(left.get(), right.get())) : Optional.empty();
    }

    private Optional<Expr> compared(String name, Expression[] children) {
        Optional<Column> left = column(children[0]);
        Optional<Column> right = column(children[1]);
        if (left.isPresent()
                && right.isPresent()
                && left.get().type().equals(right.get().type())) {
            return name.equals("<=>")
                    ? Optional.empty()
                    : Optional.of(
                            comparison(name, left.get().value(), right.get().value()));
        }
        if (left.isPresent()) {
            return constant(children[1], left.get())
                    .map(value -> comparison(name, left.get().value(), value));
        }
        return right.isEmpty()
                ? Optional.empty()
                : constant(children[0], right.get())
                        .map(value -> comparison(name, value, right.get().value()));
    }

    private static Expr comparison(String name, Expr left, Expr right) {
        return switch (name) {
            case "=" -> left.eq(right);
            case "<>" -> left.ne(right);
            case "<" -> left.lt(right);
            case "<=" -> left.le(right);
            case ">" -> left.gt(right);
            case ">=" -> left.ge(right);
            // A constant is on one side, so a null on the other is false.
            default -> left.isNotNull().and(right.isNotNull()).and(left.eq(right));
        };
    }

    private Optional<Expr> in(Expression[] children) {
        Optional<Column> column = column(children[0]);
        if (column.isEmpty() || children.length < 2) {
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        for (Expression child : Arrays.asList(children).subList(1, children.length)) {
            Optional<Expr> value = constant(child, column.get());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(column.get().value().in(values.toArray()));
    }

    private Optional<Expr> partOfText(String name, Expression[] children) {
        Optional<Column> column = column(children[0]);
        if (column.isEmpty() || !column.get().type().equals(DataTypes.StringType)) {
            return Optional.empty();
        }
        return constant(children[1], column.get()).map(part -> switch (name) {
            case "STARTS_WITH" -> column.get().value().text().startsWith(part);
            case "ENDS_WITH" -> column.get().value().text().endsWith(part);
            default -> column.get().value().text().contains(part);
        });
    }

    /** A column of the files, and its type in Spark. */
    private record Column(Expr value, DataType type) {}

    private Optional<Column> column(Expression expression) {
        if (!(expression instanceof NamedReference reference) || reference.fieldNames().length != 1) {
            return Optional.empty();
        }
        String name = reference.fieldNames()[0];
        int index = Arrays.asList(columns.fieldNames()).indexOf(name);
        if (index < 0) {
            return Optional.empty();
        }
        DataType type = columns.fields()[index].dataType();
        boolean sameOrder = type instanceof BooleanType
                || type instanceof LongType
                || type instanceof DoubleType
                || type instanceof DecimalType
                || type instanceof DateType
                || type instanceof TimestampType
                || type.equals(DataTypes.StringType);
        return sameOrder ? Optional.of(new Column(Expr.col(name), type)) : Optional.empty();
    }

    /** A constant of the type of a column; never null. */
    private static Optional<Expr> constant(Expression expression, Column column) {
        if (!(expression instanceof Literal<?> literal)
                || literal.value() == null
                || !literal.dataType().equals(column.type())) {
            return Optional.empty();
        }
        Object value = literal.value();
        try {
            if (column.type() instanceof DateType) {
                return Optional.of(lit(LocalDate.ofEpochDay(((Number) value).longValue())));
            }
            if (column.type() instanceof TimestampType) {
                return Optional.of(lit(Instant.EPOCH.plus(((Number) value).longValue(), ChronoUnit.MICROS)));
            }
            if (column.type() instanceof DecimalType) {
                return Optional.of(lit(((Decimal) value).toJavaBigDecimal()));
            }
            return Optional.of(lit(column.type().equals(DataTypes.StringType) ? value.toString() : value));
        } catch (IllegalArgumentException beyondOurRange) {
            return Optional.empty();
        }
    }
}
