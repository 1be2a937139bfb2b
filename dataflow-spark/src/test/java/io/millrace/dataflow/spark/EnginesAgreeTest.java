package io.millrace.dataflow.spark;

import static io.millrace.dataflow.expr.ColumnSelector.matching;
import static io.millrace.dataflow.expr.ColumnSelector.ofType;
import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.expr.Expr.rowRandom;
import static io.millrace.dataflow.expr.Expr.when;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.RowSelection;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;

/** Random small tables and plans: both engines give the same rows in the same order, and the same errors. */
@Tag("spark")
class EnginesAgreeTest {
    private static final Schema SCHEMA =
            Schema.of(Field.optional("k", INT64), Field.optional("x", FLOAT64), Field.optional("t", TEXT));

    private final Engine local = LocalEngine.create();
    private final Engine spark = SparkEngine.on(TestSession.session());

    @Property(tries = 40, seed = "2024", shrinking = ShrinkingMode.OFF)
    void bothEnginesGiveTheSame(
            @ForAll("tables") List<List<@Nullable Object>> rows,
            @ForAll("tables") List<List<@Nullable Object>> others,
            @ForAll("plans") List<Change> plan) {
        Dataflow dataflow = Dataflow.rows(SCHEMA, rows);
        Dataflow other = Dataflow.rows(SCHEMA, others);
        for (Change change : plan) {
            dataflow = change.apply(dataflow, other);
        }
        try (Table expected = dataflow.collect(local);
                Table actual = dataflow.collect(spark)) {
            assertThat(actual.schema()).isEqualTo(expected.schema());
            assertThat(actual.rows()).as(dataflow.toString()).isEqualTo(expected.rows());
            assertThat(actual.errors()).as(dataflow.toString()).isEqualTo(expected.errors());
        }
    }

    @Provide
    Arbitrary<List<List<@Nullable Object>>> tables() {
        Arbitrary<@Nullable Object> keys = Arbitraries.of(0L, 1L, 2L, -7L, Long.MAX_VALUE)
                .<@Nullable Object>map(value -> value)
                .injectNull(0.2);
        Arbitrary<@Nullable Object> numbers = Arbitraries.of(0.0, -0.0, 1.5, Double.NaN, -1e300, 1e300)
                .<@Nullable Object>map(value -> value)
                .injectNull(0.2);
        Arbitrary<@Nullable Object> texts = Arbitraries.of("", "a", "A", "12", " 12", "7.5", "größe", "🐦", "\uFFFD")
                .<@Nullable Object>map(value -> value)
                .injectNull(0.2);
        return Combinators.combine(keys, numbers, texts)
                .as((key, number, text) -> Arrays.<@Nullable Object>asList(key, number, text))
                .list()
                .ofMaxSize(12);
    }

    /** One more step; every one leaves the columns k, x and t with their types. */
    interface Change {
        Dataflow apply(Dataflow dataflow, Dataflow other);
    }

    @Provide
    Arbitrary<List<Change>> plans() {
        return Arbitraries.of(
                        named("overflow", flow -> flow.withColumn("k", col("k").plus(1))),
                        named("parse", flow -> flow.withColumn("k", col("t").cast(INT64))),
                        named("divide", flow -> flow.withColumn("x", col("x").dividedBy(col("k")))),
                        named(
                                "choose",
                                flow -> flow.withColumn(
                                        "t",
                                        when(col("k").gt(1)).then(lit("big")).otherwise(col("t")))),
                        named("filter", flow -> flow.filter(col("x").isNotNull().or(col("t").isNull()))),
                        named("errors", flow -> flow.filter(col("k").isError().not())),
                        named("fill", flow -> flow.fillNull("x", 0.0)),
                        named("limit", flow -> flow.limit(5)),
                        named("skip", flow -> flow.skip(2)),
                        named("tail", flow -> flow.tail(4)),
                        named("number", flow -> flow.withRowNumber("row")
                                .withColumn("k", col("row"))
                                .drop("row")),
                        named("sample", flow -> flow.sample(0.6, 3)),
                        named("sample rows", flow -> flow.sampleRows(3, 3)),
                        named("split", flow -> {
                            RowSelection.Split split = flow.randomSplit(0.4, 5);
                            return split.rest().union(split.sample());
                        }),
                        named("random", flow -> flow.withColumn("x", rowRandom(1))),
                        named("drop nulls", flow -> flow.dropNullRows(matching("k|t"))),
                        named(
                                "each",
                                flow -> flow.withColumns(
                                        ofType(TEXT), each -> each.text().concat(col("t")))),
                        named("sort", flow -> flow.sort(SortKey.descending("x"), SortKey.ascending("t"))),
                        named("sort k", flow -> flow.sort(SortKey.ascending("k").nullsLast())),
                        named("distinct", flow -> flow.distinct("k")),
                        named("distinct all", Dataflow::distinct),
                        named("group", flow -> flow.groupBy("t")
                                .aggregate(
                                        Aggregate.sum("k").as("k"),
                                        Aggregate.max("x").as("x"))),
                        named("group x", flow -> flow.groupBy("x")
                                .aggregate(
                                        Aggregate.countDistinct("t").as("k"),
                                        Aggregate.min("t").as("t"))),
                        named("group all", flow -> flow.groupBy()
                                .aggregate(
                                        Aggregate.count().as("k"),
                                        Aggregate.mean("k").as("x"),
                                        Aggregate.max("t").as("t"))),
                        named("distinct last", flow -> flow.distinctLast("k")),
                        named("duplicates", flow -> flow.duplicates("t")),
                        named("unpivot", flow -> flow.unpivot(List.of("t"), List.of("x", "k"), "name", "x")
                                .withColumn("k", col("name").text().length())
                                .select("k", "x", "t")),
                        named("pivot", flow -> flow.pivot("t", Aggregate.max("x"), "k")
                                .values("a", null)
                                .toDataflow()
                                .rename("a", "x")
                                .withColumn("t", col("NULL").cast(TEXT))
                                .select("k", "x", "t")),
                        named("statistics", flow -> flow.groupBy("k")
                                .aggregate(
                                        Aggregate.last("t").as("t"),
                                        Aggregate.variance("x").as("x"))),
                        named("first x", flow -> flow.groupBy("t")
                                .aggregate(
                                        Aggregate.first("k").as("k"),
                                        Aggregate.median("x").as("x"))),
                        named("append", flow -> flow.groupBy("t")
                                .appendAggregates(Aggregate.sum("k").as("s"))
                                .drop("k")
                                .rename("s", "k")),
                        named("rolling", flow -> flow.window(
                                        w -> w.partitionBy("k").orderBy("t"),
                                        Aggregate.mean("x").rows(-2, 1).as("m"),
                                        WindowFunction.lag("t", 1).as("u"))
                                .drop("x", "t")
                                .rename("m", "x")
                                .rename("u", "t")),
                        named("rank", flow -> flow.window(
                                        w -> w.orderBy(SortKey.descending("x")), WindowFunction.rank())
                                .drop("k")
                                .rename("rank", "k")),
                        (Change) Dataflow::union,
                        (flow, other) -> flow.unionByName(other.drop("x")),
                        (flow, other) -> flow.fullJoin(other.rename("t", "u").rename("x", "y"), "k")
                                .select("k", "x", "u")
                                .rename("u", "t"),
                        (flow, other) ->
                                flow.rightJoin(other.select("k", "t"), "t").select("k", "x", "t"),
                        (flow, other) -> flow.semiJoin(other, "x"),
                        (flow, other) -> flow.antiJoin(other, "t", "k"),
                        (flow, other) -> flow.crossJoin(other.select("t"))
                                .select("k", "x", "t_right")
                                .rename("t_right", "t"),
                        (flow, other) -> flow.appendColumnsPadded(other)
                                .select("k", "x_right", "t")
                                .rename("x_right", "x"),
                        (flow, other) -> flow.union(flow),
                        (flow, other) ->
                                flow.innerJoin(other.rename("t", "u"), "k").select("k", "x", "t"),
                        (flow, other) -> flow.leftJoin(other.select("x", "t").rename("t", "u"), "x")
                                .drop("t")
                                .rename("u", "t"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    private static Change named(String name, UnaryOperator<Dataflow> change) {
        return new Change() {
            @Override
            public Dataflow apply(Dataflow dataflow, Dataflow other) {
                return change.apply(dataflow);
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }
}
