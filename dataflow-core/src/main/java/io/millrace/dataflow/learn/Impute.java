package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values in place of the nulls of a column: that of the row's group, or where its group has none that of all rows. Error
 * values stay, also in the columns of a group, which then has none. A column of {@code int64} or decimal becomes
 * {@code float64} where the values are, as means and medians are. Immutable.
 */
public final class Impute implements Learnt {
    private final Dataflow dataflow;
    private final String column;
    private final String statistic;
    private final Object value;
    private final List<Field> keys;
    private final Map<List<@Nullable Object>, Object> groups;

    Impute(
            Dataflow dataflow,
            String column,
            String statistic,
            Object value,
            List<Field> keys,
            Map<List<@Nullable Object>, Object> groups) {
        this.dataflow = dataflow;
        this.column = column;
        this.statistic = statistic;
        this.value = value;
        this.keys = List.copyOf(keys);
        this.groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    }

    /** The value of all rows, and of groups that have none of their own. */
    public Object value() {
        return value;
    }

    /** The value of each group, by the values of its keys; empty without groups. */
    public Map<List<@Nullable Object>, Object> groups() {
        return groups;
    }

    /** The same with another value of all rows. */
    public Impute withValue(Object changed) {
        return new Impute(dataflow, column, "chosen value", normalised(changed), keys, groups);
    }

    /**
     * The same with another value of one group, which may be new.
     *
     * @param group the values of its keys, in their order; a whole number is taken for a float64 or decimal of the same value
     * @throws IllegalArgumentException for another number of keys, or a key that no cell of its column can be
     */
    public Impute withGroup(Object changed, @Nullable Object... group) {
        if (group.length != keys.size() || keys.isEmpty()) {
            throw new IllegalArgumentException("a group has " + keys.size() + " keys, not " + group.length);
        }
        List<@Nullable Object> key = new ArrayList<>();
        for (int i = 0; i < group.length; i++) {
            key.add(GroupKey.part(keys.get(i), group[i]));
        }
        Map<List<@Nullable Object>, Object> all = new LinkedHashMap<>(groups);
        all.put(key, normalised(changed));
        return new Impute(dataflow, column, statistic, value, keys, all);
    }

    @Override
    public Dataflow dataflow() {
        return dataflow;
    }

    @Override
    public Recipe toRecipe() {
        List<Object> choices = new ArrayList<>();
        if (!groups.isEmpty()) {
            Map<String, Object> table = new LinkedHashMap<>();
            groups.forEach((key, learnt) -> GroupKey.texts(key).forEach(text -> table.put(text, learnt)));
            choices.add(GroupKey.of(keys).lookUp(table));
        }
        choices.add(value);
        return Recipe.empty().withColumn(column, col(column).orElse(choices.toArray()));
    }

    /** What was learnt, a line for each group. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("impute ")
                .append(column)
                .append(": ")
                .append(statistic)
                .append(' ')
                .append(Expr.lit(value));
        groups.forEach((key, learnt) -> {
            text.append("\n  ");
            for (int i = 0; i < keys.size(); i++) {
                text.append(i == 0 ? "" : ", ")
                        .append(keys.get(i).name())
                        .append(" = ")
                        .append(Expr.lit(key.get(i)));
            }
            text.append(": ").append(Expr.lit(learnt));
        });
        return text.append(groups.isEmpty() ? "" : "\n  any other group: " + Expr.lit(value))
                .toString();
    }

    private static Object normalised(Object value) {
        return Objects.requireNonNull(Literals.normalised(Objects.requireNonNull(value, "value")));
    }
}
