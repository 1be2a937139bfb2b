package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.learn.JoinCandidate.KeyColumns;
import io.millrace.dataflow.learn.JoinCandidate.KeyRows;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queries that count what speaks for keys. All pairs of columns of one type are counted by one join, of the different
 * values of every column of the left dataflow with those of the right.
 */
final class KeySearch {
    private final Dataflow left;
    private final Dataflow right;
    private final Engine engine;
    private final long leftRows;
    private final long rightRows;

    KeySearch(Dataflow left, Dataflow right, Engine engine) {
        this.left = left;
        this.right = right;
        this.engine = engine;
        leftRows = left.count(engine);
        rightRows = right.count(engine);
    }

    long leftRows() {
        return leftRows;
    }

    long rightRows() {
        return rightRows;
    }

    /** Every pair of columns that has a value in common, in the order of the columns. */
    List<JoinCandidate> pairs() {
        Schema leftSchema = left.schema(engine);
        Schema rightSchema = right.schema(engine);
        Set<DataType> types = new LinkedHashSet<>();
        leftSchema.fields().stream().map(Field::type).filter(KeySearch::isKey).forEach(types::add);
        List<JoinCandidate> pairs = new ArrayList<>();
        for (DataType type : types) {
            List<String> leftColumns = columns(leftSchema, type);
            List<String> rightColumns = columns(rightSchema, type);
            if (!rightColumns.isEmpty()) {
                pairs.addAll(pairs(leftColumns, rightColumns));
            }
        }
        return pairs;
    }

    /** What columns of numbers, texts and times can be; measures and bool are no keys. */
    private static boolean isKey(DataType type) {
        return type instanceof DataType.Int64
                || type instanceof DataType.Decimal
                || type instanceof DataType.Text
                || type instanceof DataType.Date
                || type instanceof DataType.Timestamp;
    }

    private static List<String> columns(Schema schema, DataType type) {
        return schema.fields().stream()
                .filter(field -> field.type().equals(type))
                .map(Field::name)
                .toList();
    }

    private List<JoinCandidate> pairs(List<String> leftColumns, List<String> rightColumns) {
        Dataflow leftValues = values(left, leftColumns, "left");
        Dataflow rightValues = values(right, rightColumns, "right");
        Map<Object, Counts> leftCounts = counts(leftValues, "left");
        Map<Object, Counts> rightCounts = counts(rightValues, "right");
        Dataflow joined =
                counted(leftValues.join(rightValues, JoinOptions.inner(JoinKeys.of("value"))), "left", "right");
        Map<KeyColumns, JoinCandidate> found = new HashMap<>();
        for (List<@Nullable Object> row : Query.rows(joined, engine)) {
            KeyColumns columns = new KeyColumns(
                    (String) Objects.requireNonNull(row.get(0)), (String) Objects.requireNonNull(row.get(1)));
            found.put(
                    columns,
                    candidate(
                            List.of(columns),
                            Objects.requireNonNull(leftCounts.get(columns.left())),
                            Objects.requireNonNull(rightCounts.get(columns.right())),
                            row.subList(2, row.size())));
        }
        List<JoinCandidate> ordered = new ArrayList<>();
        for (String leftColumn : leftColumns) {
            for (String rightColumn : rightColumns) {
                JoinCandidate candidate = found.get(new KeyColumns(leftColumn, rightColumn));
                if (candidate != null) {
                    ordered.add(candidate);
                }
            }
        }
        return ordered;
    }

    /** Columns {@code side} (a name), {@code value} and {@code side_rows}: how often each column has each value. */
    private static Dataflow values(Dataflow dataflow, List<String> columns, String side) {
        return dataflow.select(columns.toArray(String[]::new))
                .unpivot(List.of(), columns, side, "value")
                .filter(col("value").isNotNull())
                .groupBy(side, "value")
                .aggregate(Aggregate.count().as(side + "_rows"));
    }

    /** What is asked of joined keys: how many there are, the rows of each side, and the pairs of rows. */
    private static Dataflow counted(Dataflow joined, String... keys) {
        Expr pairs = col("left_rows").cast(DataTypes.FLOAT64).times(col("right_rows"));
        return joined.withColumn("pairs", pairs)
                .groupBy(keys)
                .aggregate(
                        Aggregate.count().as("shared"),
                        Aggregate.sum("left_rows").as("left_matched"),
                        Aggregate.sum("right_rows").as("right_matched"),
                        Aggregate.sum("pairs").as("all_pairs"));
    }

    private record Counts(long different, long keyed) {}

    private Map<Object, Counts> counts(Dataflow values, String side) {
        Map<Object, Counts> counts = new HashMap<>();
        Dataflow query = values.groupBy(side)
                .aggregate(
                        Aggregate.count().as("different"),
                        Aggregate.sum(side + "_rows").as("keyed"));
        for (List<@Nullable Object> row : Query.rows(query, engine)) {
            counts.put(Objects.requireNonNull(row.get(0)), new Counts(number(row, 1), number(row, 2)));
        }
        return counts;
    }

    /** The candidate of several pairs of columns; {@code likeness} is known of each. */
    JoinCandidate together(List<KeyColumns> keys) {
        Dataflow leftKeys = grouped(left, keys.stream().map(KeyColumns::left).toList(), "left_rows");
        Dataflow rightKeys = grouped(right, keys.stream().map(KeyColumns::right).toList(), "right_rows");
        String[] names = leftKeys.schema(engine).names().subList(0, keys.size()).toArray(String[]::new);
        Dataflow joined = counted(leftKeys.innerJoin(rightKeys, names));
        return candidate(
                keys,
                total(leftKeys, "left_rows"),
                total(rightKeys, "right_rows"),
                Query.rows(joined, engine).get(0));
    }

    /** The different keys, as columns {@code key_0}, {@code key_1}…, and how many rows have each. */
    private static Dataflow grouped(Dataflow dataflow, List<String> columns, String count) {
        Dataflow keys = dataflow.select(columns.toArray(String[]::new));
        String[] names = new String[columns.size()];
        Map<String, String> renamed = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            names[i] = "key_" + i;
            renamed.put(columns.get(i), names[i]);
        }
        keys = keys.renameAll(renamed);
        for (String name : names) {
            keys = keys.filter(col(name).isNotNull());
        }
        return keys.groupBy(names).aggregate(Aggregate.count().as(count));
    }

    private Counts total(Dataflow keys, String count) {
        List<@Nullable Object> row = Query.rows(
                        keys.groupBy()
                                .aggregate(
                                        Aggregate.count().as("different"),
                                        Aggregate.sum(count).as("keyed")),
                        engine)
                .get(0);
        return new Counts(number(row, 0), number(row, 1));
    }

    private JoinCandidate candidate(
            List<KeyColumns> keys, Counts leftCounts, Counts rightCounts, List<@Nullable Object> counted) {
        double likeness = keys.stream()
                .mapToDouble(pair -> NameLikeness.of(pair.left(), pair.right()))
                .average()
                .orElse(0);
        return new JoinCandidate(
                keys,
                new KeyRows(leftRows, leftCounts.keyed(), leftCounts.different(), number(counted, 1)),
                new KeyRows(rightRows, rightCounts.keyed(), rightCounts.different(), number(counted, 2)),
                number(counted, 0),
                number(counted, 3),
                likeness);
    }

    /** A count; the sum of no counts is null. */
    private static long number(List<@Nullable Object> row, int place) {
        return row.get(place) instanceof Number number ? number.longValue() : 0;
    }
}
