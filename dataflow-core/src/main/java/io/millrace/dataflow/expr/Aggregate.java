package io.millrace.dataflow.expr;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A value computed from the rows of a group, and the name of the column that holds it. Nulls are passed over, and of two
 * inputs the rows where either is null; an error value in a group makes the group's value an error. What depends on an
 * order follows that of the rows. Among the columns of a window it is the value of the whole partition, unless it is
 * given a {@link Frame}.
 *
 * @param kind what is computed
 * @param inputs what it is computed of: none for the number of rows, two for the kinds that say so, else one
 * @param parameter the quantile, or how many values, for the kinds that need one
 * @param condition when given, only rows for which it is true count; a null or an error is not true
 * @param name the name of the column
 */
public record Aggregate(Kind kind, List<Expr> inputs, OptionalDouble parameter, Optional<Expr> condition, String name)
        implements WindowColumn {
    public Aggregate {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(condition, "condition");
        inputs = List.copyOf(inputs);
        inputs.forEach(Nesting::checked);
        condition.ifPresent(Nesting::checked);
        if (inputs.size() != kind.inputs) {
            throw new IllegalArgumentException(kind + " takes " + inputs(kind.inputs) + ", not " + inputs.size());
        }
        kind.parameter.check(kind, parameter);
    }

    /** An aggregate of all rows of a group, of one input or none, without a parameter. */
    public Aggregate(Kind kind, Optional<Expr> input, String name) {
        this(kind, input.stream().toList(), OptionalDouble.empty(), Optional.empty(), name);
    }

    /** What is computed. */
    public enum Kind {
        /** The number of rows, an int64. */
        COUNT_ROWS(0),
        /** The number of values, an int64. */
        COUNT(1),
        /** The number of different values, an int64. */
        COUNT_DISTINCT(1),
        /** The sum in the input's type; a decimal's has 38 digits; null for no value; overflow is an error value. */
        SUM(1),
        /** The sum of the different values, otherwise as the sum. */
        SUM_DISTINCT(1),
        /** The arithmetic mean as float64; null for no value. */
        MEAN(1),
        /** The mean of the different values as float64; null for no value. */
        MEAN_DISTINCT(1),
        /** The mean of the first input weighted by the second; an error value when the weights sum to zero. */
        WEIGHTED_MEAN(2),
        /** The least value; null for no value. */
        MIN(1),
        /** The greatest value; null for no value. */
        MAX(1),
        /** The variance of a sample, by n − 1, as float64; null for fewer than two values. */
        VARIANCE(1),
        /** The square root of the variance; null for fewer than two values. */
        STANDARD_DEVIATION(1),
        /** The mean cubed deviation over the cubed standard deviation; null below two values, NaN for equal ones. */
        SKEWNESS(1),
        /** The mean fourth power of the deviation over that of the standard deviation, less 3; as the skewness. */
        KURTOSIS(1),
        /** The covariance of a sample, by n − 1, as float64; null for fewer than two pairs. */
        COVARIANCE(2),
        /** Pearson's correlation, from −1 to 1; null for fewer than two pairs, NaN when either input is constant. */
        CORRELATION(2),
        /** The value below which a share of the values lies, as float64; null for no value. */
        QUANTILE(1, Parameter.SHARE),
        /** The first value in the order of the rows; null for no value. */
        FIRST(1),
        /** The last value in the order of the rows; null for no value. */
        LAST(1),
        /** The value that occurs most often, of several the least; null for no value. */
        MODE(1),
        /** The values as a list, in the order of the rows; an empty list for no value. */
        LIST(1),
        /** The most frequent values with their counts, a list of structs; of equal counts the least value first. */
        TOP_VALUES(1, Parameter.NUMBER),
        /** The least frequent values with their counts, a list of structs; of equal counts the least value first. */
        BOTTOM_VALUES(1, Parameter.NUMBER),
        /** Whether a value is true; null for no value. */
        ANY(1),
        /** Whether every value is true; null for no value. */
        ALL(1);

        private final int inputs;
        private final Parameter parameter;

        Kind(int inputs) {
            this(inputs, Parameter.NONE);
        }

        Kind(int inputs, Parameter parameter) {
            this.inputs = inputs;
            this.parameter = parameter;
        }
    }

    private enum Parameter {
        NONE,
        SHARE,
        NUMBER;

        void check(Kind kind, OptionalDouble parameter) {
            if (parameter.isPresent() != (this != NONE)) {
                throw new IllegalArgumentException(
                        kind + (this == NONE ? " takes no parameter" : " needs a parameter"));
            }
            double value = parameter.orElse(0);
            if (this == SHARE && !(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("a quantile is between 0 and 1: " + value);
            }
            if (this == NUMBER && !(value >= 1 && value <= Integer.MAX_VALUE && value == Math.rint(value))) {
                throw new IllegalArgumentException("the number of values is a whole number from 1 on: " + value);
            }
        }
    }

    /** The number of rows, in column {@code count}. */
    public static Aggregate count() {
        return of(Kind.COUNT_ROWS, "count");
    }

    /** The number of values, in column {@code count_COLUMN}. */
    public static Aggregate count(String column) {
        return count(Expr.col(column));
    }

    /** The number of values of an expression. */
    public static Aggregate count(Expr input) {
        return of(Kind.COUNT, input);
    }

    /** The number of different values, in column {@code count_distinct_COLUMN}. */
    public static Aggregate countDistinct(String column) {
        return countDistinct(Expr.col(column));
    }

    /** The number of different values of an expression. */
    public static Aggregate countDistinct(Expr input) {
        return of(Kind.COUNT_DISTINCT, input);
    }

    /** The sum, in column {@code sum_COLUMN}. */
    public static Aggregate sum(String column) {
        return sum(Expr.col(column));
    }

    /** The sum of an expression. */
    public static Aggregate sum(Expr input) {
        return of(Kind.SUM, input);
    }

    /** The sum of the different values, in column {@code sum_distinct_COLUMN}. */
    public static Aggregate sumDistinct(String column) {
        return of(Kind.SUM_DISTINCT, Expr.col(column));
    }

    /** The mean, in column {@code mean_COLUMN}. */
    public static Aggregate mean(String column) {
        return mean(Expr.col(column));
    }

    /** The mean of an expression. */
    public static Aggregate mean(Expr input) {
        return of(Kind.MEAN, input);
    }

    /** The mean of the different values, in column {@code mean_distinct_COLUMN}. */
    public static Aggregate meanDistinct(String column) {
        return of(Kind.MEAN_DISTINCT, Expr.col(column));
    }

    /** The mean of a column weighted by another, in column {@code weighted_mean_COLUMN}. */
    public static Aggregate weightedMean(String column, String weight) {
        return weightedMean(Expr.col(column), Expr.col(weight));
    }

    /** The mean of an expression weighted by another. */
    public static Aggregate weightedMean(Expr input, Expr weight) {
        return of(Kind.WEIGHTED_MEAN, named(Kind.WEIGHTED_MEAN, input), input, weight);
    }

    /** The least value, in column {@code min_COLUMN}. */
    public static Aggregate min(String column) {
        return min(Expr.col(column));
    }

    /** The least value of an expression. */
    public static Aggregate min(Expr input) {
        return of(Kind.MIN, input);
    }

    /** The greatest value, in column {@code max_COLUMN}. */
    public static Aggregate max(String column) {
        return max(Expr.col(column));
    }

    /** The greatest value of an expression. */
    public static Aggregate max(Expr input) {
        return of(Kind.MAX, input);
    }

    /** The variance of a sample, in column {@code variance_COLUMN}. */
    public static Aggregate variance(String column) {
        return of(Kind.VARIANCE, Expr.col(column));
    }

    /** The standard deviation of a sample, in column {@code standard_deviation_COLUMN}. */
    public static Aggregate standardDeviation(String column) {
        return of(Kind.STANDARD_DEVIATION, Expr.col(column));
    }

    /** The skewness, in column {@code skewness_COLUMN}. */
    public static Aggregate skewness(String column) {
        return of(Kind.SKEWNESS, Expr.col(column));
    }

    /** The excess kurtosis, in column {@code kurtosis_COLUMN}. */
    public static Aggregate kurtosis(String column) {
        return of(Kind.KURTOSIS, Expr.col(column));
    }

    /** The covariance of two columns, in column {@code covariance_FIRST_SECOND}. */
    public static Aggregate covariance(String first, String second) {
        return ofPair(Kind.COVARIANCE, first, second);
    }

    /** The correlation of two columns, in column {@code correlation_FIRST_SECOND}. */
    public static Aggregate correlation(String first, String second) {
        return ofPair(Kind.CORRELATION, first, second);
    }

    /** The quantile 0.5, in column {@code median_COLUMN}. */
    public static Aggregate median(String column) {
        return quantile(column, 0.5).as("median_" + column);
    }

    /**
     * The quantile of a share from 0 to 1, in column {@code quantile_SHARE_COLUMN}: exact, the ith of n values standing
     * for the share (i − 0.5) / n, with a straight line between them and none beyond.
     */
    public static Aggregate quantile(String column, double share) {
        return quantile(Expr.col(column), share).as("quantile_" + share + "_" + column);
    }

    /** The quantile of an expression. */
    public static Aggregate quantile(Expr input, double share) {
        return with(Kind.QUANTILE, input, share);
    }

    /** The first value, in column {@code first_COLUMN}. */
    public static Aggregate first(String column) {
        return of(Kind.FIRST, Expr.col(column));
    }

    /** The last value, in column {@code last_COLUMN}. */
    public static Aggregate last(String column) {
        return of(Kind.LAST, Expr.col(column));
    }

    /** The most frequent value, in column {@code mode_COLUMN}. */
    public static Aggregate mode(String column) {
        return of(Kind.MODE, Expr.col(column));
    }

    /** The values, in column {@code list_COLUMN}. */
    public static Aggregate list(String column) {
        return list(Expr.col(column));
    }

    /** The values of an expression. */
    public static Aggregate list(Expr input) {
        return of(Kind.LIST, input);
    }

    /** The {@code number} most frequent values as {@code value} and {@code count}, in column {@code top_values_COLUMN}. */
    public static Aggregate topValues(String column, int number) {
        return with(Kind.TOP_VALUES, Expr.col(column), number);
    }

    /** The {@code number} least frequent values as {@code value} and {@code count}, in {@code bottom_values_COLUMN}. */
    public static Aggregate bottomValues(String column, int number) {
        return with(Kind.BOTTOM_VALUES, Expr.col(column), number);
    }

    /** Whether the condition is true in a row, in column {@code any_CONDITION}. */
    public static Aggregate any(Expr condition) {
        return of(Kind.ANY, condition);
    }

    /** Whether the condition is true in every row where it is not null, in column {@code all_CONDITION}. */
    public static Aggregate all(Expr condition) {
        return of(Kind.ALL, condition);
    }

    /** The same value in a column named {@code newName}. */
    @Override
    public Aggregate as(String newName) {
        return new Aggregate(kind, inputs, parameter, condition, newName);
    }

    /** The same of the rows for which {@code predicate} is true too; a null or an error is not true. */
    public Aggregate where(Expr predicate) {
        Expr all = condition.map(known -> known.and(predicate)).orElse(predicate);
        return new Aggregate(kind, inputs, parameter, Optional.of(all), name);
    }

    /** For each row the value of the rows of a frame around it; only in a window. */
    public FramedAggregate over(Frame frame) {
        return new FramedAggregate(this, frame);
    }

    /** For each row the value of the rows from {@code from} to {@code to} places after it, before it when negative. */
    public FramedAggregate rows(long from, long to) {
        return over(Frame.rows(from, to));
    }

    /** For each row the value of all rows up to it. */
    public FramedAggregate running() {
        return over(Frame.running());
    }

    private static Aggregate of(Kind kind, Expr input) {
        return of(kind, named(kind, input), input);
    }

    private static Aggregate ofPair(Kind kind, String first, String second) {
        return of(kind, lower(kind) + "_" + first + "_" + second, Expr.col(first), Expr.col(second));
    }

    private static Aggregate of(Kind kind, String name, Expr... inputs) {
        return new Aggregate(kind, List.of(inputs), OptionalDouble.empty(), Optional.empty(), name);
    }

    private static Aggregate with(Kind kind, Expr input, double parameter) {
        return new Aggregate(kind, List.of(input), OptionalDouble.of(parameter), Optional.empty(), named(kind, input));
    }

    private static String named(Kind kind, Expr input) {
        return lower(kind) + "_"
                + (input instanceof Expr.Column column
                        ? column.name()
                        : Nesting.checked(input).toString());
    }

    private static String lower(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String inputs(int count) {
        return count == 0 ? "no input" : count == 1 ? "one input" : count + " inputs";
    }

    @Override
    public String toString() {
        return call() + " as " + ExprText.column(name);
    }

    /** The value without its name. */
    String call() {
        StringBuilder text = new StringBuilder(lower(kind)).append('(');
        for (int i = 0; i < inputs.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(inputs.get(i));
        }
        parameter.ifPresent(value -> text.append(", ")
                .append(BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()));
        text.append(')');
        condition.ifPresent(predicate -> text.append(" where ").append(predicate));
        return text.toString();
    }
}
