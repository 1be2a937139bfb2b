package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.listOf;
import static io.millrace.dataflow.testing.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.plan.SourceStep;
import io.millrace.dataflow.source.FileColumns;
import io.millrace.dataflow.table.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the options of CSV files mean. */
interface CsvOptionsContract extends EngineFixture {
    private static String file(Path directory, String name, String content) throws IOException {
        Path path = directory.resolve(name);
        Files.writeString(path, content);
        return path.toString();
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void delimitersMayHaveSeveralCharacters(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.csv", "id, name\n1, \"a, b\"\n2, c\n");

        run(Dataflow.readCsv(path, csv -> csv.delimiter(", ")))
                .hasTypes(INT64, TEXT)
                .hasRows(row(1, "a, b"), row(2, "c"));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void filesMayHaveNoQuotes(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.csv", "id|inch\n1|5\"\n2|\"6\"\n");

        run(Dataflow.readCsv(path, csv -> csv.delimiter('|').withoutQuote())).hasRows(row(1, "5\""), row(2, "\"6\""));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void headersMayHaveSeveralRows(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.csv", "DATE,mass\nSTART,\n2024-03-01,1\n");

        run(Dataflow.readCsv(path, csv -> csv.headerRows(2)))
                .hasColumns("DATE START", "mass")
                .hasRowCount(1);
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void tablesBelowTheFirstAreLeftOutAndReported(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.csv", "a,b\n1,2\n3,4\n\nx\n7\n8\n");

        TableAssert result = run(Dataflow.readCsv(path, csv -> csv.firstTableOnly()));

        result.hasTypes(INT64, INT64).hasRows(row(1, 2), row(3, 4));
        assertThat(result.content().report().read()).isEqualTo(5);
        assertThat(result.content().report().emitted()).isEqualTo(2);
        assertThat(result.content().report().rejections())
                .containsExactly(Rejection.of(
                        Rejection.Place.of(path, 3, 5),
                        Rejection.Code.OTHER_TABLE,
                        "it begins another table; 3 records from here on were left out",
                        "x"));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void raggedRecordsMayKeepAllTheirCells(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.csv", "a,b\n1\n2,x,y,,z\n3,w\n");

        run(Dataflow.readCsv(path, csv -> csv.padShortRows().overflowColumn("rest")))
                .hasColumns("a", "b", "rest")
                .hasTypes(INT64, TEXT, listOf(TEXT))
                .hasRows(row(1, null, null), row(2, "x", Arrays.asList("y", null, "z")), row(3, "w", null))
                .hasNoErrors();
        run(Dataflow.readCsv(path, csv -> csv.padShortRows().overflowColumn("rest"))
                        .select("rest", "a")
                        .filter(col("rest").isNotNull()))
                .hasRows(row(Arrays.asList("y", null, "z"), 2));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void filesThatDifferGiveTheColumnsOfAllOrThoseInCommon(@TempDir Path directory) throws IOException {
        file(directory, "1.csv", "a,b\n1,2\n");
        file(directory, "2.csv", "c,b\nx,2.5\n");
        String glob = directory.resolve("*.csv").toString();

        run(Dataflow.readCsv(glob, csv -> csv.columns(FileColumns.UNION)))
                .hasColumns("a", "b", "c")
                .hasTypes(INT64, FLOAT64, TEXT)
                .hasRows(row(1, 2.0, null), row(null, 2.5, "x"));
        run(Dataflow.readCsv(glob, csv -> csv.columns(FileColumns.UNION)).select("c", "a"))
                .hasRows(row(null, 1), row("x", null));
        run(Dataflow.readCsv(glob, csv -> csv.columns(FileColumns.INTERSECTION)))
                .hasColumns("b")
                .hasRows(row(2.0), row(2.5));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void columnsMayBeThoseOfTheFirstFileByPosition(@TempDir Path directory) throws IOException {
        file(directory, "1.csv", "a,b\n1,2\n");
        file(directory, "2.csv", "A,B\n3,4\n");
        String glob = directory.resolve("*.csv").toString();
        Dataflow both = Dataflow.readCsv(glob, csv -> csv.columns(FileColumns.POSITION));

        run(both).hasColumns("a", "b").hasRows(row(1, 2), row(3, 4));
        run(both.select("b")).hasRows(row(2), row(4));
        run(both.withColumn("c", col("b").plus(1)).select("c")).hasRows(row(3), row(5));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void rowsMaySayWhereTheyAreFrom(@TempDir Path directory) throws IOException {
        String first = file(directory, "1.csv", "a\n1\n2\n");
        String second = file(directory, "2.csv", "a\n3\n");
        Dataflow rows = Dataflow.readCsv(directory.resolve("*.csv").toString(), csv -> csv.pathColumn("file")
                .recordColumn("record"));

        run(rows).hasColumns("a", "file", "record").hasRows(row(1, first, 1), row(2, first, 2), row(3, second, 1));
        run(rows.select("record", "file")).hasRows(row(1, first), row(2, first), row(1, second));
        run(rows.groupBy("file").aggregate(Aggregate.count())).hasRowsInAnyOrder(row(first, 2), row(second, 1));
        run(rows.filter(col("file").eq(second)).select("a")).hasRows(row(3));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void textsMeanNullWhereTheOptionsSaySo(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.csv", "a,b\n-,-\n\"\",1\nx,\"-\"\n");

        run(Dataflow.readCsv(path, csv -> csv.nullTokensOf("b", "-").quotedEmptyAsNull()))
                .hasRows(row("-", null), row(null, "1"), row("x", "-"));
    }
}
