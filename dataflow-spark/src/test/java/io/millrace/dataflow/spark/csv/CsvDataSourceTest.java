package io.millrace.dataflow.spark.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.spark.SparkEngine;
import io.millrace.dataflow.spark.TestSession;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV files as rows of Spark SQL. */
@Tag("spark")
class CsvDataSourceTest {
    private final SparkSession session = TestSession.session().newSession();

    @TempDir
    private Path directory;

    private String file(String name, String content) {
        return file(name, content, UTF_8);
    }

    private String file(String name, String content, Charset charset) {
        try {
            return Files.writeString(directory.resolve(name), content, charset).toString();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private DataFrameReader reader() {
        return session.read().format("millrace-csv");
    }

    private static List<String> texts(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(Row::toString).toList();
    }

    @Test
    void everyTypeIsJudgedAndReadWithItsNulls() {
        session.conf().set("spark.sql.session.timeZone", "Asia/Kathmandu");
        Dataset<Row> rows = reader().load(file("a.csv", """
                flag,n,x,day,at,name
                true,1,0.5,2024-02-29,2024-03-01T12:30:00Z,crow
                ,,,,,
                FALSE,-9223372036854775808,-1e300,0001-01-01,1582-10-10T00:00:00.000001Z,""
                """));

        assertThat(rows.schema().toDDL()).isEqualTo("flag BOOLEAN,n BIGINT,x DOUBLE,day DATE,at TIMESTAMP,name STRING");
        assertThat(texts(rows.selectExpr("flag", "n", "x", "unix_date(day)", "unix_micros(at)", "name")))
                .containsExactly(
                        "[true,1,0.5,19782,1709296200000000,crow]",
                        "[null,null,null,null,null,null]",
                        "[false,-9223372036854775808,-1.0E300,-719162,-12219724799999999,]");
    }

    @Test
    void quotesNewlinesAndUnicodeAreKept() {
        Dataset<Row> rows = reader().load(
                        file("a.csv", "k,v\r\n1,\"a \"\"b\"\"\r\nc\"\r\n2,\"x,y\"\r\n3,日本 🎈\r\n4,\"\"\r\n5,\r\n"));

        assertThat(texts(rows)).containsExactly("[1,a \"b\"\r\nc]", "[2,x,y]", "[3,日本 🎈]", "[4,]", "[5,null]");
    }

    @Test
    void optionsAreThoseOfTheCommandInAnyCase() {
        String path = file("a.csv", "made by hand\n# a comment\nk;v\n'a;b';NA\nb;-\nc;3\n", ISO_8859_1);

        Dataset<Row> rows = reader().option("Delimiter", ";")
                .option("quote", "'")
                .option("SKIPROWS", 1)
                .option("comment", "#")
                .option("nullTokens", "[\"NA\", \"-\"]")
                .option("encoding", "latin1")
                .load(path);

        assertThat(rows.schema().toDDL()).isEqualTo("k STRING,v BIGINT");
        assertThat(texts(rows)).containsExactly("[a;b,null]", "[b,null]", "[c,3]");
    }

    @Test
    void filesThatDifferAreReadTogetherAndRowsSayWhereTheyAreFrom() {
        file("a.csv", "k||v\n1||x\n2||\n");
        file("b.csv", "v||w\ny||3||more||still\nNA||\n");
        DataFrameReader reader = reader().option("delimiter", "||")
                .option("columns", "union")
                .option("pathColumn", "file")
                .option("recordColumn", "record")
                .option("overflowColumn", "rest")
                .option("padShortRows", true)
                .option("nullTokensOf", "v=NA");

        Dataset<Row> rows = reader.load(directory + "/*.csv");

        assertThat(rows.schema().toDDL())
                .isEqualTo("k BIGINT,v STRING,w BIGINT,rest ARRAY<STRING>,file STRING,record BIGINT");
        assertThat(texts(rows.selectExpr("k", "v", "w", "array_join(rest, '+')", "right(file, 5)", "record")))
                .containsExactly(
                        "[1,x,null,null,a.csv,1]",
                        "[2,null,null,null,a.csv,2]",
                        "[null,y,3,more+still,b.csv,1]",
                        "[null,null,null,null,b.csv,2]");
        assertThat(texts(reader.schema("w INT, v STRING")
                        .load(directory + "/*.csv")
                        .where("record = 1 AND file LIKE '%b.csv'")
                        .select("rest", "w", "record")
                        .selectExpr("size(rest)", "w", "record")))
                .containsExactly("[2,3,1]");
    }

    @Test
    void severalHeaderRowsAndNoQuotesAreOptions() {
        String path = file("a.csv", "a,b\nx,\"y\n1,\"2\n");

        Dataset<Row> rows =
                reader().option("headerRows", 2).option("quote", "none").load(path);

        assertThat(rows.columns()).containsExactly("a x", "b \"y");
        assertThat(texts(rows)).containsExactly("[1,\"2]");
    }

    @Test
    void columnsByPositionHaveTheNamesOfTheFirstFile() {
        file("a.csv", "k,v\n1,x\n");
        file("b.csv", "key,value\n2,y\n");

        Dataset<Row> rows = reader().option("columns", "position").load(directory + "/*.csv");

        assertThat(texts(rows.select("v"))).containsExactly("[x]", "[y]");
        assertThat(texts(rows)).containsExactly("[1,x]", "[2,y]");
    }

    @Test
    void namesThatSparkHasMeanTheSame() {
        String path = file("a.csv", "k|v\n1|?\n");

        Dataset<Row> rows = reader().option("sep", "|")
                .option("nullValue", "?")
                .option("charset", "UTF-8")
                .option("inferSchema", false)
                .load(path);

        assertThat(rows.schema().toDDL()).isEqualTo("k STRING,v STRING");
        assertThat(texts(rows)).containsExactly("[1,null]");
    }

    @Test
    void columnsWithoutAHeaderAreNumberedOrNamedInOrder() {
        String path = file("a.csv", "1,crow\n2,rook\n");
        DataFrameReader reader = reader().option("header", false);

        assertThat(texts(reader.load(path).select("Column2"))).containsExactly("[crow]", "[rook]");
        assertThat(texts(reader.schema("n INT, name STRING").load(path).select("name", "n")))
                .containsExactly("[crow,1]", "[rook,2]");
    }

    @Test
    void declaredColumnsAreFoundByName() {
        String path = file("a.csv", "k,v,w\n1,007,x\n2,,y\n");

        Dataset<Row> rows = reader().schema("w STRING, v STRING").load(path);

        assertThat(texts(rows)).containsExactly("[x,007]", "[y,null]");
    }

    @Test
    void declaredTypesNarrowerThanOursHaveErrorsBeyondTheirRange() {
        String path =
                file("a.csv", "b,s,i,f\n127,32767,2147483647,3.5\n128,-32769,2147483648,1e39\n-128,,7,Infinity\n");
        DataFrameReader reader = reader().schema("b TINYINT, s SMALLINT, i INT, f FLOAT");

        assertThat(texts(reader.load(path)))
                .containsExactly("[127,32767,2147483647,3.5]", "[null,null,null,null]", "[-128,null,7,Infinity]");
        assertThat(texts(reader.option("errorColumn", "wrong")
                        .load(path)
                        .where("wrong is not null")
                        .selectExpr("transform(wrong, e -> concat_ws(' ', e.column, e.code, e.text, e.record))")))
                .singleElement()
                .asString()
                .contains("b CAST 128 2, s CAST -32769 2, i CAST 2147483648 2, f CAST 1.0E39 2");
    }

    @Test
    void decimalsAndBytesAreExact() {
        String path = file("a.csv", "d,e,y\n1.25,12345678901234567890.123456789,00ff\n-0.01,,\n");

        Dataset<Row> rows =
                reader().schema("d DECIMAL(5,2), e DECIMAL(38,9), y BINARY").load(path);

        assertThat(texts(rows.selectExpr("d", "e", "hex(y)")))
                .containsExactly("[1.25,12345678901234567890.123456789,00FF]", "[-0.01,null,null]");
    }

    @Test
    void errorsAreNullsAndAreListedWhereAColumnIsNamedForThem() {
        String path = file("a.csv", "k,v\n1,2\nx,y\n3,z\n");
        DataFrameReader reader = reader().schema("k BIGINT, v BIGINT");

        assertThat(texts(reader.load(path))).containsExactly("[1,2]", "[null,null]", "[3,null]");
        Dataset<Row> told = reader.option("errorColumn", "errors").load(path);
        assertThat(told.schema().apply("errors").dataType().simpleString())
                .isEqualTo("array<struct<column:string,code:string,text:string,record:bigint>>");
        assertThat(texts(told.selectExpr("to_json(errors)", "k")))
                .containsExactly(
                        "[null,1]",
                        "[[{\"column\":\"k\",\"code\":\"CAST\",\"text\":\"x\",\"record\":2},"
                                + "{\"column\":\"v\",\"code\":\"CAST\",\"text\":\"y\",\"record\":2}],null]",
                        "[[{\"column\":\"v\",\"code\":\"CAST\",\"text\":\"z\",\"record\":3}],3]");
        assertThat(texts(told.where("errors is not null").selectExpr("errors[0].text")))
                .containsExactly("[x]", "[z]");
        assertThat(texts(told.where("k is null").selectExpr("size(errors)"))).containsExactly("[2]");
    }

    @Test
    void recordsOfAnotherShapeFollowThePolicy() {
        String path = file("a.csv", "k,v\n1,2\n3\n4,5,6\n");

        assertThatThrownBy(() -> reader().load(path).collectAsList()).hasStackTraceContaining("MALFORMED_ROW");
        assertThat(texts(reader().option("errors", "drop").load(path))).containsExactly("[1,2]");
        assertThat(texts(reader().option("errors", "keep").load(path))).containsExactly("[1,2]", "[3,null]", "[4,5]");
        assertThatThrownBy(() -> reader().option("errors", "drop:1").load(path).collectAsList())
                .hasStackTraceContaining("MALFORMED_ROW");
    }

    @Test
    void severalFilesAreReadInTheirOrderByName() {
        file("b.csv", "v,k\n3,c\n");
        file("a.csv", "k,v\na,1\nb,2\n");

        assertThat(texts(reader().load(directory + "/*.csv"))).containsExactly("[a,1]", "[b,2]", "[c,3]");
        assertThat(texts(reader().schema("k STRING, v INT")
                        .load(
                                directory.resolve("b.csv").toString(),
                                directory.resolve("a.csv").toString())))
                .containsExactly("[c,3]", "[a,1]", "[b,2]");
    }

    @Test
    void typesOfSeveralPathsAreNotGuessedApart() {
        String a = file("a.csv", "k\n1\n");

        assertThatThrownBy(() -> reader().load(a, a)).hasMessage("""
                INVALID_ARGUMENT: Cannot judge the types of columns from several paths
                  Name the files by one path with *, or give their columns with .schema(...)""");
    }

    @Test
    void rowsAreThoseOfTheEngineWhateverTheirNumber() {
        StringBuilder content = new StringBuilder("id,text,x\n");
        for (int i = 0; i < 50_000; i++) {
            content.append(i)
                    .append(i % 7 == 0 ? ",\"line\n" : ",\"")
                    .append(i % 1000)
                    .append("\",");
            content.append(i % 11 == 0 ? "" : i / 8.0).append('\n');
        }
        String path = file("a.csv", content.toString());
        SparkEngine engine = SparkEngine.on(session);

        Dataset<Row> rows = reader().load(path);

        assertThat(rows.collectAsList())
                .isEqualTo(engine.toSpark(Dataflow.readCsv(path)).collectAsList());
        assertThat(texts(rows.selectExpr("max(text)", "min(text)", "count(x)", "sum(id)")))
                .containsExactly("[line\n999,0,45454,1249975000]");
        assertThat(rows.groupBy("text").count().count()).isEqualTo(2000);
        assertThat(rows.sort("text").as("a").join(rows.as("b"), "id").count()).isEqualTo(50_000);
    }

    @Test
    void aFileThatChangedAfterItWasListedIsAnError() {
        String path = file("a.csv", "k\n1\n");
        Dataset<Row> rows = reader().load(path);
        assertThat(texts(rows)).containsExactly("[1]");
        file("a.csv", "k\n1\n22\n");

        assertThatThrownBy(rows::collectAsList).hasStackTraceContaining("SOURCE_CHANGED");
        assertThat(texts(rows.select("*"))).containsExactly("[1]", "[22]");
    }

    @Test
    void unknownOptionsAndValuesAreRefusedAllAtOnce() {
        assertThatThrownBy(() -> reader().option("delimeter", ";")
                        .option("quote", "''")
                        .option("sep", ",")
                        .option("delimiter", ";")
                        .option("multiLine", true)
                        .load("a.csv"))
                .hasMessage("""
                        INVALID_ARGUMENT: Cannot use the options of millrace-csv
                          'delimeter' is not an option. Did you mean 'delimiter'?
                          'multiLine' is not an option. Options: delimiter, quote, escape, encoding, headerRows, header, skipRows, comment, nullTokens, nullTokensOf, quotedEmptyAsNull, firstTableOnly, padShortRows, overflowColumn, columns, pathColumn, recordColumn, allText, inferSchema, inferFrom, errors, sep, charset, nullValue, errorColumn, credential
                          'delimiter' and 'sep' are the same option
                          'quote' cannot be '''': it must be one character, or tab""");
    }

    @Test
    void typesThatNoTextBecomesAreRefused() {
        String path = file("a.csv", "k\n1\n");

        assertThatThrownBy(() -> reader().schema("k ARRAY<INT>").load(path)).hasMessage("""
                UNSUPPORTED_TYPE: Cannot read CSV as these columns: no text becomes such a value
                  Column 'k' is of type list<int64>: declare it as string, and take it apart with Spark's from_json""");
        assertThatThrownBy(() ->
                        reader().schema(new StructType().add("k", "interval")).load(path))
                .hasMessageContaining("UNSUPPORTED_TYPE");
    }

    @Test
    void theErrorColumnNeedsANameOfItsOwn() {
        String path = file("a.csv", "K\n1\n");

        assertThatThrownBy(() -> reader().option("errorColumn", "k").load(path)).hasMessage("""
                DUPLICATE_COLUMN: Cannot list errors in column 'k': the rows have a column of that name
                  Give another name with the option 'errorColumn'""");
    }

    @Test
    void emptyFilesAndMissingOnesAreErrorsOfOurs() {
        List<String> messages = new ArrayList<>();
        for (String path : List.of(file("a.csv", ""), directory + "/none.csv", directory.toString())) {
            try {
                reader().load(path);
            } catch (RuntimeException refused) {
                messages.add(String.valueOf(refused.getMessage()).split(":", 2)[0]);
            }
        }
        assertThat(messages).containsExactly("EMPTY_SOURCE", "SOURCE_NOT_FOUND", "SOURCE_IS_DIRECTORY");
    }
}
