package io.millrace.dataflow;

import static io.millrace.dataflow.expr.ColumnSelector.columns;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.expr.EachColumn;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.ColumnStep.WithColumns.Typing;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Steps that change the values of columns in place. Unless said otherwise nulls stay null and error values stay errors,
 * and a column keeps its type: a value of another type is refused with {@code TYPE_MISMATCH}. Columns that are not there
 * are {@code UNKNOWN_COLUMN}.
 *
 * @param <T> what carries the steps
 */
public sealed interface ValueSteps<T extends RowSteps<T>> permits RowSteps {
    /**
     * The texts that {@link #replaceNullTokens} takes for null when none are given: empty text, {@code NA}, {@code N/A},
     * {@code NaN}, {@code null} and {@code NULL}.
     */
    List<String> NULL_TOKENS = List.of("", "NA", "N/A", "NaN", "null", "NULL");

    /**
     * Puts a value in place of every selected column: {@code withColumns(numeric(), each -> each.times(2))}. All values
     * are computed of the columns as they were. The columns get the types of the values. Engines: local, Spark.
     *
     * @param value is called once, with an expression that stands for the column
     */
    default T withColumns(ColumnSelector columns, UnaryOperator<Expr> value) {
        Expr computed = value.apply(EachColumn.placeholder());
        return Steps.add(this, new ColumnStep.WithColumns(columns, computed, Typing.AS_COMPUTED));
    }

    private T changed(ColumnSelector columns, UnaryOperator<Expr> value) {
        Expr computed = value.apply(EachColumn.placeholder());
        return Steps.add(this, new ColumnStep.WithColumns(columns, computed, Typing.AS_BEFORE));
    }

    /** Converts a column in place. A value that does not fit is an error value. Engines: local, Spark. */
    default T cast(String column, DataType to) {
        return Steps.add(this, new ColumnStep.Cast(column, to));
    }

    /** Converts columns in place. A value that does not fit is an error value. Engines: local, Spark. */
    default T castAll(ColumnSelector columns, DataType to) {
        return withColumns(columns, each -> each.cast(to));
    }

    /** Converts columns to float64, text strictly as a cast reads it. Engines: local, Spark. */
    default T toNumber(String... columns) {
        return castAll(columns(columns), DataTypes.FLOAT64);
    }

    /** Converts columns to int64. A number with a fraction is an error value. Engines: local, Spark. */
    default T toWholeNumber(String... columns) {
        return castAll(columns(columns), DataTypes.INT64);
    }

    /** Converts columns to bool: {@code true} and {@code false} in any case, 1 and 0. Engines: local, Spark. */
    default T toBool(String... columns) {
        return castAll(columns(columns), DataTypes.BOOL);
    }

    /** Converts columns to text as they are written. Engines: local, Spark. */
    default T toText(String... columns) {
        return castAll(columns(columns), DataTypes.TEXT);
    }

    /**
     * Converts a column to dates: text by the first of {@code formats} that fits, as {@code time().parseDate} reads it;
     * without formats as a cast does. What does not fit is an error value. Engines: local, Spark.
     */
    default T toDate(String column, String... formats) {
        return withColumns(
                columns(column),
                each -> formats.length == 0
                        ? each.cast(DataTypes.DATE)
                        : each.time().parseDate(formats[0], ValueChoices.further(formats)));
    }

    /**
     * Converts a column to timestamps: text by the first of {@code formats} that fits, as {@code time().parse} reads it;
     * without formats as a cast does. What does not fit is an error value. Engines: local, Spark.
     */
    default T toTimestamp(String column, String... formats) {
        return withColumns(
                columns(column),
                each -> formats.length == 0
                        ? each.cast(DataTypes.TIMESTAMP)
                        : each.time().parse(formats[0], ValueChoices.further(formats)));
    }

    /** Puts {@code value} in place of the nulls of a column. Error values stay. Engines: local, Spark. */
    default T fillNull(String column, Object value) {
        return Steps.add(this, new ColumnStep.FillNull(column, value));
    }

    /** Puts {@code value} in place of the nulls of several columns. Error values stay. Engines: local, Spark. */
    default T fillNull(ColumnSelector columns, Object value) {
        return changed(columns, each -> each.orElse(value));
    }

    /** As {@link #replace(ColumnSelector, Object, Object)}, of one column. Engines: local, Spark. */
    default T replace(String column, @Nullable Object from, @Nullable Object to) {
        return replace(columns(column), from, to);
    }

    /**
     * Puts {@code to} in place of the values that equal {@code from}. Either may be null: that replaces nulls, or makes
     * them. NaN equals NaN. Engines: local, Spark.
     */
    default T replace(ColumnSelector columns, @Nullable Object from, @Nullable Object to) {
        return changed(columns, each -> Expr.when(from == null ? each.isNull() : each.eq(from))
                .then(to)
                .otherwise(each));
    }

    /** As {@link #replaceNullTokens(ColumnSelector, String...)}, of one column. Engines: local, Spark. */
    default T replaceNullTokens(String column, String... tokens) {
        return replaceNullTokens(columns(column), tokens);
    }

    /**
     * Makes null of the text cells that are one of {@code tokens}; of {@link #NULL_TOKENS} when none are given. Letters
     * and spaces count. Engines: local, Spark.
     */
    default T replaceNullTokens(ColumnSelector columns, String... tokens) {
        Object[] meant = tokens.length == 0 ? NULL_TOKENS.toArray() : tokens.clone();
        return changed(columns, each -> Expr.when(each.in(meant)).then(null).otherwise(each));
    }

    /** As {@link #clip(ColumnSelector, Object, Object)}, of one column. Engines: local, Spark. */
    default T clip(String column, @Nullable Object lower, @Nullable Object upper) {
        return clip(columns(column), lower, upper);
    }

    /**
     * Puts {@code lower} in place of smaller values and {@code upper} in place of greater ones; a null bound is none. NaN
     * stays. Engines: local, Spark.
     *
     * @throws IllegalArgumentException when both bounds are null
     */
    default T clip(ColumnSelector columns, @Nullable Object lower, @Nullable Object upper) {
        return changed(
                columns, each -> ValueChoices.bounded(lower, upper, each.math().clip(lower, upper)));
    }

    /** As {@link #clipToNull(ColumnSelector, Object, Object)}, of one column. Engines: local, Spark. */
    default T clipToNull(String column, @Nullable Object lower, @Nullable Object upper) {
        return clipToNull(columns(column), lower, upper);
    }

    /**
     * Makes null of the values below {@code lower} or above {@code upper}; a null bound is none. NaN stays.
     * Engines: local, Spark.
     *
     * @throws IllegalArgumentException when both bounds are null
     */
    default T clipToNull(ColumnSelector columns, @Nullable Object lower, @Nullable Object upper) {
        return changed(
                columns, each -> ValueChoices.bounded(lower, upper, each.math().clipToNull(lower, upper)));
    }

    /** Rounds numbers to so many decimals, as {@code math().round} does. Engines: local, Spark. */
    default T round(String column, int decimals) {
        return round(columns(column), decimals);
    }

    /** Rounds numbers to so many decimals, as {@code math().round} does. Engines: local, Spark. */
    default T round(ColumnSelector columns, int decimals) {
        return changed(columns, each -> each.math().round(decimals));
    }

    /** Takes white space from both ends of text. Engines: local, Spark. */
    default T trim(String... columns) {
        return trim(columns(columns));
    }

    /** Takes white space from both ends of text. Engines: local, Spark. */
    default T trim(ColumnSelector columns) {
        return changed(columns, each -> each.text().trim());
    }

    /** Writes text in lower case, by the root locale. Engines: local, Spark. */
    default T lower(String... columns) {
        return lower(columns(columns));
    }

    /** Writes text in lower case, by the root locale. Engines: local, Spark. */
    default T lower(ColumnSelector columns) {
        return changed(columns, each -> each.text().lower());
    }

    /** Writes text in upper case, by the root locale. Engines: local, Spark. */
    default T upper(String... columns) {
        return upper(columns(columns));
    }

    /** Writes text in upper case, by the root locale. Engines: local, Spark. */
    default T upper(ColumnSelector columns) {
        return changed(columns, each -> each.text().upper());
    }

    /** As {@link #replaceText(ColumnSelector, String, String)}, of one column. Engines: local, Spark. */
    default T replaceText(String column, String part, String replacement) {
        return replaceText(columns(column), part, replacement);
    }

    /** Replaces every occurrence of {@code part}, literally, within text. Engines: local, Spark. */
    default T replaceText(ColumnSelector columns, String part, String replacement) {
        return changed(columns, each -> each.text().replace(part, replacement));
    }

    /** As {@link #replacePattern(ColumnSelector, String, String)}, of one column. Engines: local, Spark. */
    default T replacePattern(String column, String pattern, String replacement) {
        return replacePattern(columns(column), pattern, replacement);
    }

    /** Replaces every match of a regular expression within text, as {@code text().replacePattern} does. Engines: local, Spark. */
    default T replacePattern(ColumnSelector columns, String pattern, String replacement) {
        return changed(columns, each -> each.text().replacePattern(pattern, replacement));
    }

    /**
     * Adds a column with what {@code values} has for the values of another one. Null where it has nothing for the value,
     * and for a null unless that is a key; an error value stays. Engines: local, Spark.
     *
     * @throws IllegalArgumentException when {@code values} is empty
     * @throws DataflowException {@code UNKNOWN_COLUMN}, or {@code TYPE_MISMATCH} when the keys do not compare with the
     *     column or the values have no common type
     */
    default T mapValues(String column, String newColumn, Map<?, ?> values) {
        return Steps.add(this, new ColumnStep.WithColumn(newColumn, ValueChoices.mapped(column, values, null)));
    }

    /** As {@link #mapValues(String, String, Map)}, with a value for everything else, nulls among it. Engines: local, Spark. */
    default T mapValues(String column, String newColumn, Map<?, ?> values, Object otherwise) {
        return Steps.add(this, new ColumnStep.WithColumn(newColumn, ValueChoices.mapped(column, values, otherwise)));
    }

    /**
     * Adds columns, right of a text column, with the pieces between separators, which are taken literally. When there are
     * more pieces than names, the last column holds the rest, separators and all; when there are fewer, the last columns
     * are null. Engines: local, Spark.
     *
     * @param names the names of the new columns, at least one; that of {@code column} itself may be among them
     * @throws IllegalArgumentException when there is no name, a name comes twice or the separator is empty
     */
    default T splitColumn(String column, String separator, String... names) {
        Map<String, Expr> pieces = ValueChoices.pieces(column, separator, names);
        // The column itself comes last, since the other pieces are made of it.
        Expr own = pieces.remove(column);
        T result = Steps.carrier(this);
        for (Map.Entry<String, Expr> piece : pieces.entrySet()) {
            result = result.withColumn(piece.getKey(), piece.getValue());
        }
        if (!pieces.isEmpty()) {
            result = result.moveAfter(column, columns(pieces.keySet().toArray(String[]::new)));
        }
        return own == null ? result : result.withColumn(column, own);
    }
}
