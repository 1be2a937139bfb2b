package io.millrace.dataflow.plan.rule;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.plan.Binder;
import io.millrace.dataflow.plan.Explain;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PruneColumnsTest {
    private static final Schema SCHEMA =
            Schema.of(Field.optional("a", INT64), Field.optional("b", TEXT), Field.optional("c", INT64));

    private final Dataflow scan = Dataflow.readCsv("x.csv", csv -> csv.schema(SCHEMA));

    @Test
    void nothingChangesWhenEveryColumnIsRead() {
        Plan plan = bind(scan.filter(col("a").gt(1)).sort("b").limit(3));

        assertThat(new PruneColumns().apply(plan)).isSameAs(plan);
    }

    @Test
    void aScanReadsOnlyTheColumnsUsedAbove() {
        assertThat(pruned(scan.filter(col("c").gt(1))
                        .withColumn("d", col("c").plus(1))
                        .select("d")))
                .isEqualTo("""
                        0  readCsv(x.csv)
                             c: int64
                        1  filter(c > 1)  <- 0
                             c: int64
                        2  withColumn(d, (c + 1))  <- 1
                             d: int64
                        3  select(d)  <- 2
                             d: int64
                        """);
    }

    @Test
    void columnsThatAreComputedForNobodyAreNotComputed() {
        assertThat(pruned(scan.withColumn("d", col("a").plus(col("c")))
                        .rename("b", "e")
                        .drop("d", "a")))
                .isEqualTo("""
                        0  readCsv(x.csv)
                             b: text, c: int64
                        1  withColumn(d, (a + c))  <- 0
                             b: text, c: int64
                        2  rename(b, e)  <- 1
                             e: text, c: int64
                        3  drop(d, a)  <- 2
                             e: text, c: int64
                        """);
    }

    @Test
    void keysOfSortsDistinctsAndGroupsAreRead() {
        assertThat(pruned(scan.sort("c").distinct("a").select("b"))).startsWith("""
                0  readCsv(x.csv)
                     a: int64, b: text, c: int64
                """);
        assertThat(pruned(scan.distinct("c").select("b"))).startsWith("""
                0  readCsv(x.csv)
                     b: text, c: int64
                1  distinct(c)  <- 0
                     b: text, c: int64
                """);
        assertThat(pruned(scan.groupBy("b")
                        .aggregate(Aggregate.sum("a"), Aggregate.sum("c"), Aggregate.count())
                        .select("sum_c")))
                .isEqualTo("""
                        0  readCsv(x.csv)
                             b: text, c: int64
                        1  groupBy(b).aggregate(sum(a) as sum_a, sum(c) as sum_c, count_rows() as count)  <- 0
                             b: text, sum_c: int64
                        2  select(sum_c)  <- 1
                             sum_c: int64
                        """);
    }

    @Test
    void countingRowsReadsOneColumn() {
        assertThat(pruned(scan.groupBy().aggregate(Aggregate.count()))).startsWith("""
                0  readCsv(x.csv)
                     a: int64
                """);
    }

    @Test
    void bothSidesOfAJoinKeepTheirKeys() {
        Dataflow right = Dataflow.readCsv("y.csv", csv -> csv.schema(SCHEMA));

        assertThat(pruned(scan.leftJoin(right, "a").select("c_right"))).isEqualTo("""
                        0  readCsv(x.csv)
                             a: int64
                        1  readCsv(y.csv)
                             a: int64, c: int64
                        2  leftJoin(a)  <- 0, 1
                             c_right: int64
                        3  select(c_right)  <- 2
                             c_right: int64
                        """);
    }

    @Test
    void theInputsOfAUnionKeepTheSameColumns() {
        Dataflow rows = Dataflow.rows(SCHEMA, List.of(Arrays.asList(1L, "x", 2L)));

        assertThat(pruned(scan.union(rows).select("c", "a"))).isEqualTo("""
                        0  readCsv(x.csv)
                             a: int64, c: int64
                        1  rows(1)
                             a: int64, c: int64
                        2  union()  <- 0, 1
                             a: int64, c: int64
                        3  select(c, a)  <- 2
                             c: int64, a: int64
                        """);
    }

    @Test
    void aUnionOverAnInputThatOthersReadTooGetsAProjection() {
        Dataflow grouped = scan.groupBy("b").aggregate(Aggregate.max("c"));
        Dataflow plan = grouped.union(grouped.filter(col("max_c").gt(1))).select("max_c");

        assertThat(pruned(plan)).isEqualTo("""
                        0  readCsv(x.csv)
                             b: text, c: int64
                        1  groupBy(b).aggregate(max(c) as max_c)  <- 0
                             b: text, max_c: int64
                        2  filter(max_c > 1)  <- 1
                             b: text, max_c: int64
                        3  union()  <- 1
                             max_c: int64
                        4  union()  <- 2
                             max_c: int64
                        5  union()  <- 3, 4
                             max_c: int64
                        6  select(max_c)  <- 5
                             max_c: int64
                        """);
    }

    @Test
    void aChainOfTwoThousandStepsIsNoTrouble() {
        Dataflow chain = scan;
        for (int i = 0; i < 2_000; i++) {
            chain = chain.withColumn("x" + i % 50, col("a").plus(i)).filter(col("a").gt(i));
        }

        assertThat(pruned(chain.select("x7"))).startsWith("""
                0  readCsv(x.csv)
                     a: int64
                """);
    }

    private static String pruned(Dataflow dataflow) {
        Plan plan = bind(dataflow);
        Plan rewritten = new PruneColumns().apply(plan);
        assertThat(rewritten.schema()).isEqualTo(plan.schema());
        return Explain.of(rewritten);
    }

    private static Plan bind(Dataflow dataflow) {
        return Binder.bind(dataflow.node(), (source, options) -> SCHEMA);
    }
}
