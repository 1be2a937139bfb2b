package io.millrace.dataflow.spark;

import static io.millrace.dataflow.expr.Expr.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that meet by their keys, far more of them than travel together, are in the order that they had. */
@Tag("spark")
class ExchangeTest {
    private static final int ROWS_OF_FILE = 12_000;

    private final SparkEngine engine = SparkEngine.on(TestSession.session());

    @TempDir
    private Path directory;

    @BeforeEach
    void files() throws IOException {
        for (int file = 0; file < 3; file++) {
            StringBuilder content = new StringBuilder("k,n,x,t,unused\n");
            for (int row = 0; row < ROWS_OF_FILE; row++) {
                int n = file * ROWS_OF_FILE + row;
                content.append(n * 31 % 7 == 0 ? "" : "k" + n * 31 % 7)
                        .append(',')
                        .append(n);
                content.append(',').append(row == 77 ? "oops" : Double.toString(n / 7.0 - 1e9 * (n % 3)));
                content.append(",text ").append(n).append(',').append("much that nobody asks for ".repeat(2));
                content.append('\n');
            }
            Files.writeString(directory.resolve(file + ".csv"), content);
        }
    }

    private Dataflow rows() {
        return Dataflow.readCsv(
                directory + "/*.csv",
                csv -> csv.schema(Schema.of(
                        Field.optional("k", DataTypes.TEXT),
                        Field.optional("n", DataTypes.INT64),
                        Field.optional("x", DataTypes.FLOAT64),
                        Field.optional("t", DataTypes.TEXT),
                        Field.optional("unused", DataTypes.TEXT))));
    }

    private void assertSame(Dataflow dataflow, int atLeast) {
        try (LocalEngine local = LocalEngine.create();
                Table expected = dataflow.collect(local);
                Table actual = dataflow.collect(engine)) {
            assertThat(actual.rowCount()).isGreaterThanOrEqualTo(atLeast);
            assertThat(actual.rows()).isEqualTo(expected.rows());
            assertThat(actual.errors()).isEqualTo(expected.errors());
        }
    }

    @Test
    void groupsAddTheirValuesInTheOrderOfTheRows() {
        assertSame(
                rows().groupBy("k")
                        .aggregate(
                                Aggregate.count(),
                                Aggregate.first("t"),
                                Aggregate.last("n"),
                                Aggregate.sum("x").as("all"),
                                Aggregate.mean(col("n").times(0.1)).as("tenth"),
                                Aggregate.list("n")),
                7);
    }

    @Test
    void errorsOfGroupsAreTheFirstOnes() {
        assertSame(
                rows().groupBy("k")
                        .aggregate(Aggregate.max("x"), Aggregate.sum("x").as("all")),
                7);
    }

    @Test
    void rowsWithoutKeysAreOneGroup() {
        assertSame(rows().groupBy().aggregate(Aggregate.count(), Aggregate.list("t")), 1);
    }

    @Test
    void partnersMeetInOrder() {
        Dataflow right = rows().filter(col("n").lt(40)).select("k", "t").rename("t", "other");

        assertSame(rows().filter(col("n").lt(20_000)).select("k", "n").leftJoin(right, "k"), 20_000);
    }

    @Test
    void distinctRowsAreTheFirstOfTheirKind() {
        assertSame(rows().withColumn("part", col("n").mod(5_000)).distinct("part", "k"), 35_000);
    }

    @Test
    void theFirstRowsOfManyPartitionsAreTaken() {
        assertSame(
                rows().filter(col("n").ge(ROWS_OF_FILE - 5))
                        .limit(9_000)
                        .select("n")
                        .sort("n"),
                9_000);
    }
}
