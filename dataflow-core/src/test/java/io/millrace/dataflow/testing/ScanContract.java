package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.testing.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.SourceStep;
import io.millrace.dataflow.plan.TableStep;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellError.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading CSV files. */
interface ScanContract extends EngineFixture {
    private static String file(Path directory, String name, String content) throws IOException {
        Path path = directory.resolve(name);
        Files.writeString(path, content);
        return path.toString();
    }

    private static Schema numbers() {
        return Schema.of(Field.optional("a", INT64), Field.optional("b", TEXT));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void typesAreInferredFromEveryRecord(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.csv", "id,x,name\n1,2,a\n2,2.5,\n3,,\"c,d\"\n");

        run(Dataflow.readCsv(path))
                .hasColumns("id", "x", "name")
                .hasTypes(INT64, FLOAT64, TEXT)
                .hasRows(row(1, 2.0, "a"), row(2, 2.5, null), row(3, null, "c,d"))
                .hasNoErrors();
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void cellsThatDoNotFitAreErrorsWithTheirPlace(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.csv", "a,b\n1,x\nabc,y\n,z\n");

        run(Dataflow.readCsv(path, csv -> csv.schema(numbers())))
                .hasRows(row(1, "x"), row(null, "y"), row(null, "z"))
                .hasErrors(new CellError(Code.CAST, "abc", path, 2, "readCsv(" + path + ")"));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void errorsMadeOfFileRowsCarryFileAndRecord(@TempDir Path directory) throws IOException {
        file(directory, "1.csv", "a,b\n1,x\n9223372036854775807,y\n");
        String second = file(directory, "2.csv", "b,a\np,3\nq,9223372036854775807\n");
        String glob = directory.resolve("*.csv").toString();

        run(Dataflow.readCsv(glob, csv -> csv.schema(numbers()))
                        .filter(col("b").ne("y"))
                        .withColumn("c", col("a").plus(1))
                        .sort("b"))
                .hasRows(row(3, "p", 4), row(Long.MAX_VALUE, "q", null), row(1, "x", 2))
                .hasErrors(
                        new CellError(Code.OVERFLOW, "9223372036854775807 + 1", second, 2, "withColumn(c, (a + 1))"));
    }

    @Test
    @Checks(steps = {SourceStep.Read.class, RowStep.Limit.class})
    default void filesAreReadInOrderOfTheirPath(@TempDir Path directory) throws IOException {
        for (int i = 9; i >= 0; i--) {
            StringBuilder content = new StringBuilder("n\n");
            for (int j = 0; j < 1_000; j++) {
                content.append(i * 1_000 + j).append('\n');
            }
            file(directory, "part" + i + ".csv", content.toString());
        }
        Dataflow all = Dataflow.readCsv(directory.resolve("part*.csv").toString());

        run(all.filter(col("n").mod(999).eq(0)).limit(4)).hasValues(0, 999, 1_998, 2_997);
        run(all.groupBy().aggregate(Aggregate.count(), Aggregate.sum("n"))).hasRows(row(10_000, 49_995_000));
        TableAssert everything = run(all).hasRowCount(10_000);
        assertThat(everything.content().rows())
                .isSortedAccordingTo(
                        (left, right) -> Long.compare((Long) java.util.Objects.requireNonNull(left.get(0)), (Long)
                                java.util.Objects.requireNonNull(right.get(0))));
        assertThat(everything.content().report().read()).isEqualTo(10_000);
        assertThat(everything.content().report().emitted()).isEqualTo(10_000);
    }

    @Test
    @Checks(steps = {SourceStep.Read.class, ColumnStep.Select.class})
    default void errorsInColumnsThatNothingReadsDoNotMatter(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.csv", "a,b\nabc,x\n");

        run(Dataflow.readCsv(path, csv -> csv.schema(numbers())).select("b"))
                .hasRows(row("x"))
                .hasNoErrors();
        run(Dataflow.readCsv(path, csv -> csv.schema(numbers())).groupBy().aggregate(Aggregate.count()))
                .hasRows(row(1));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void rejectedRecordsAreAccountedFor(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.csv", "a,b\n1,x\n2\n3,y,z\n4,w\n");

        TableAssert result =
                run(Dataflow.readCsv(path, csv -> csv.schema(numbers()).errors(ErrorPolicy.drop(5))));

        result.hasRows(row(1, "x"), row(4, "w"));
        assertThat(result.content().report().read()).isEqualTo(4);
        assertThat(result.content().report().emitted()).isEqualTo(2);
        assertThat(result.content().report().rejected()).isEqualTo(2);
    }

    @Test
    @Checks(steps = {SourceStep.Read.class, TableStep.Union.class, TableStep.Join.class})
    default void oneScanMayBeReadSeveralTimes(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.csv", "a,b\n1,x\n2,y\n");
        Dataflow scan = Dataflow.readCsv(path, csv -> csv.schema(numbers()));

        run(scan.union(scan.filter(col("a").gt(1)))).hasRows(row(1, "x"), row(2, "y"), row(2, "y"));
        run(scan.innerJoin(scan.select("a"), "a")).hasRowsInAnyOrder(row(1, "x"), row(2, "y"));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void aHeaderWithoutRecordsHasNoRows(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.csv", "a,b\n");

        run(Dataflow.readCsv(path, csv -> csv.schema(numbers())))
                .hasColumns("a", "b")
                .hasTypes(INT64, TEXT)
                .hasRows();
    }
}
