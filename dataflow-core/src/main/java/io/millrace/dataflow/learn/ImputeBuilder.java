package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Learns a {@link Statistic} of a column, of all rows and, if asked for, of each group of rows. Immutable. */
public final class ImputeBuilder {
    private static final int MOST_GROUPS = 1_000;

    private final Dataflow dataflow;
    private final String column;
    private final Statistic statistic;
    private final List<String> keys;
    private final int most;

    private ImputeBuilder(Dataflow dataflow, String column, Statistic statistic, List<String> keys, int most) {
        this.dataflow = dataflow;
        this.column = Objects.requireNonNull(column, "column");
        this.statistic = Objects.requireNonNull(statistic, "statistic");
        this.keys = keys;
        this.most = most;
    }

    static ImputeBuilder of(Dataflow dataflow, String column, Statistic statistic) {
        return new ImputeBuilder(dataflow, column, statistic, List.of(), MOST_GROUPS);
    }

    /** Learns the value of each combination of values of these columns as well. A null key is a key like others. */
    public ImputeBuilder by(String... columns) {
        return new ImputeBuilder(dataflow, column, statistic, List.copyOf(Arrays.asList(columns)), most);
    }

    /** Learns up to so many groups; 1,000 unless said. */
    public ImputeBuilder limit(int groups) {
        if (groups < 1) {
            throw new IllegalArgumentException("a limit needs at least one group: " + groups);
        }
        return new ImputeBuilder(dataflow, column, statistic, keys, groups);
    }

    /**
     * Runs the dataflow.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}; {@code TYPE_MISMATCH} for the mean or median of what is no number;
     *     {@code NOTHING_TO_LEARN} when the column has no value; {@code TOO_MANY_VALUES} for more groups than the limit
     */
    public Impute learn(Engine engine) {
        Schema schema = dataflow.schema(engine);
        String operation = "impute";
        boolean average = statistic == Statistic.MEAN || statistic == Statistic.MEDIAN;
        if (average) {
            Query.number(schema, column, operation);
        } else {
            Query.plain(schema, column, operation);
        }
        List<Field> fields = new ArrayList<>();
        for (String key : keys) {
            fields.add(Query.plain(schema, key, operation + " by"));
        }
        String value = Query.free("value", keys);
        Dataflow values = dataflow.filter(col(column).isNotNull());
        Object all = Query.rows(values.groupBy().aggregate(aggregate(value)), engine)
                .get(0)
                .get(0);
        if (all == null) {
            throw Query.nothing("the " + statistic, column);
        }
        Map<List<@Nullable Object>, Object> groups = new LinkedHashMap<>();
        if (!keys.isEmpty()) {
            String[] order = keys.toArray(String[]::new);
            Dataflow keyed = values;
            for (String key : keys) { // an error would be a group of its own, that reads as the one of null
                keyed = keyed.filter(col(key).isError().not());
            }
            Dataflow query = keyed.groupBy(order).aggregate(aggregate(value)).sort(order);
            for (List<@Nullable Object> row : Query.rows(query.limit(most + 1L), engine)) {
                Object learnt = row.get(keys.size());
                if (learnt != null) {
                    List<@Nullable Object> group = new ArrayList<>();
                    for (int i = 0; i < keys.size(); i++) {
                        group.add(GroupKey.part(fields.get(i), row.get(i)));
                    }
                    groups.put(group, learnt);
                }
            }
            if (groups.size() > most) {
                throw Query.tooMany("the " + statistic + " by " + String.join(", ", keys), column, most);
            }
        }
        return new Impute(dataflow, column, statistic.toString(), all, fields, groups);
    }

    private Aggregate aggregate(String name) {
        return switch (statistic) {
            case MEAN -> Aggregate.mean(column).as(name);
            case MEDIAN -> Aggregate.median(column).as(name);
            case MIN -> Aggregate.min(column).as(name);
            case MAX -> Aggregate.max(column).as(name);
            case MODE -> Aggregate.mode(column).as(name);
        };
    }
}
