package io.millrace.dataflow.spark.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.spark.TestSession;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Spark's own CSV reads rightly, and what it writes, is read the same. */
@Tag("spark")
class SparkCsvParityTest {
    private final SparkSession session = TestSession.session().newSession();

    @TempDir
    private Path directory;

    /** A file, its columns, and the options of both; Spark's own are told in its way. */
    record Case(
            String name,
            Charset charset,
            String content,
            String columns,
            Map<String, String> ours,
            Map<String, String> sparks) {
        Case(String name, String content, String columns, Map<String, String> ours, Map<String, String> sparks) {
            this(name, StandardCharsets.UTF_8, content, columns, ours, sparks);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        String cars = "year INT, make STRING, price DOUBLE, sold BOOLEAN, day DATE, note STRING";
        Map<String, String> quoting = Map.of("header", "true", "escape", "\"", "multiLine", "true");
        return List.of(
                new Case("plain", """
                        year,make,price,sold,day,note
                        2012,Tesla,79.5,true,2012-06-22,first
                        1997,Ford,,false,1997-01-01,
                        """, cars, Map.of(), Map.of("header", "true")),
                new Case("quotes and line ends", """
                        year,make,price,sold,day,note
                        2012,"Tes""la",79.5,true,2012-06-22,"Go get one,
                        they are going fast"
                        1997,"Ford",-0.25,false,1997-01-01,"a ""quoted"" word"
                        """, cars, Map.of(), quoting),
                new Case("CRLF", "k,v\r\na,1\r\nb,2\r\n", "k STRING, v BIGINT", Map.of(), quoting),
                new Case(
                        "null tokens",
                        "k|v\n--|1\nb|--\n",
                        "k STRING, v SMALLINT",
                        Map.of("nullValue", "--", "sep", "|"),
                        Map.of("header", "true", "nullValue", "--", "sep", "|")),
                new Case(
                        "comments, no header",
                        "~ made\n1;x\n~ more\n2;y\n",
                        "n INT, t STRING",
                        Map.of("comment", "~", "header", "false", "delimiter", ";"),
                        Map.of("comment", "~", "delimiter", ";")),
                new Case(
                        "another quote",
                        "k,v\n'a,b',1\n'c''d',2\n",
                        "k STRING, v INT",
                        Map.of("quote", "'"),
                        Map.of("header", "true", "quote", "'", "escape", "'")),
                new Case(
                        "backslashes",
                        "k,v\n\"a\\\"b\",1\n\"c\",2\n",
                        "k STRING, v INT",
                        Map.of("escape", "\\"),
                        Map.of("header", "true")),
                new Case(
                        "Latin-1",
                        StandardCharsets.ISO_8859_1,
                        "k,v\nBjörn,1\nÅsa,2\n",
                        "k STRING, v INT",
                        Map.of("charset", "ISO-8859-1"),
                        Map.of("header", "true", "charset", "ISO-8859-1")),
                new Case(
                        "sparse",
                        "A,B,C,D\n1,,,\n,1,,\n,,1,\n,,,1\n",
                        "A INT, B INT, C INT, D INT",
                        Map.of(),
                        Map.of("header", "true")),
                new Case(
                        "decimals and floats",
                        "d,f\n1.50,1.042\n-0.01,98.343\n,\n",
                        "d DECIMAL(10,2), f FLOAT",
                        Map.of(),
                        Map.of("header", "true")),
                new Case(
                        "timestamps",
                        "at\n2015-08-20T15:57:00Z\n1885-01-01T18:30:00.123456+02:00\n",
                        "at TIMESTAMP",
                        Map.of(),
                        Map.of("header", "true")),
                new Case(
                        "cells that do not fit",
                        "k,v\n1,2\nx,3\n4,y\n",
                        "k INT, v INT",
                        Map.of(),
                        Map.of("header", "true")),
                new Case(
                        "null texts",
                        "k,v\n1,2\n,\n,4\n",
                        "k STRING, v STRING",
                        Map.of(),
                        Map.of("header", "true", "emptyValue", "")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void filesThatSparkReadsRightlyAreReadTheSame(Case each) throws IOException {
        String path = Files.writeString(directory.resolve("a.csv"), each.content(), each.charset())
                .toString();

        Dataset<Row> ours = session.read()
                .format("millrace-csv")
                .schema(each.columns())
                .options(each.ours())
                .load(path);
        Dataset<Row> sparks = session.read()
                .format("csv")
                .schema(each.columns())
                .options(each.sparks())
                .load(path);

        assertThat(ours.schema()).isEqualTo(sparks.schema());
        assertThat(ours.collectAsList()).isEqualTo(sparks.collectAsList());
        assertThat(ours.count()).isEqualTo(sparks.count());
        String last = ours.columns()[ours.columns().length - 1];
        assertThat(ours.select(last).where(last + " IS NOT NULL").collectAsList())
                .isEqualTo(sparks.select(last).where(last + " IS NOT NULL").collectAsList());
    }

    @Test
    void whatSparkWritesIsReadBackWithNullsEmptyTextsQuotesAndLineEnds() {
        Random random = new Random(7);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            rows.add(RowFactory.create((long) i, text(random), text(random), random.nextGaussian()));
        }
        Dataset<Row> written =
                session.createDataFrame(rows, StructType.fromDDL("id BIGINT, a STRING, b STRING, x DOUBLE"));
        String path = directory.resolve("written").toString();
        written.coalesce(1)
                .write()
                .option("header", true)
                .option("escape", "\"")
                .option("ignoreLeadingWhiteSpace", false)
                .option("ignoreTrailingWhiteSpace", false)
                .csv(path);

        Dataset<Row> read =
                session.read().format("millrace-csv").schema(written.schema()).load(path + "/*.csv");

        assertThat(read.collectAsList()).isEqualTo(rows);
    }

    private static @Nullable String text(Random random) {
        if (random.nextInt(10) == 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        String letters = "ab,\"\n 日\t;'é";
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
