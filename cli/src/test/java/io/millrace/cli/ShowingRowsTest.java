package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.execution.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code head}, {@code schema}, {@code explain} and {@code run}. */
class ShowingRowsTest {
    private static final String PEOPLE = """
            id,name,born,fee
            1,Ann,1990-05-01,2.5
            2,,1985-12-24,
            3,"",,10
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void headAlignsCellsBelowNamesAndTypes() throws IOException {
        Ran ran = Ran.millrace("head", file("people.csv", PEOPLE));

        assertThat(ran).isEqualTo(new Ran(0, """
                           id  name  born            fee
                        int64  text  date        float64
                            1  Ann   1990-05-01      2.5
                            2  null  1985-12-24     null
                            3  ""    null           10.0
                        """, ""));
    }

    @Test
    void headShowsAsManyRowsAsAsked() throws IOException {
        Ran ran = Ran.millrace("head", "-n", "1", file("people.csv", PEOPLE), "--quiet");

        assertThat(ran.out()).isEqualTo("""
                           id  name  born            fee
                        int64  text  date        float64
                            1  Ann   1990-05-01      2.5
                        """);
    }

    @Test
    void headSaysWhenTypesAreJudgedFromASample() throws IOException {
        String csv = file("long.csv", "n\n" + "1\n".repeat(1_000) + "x\n");

        Ran ran = Ran.millrace("head", "-n", "1", csv);

        assertThat(ran.out()).isEqualTo("    n\nint64\n    1\n");
        assertThat(ran.err()).isEqualTo("note: types are provisional: judged from the first 1,000 records\n");
    }

    @Test
    void headIsSureOfTypesWhenItHasSeenEveryRecord() throws IOException {
        String csv = file("exact.csv", "n\n" + "1\n".repeat(1_000));

        assertThat(Ran.millrace("head", csv).err()).isEmpty();
    }

    @Test
    void headNamesTheColumnsThatATerminalHasNoRoomFor() throws IOException {
        Ran ran = Ran.in(OptionalInt.of(24), Cancellation.create(), "head", file("people.csv", PEOPLE), "-n", "1");

        assertThat(ran.out()).isEqualTo("""
                           id  name  born
                        int64  text  date
                            1  Ann   1990-05-01
                        1 more column: fee
                        """);
    }

    @Test
    void headCutsLongTextAndEscapesWhatWouldMoveTheCursor() throws IOException {
        String csv = file("odd.csv", "t\n\"a\nb\"\n" + "x".repeat(60) + "\n\u001b[2J\n");

        assertThat(Ran.millrace("head", csv).out()).isEqualTo("t\ntext\na\\nb\n" + "x".repeat(39) + "…\n\\u001b[2J\n");
    }

    @Test
    void headAsJsonHasColumnsRowsAndErrors() throws IOException {
        Ran ran = Ran.millrace("head", "--json", file("people.csv", PEOPLE), "-n", "2");

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).isEqualTo("""
                        {
                          "columns" : [ {
                            "name" : "id",
                            "type" : "int64"
                          }, {
                            "name" : "name",
                            "type" : "text"
                          }, {
                            "name" : "born",
                            "type" : "date"
                          }, {
                            "name" : "fee",
                            "type" : "float64"
                          } ],
                          "provisional" : false,
                          "rows" : [ {
                            "id" : 1,
                            "name" : "Ann",
                            "born" : "1990-05-01",
                            "fee" : 2.5
                          }, {
                            "id" : 2,
                            "name" : null,
                            "born" : "1985-12-24",
                            "fee" : null
                          } ],
                          "errors" : [ ]
                        }
                        """);
    }

    @Test
    void anErrorAsJsonIsOneDocumentOnStandardOutput() throws IOException {
        Ran ran = Ran.millrace("head", "--json", file("empty.csv", ""));

        assertThat(ran.out().replace(directory.toString(), "DIR")).isEqualTo("""
                        {
                          "error" : {
                            "code" : "EMPTY_SOURCE",
                            "kind" : "data",
                            "message" : "Cannot read DIR/empty.csv: it is empty",
                            "details" : [ "A CSV file has at least a header record" ]
                          }
                        }
                        """);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isEqualTo(3);
    }

    @Test
    void csvArgumentsSayHowAFileIsWritten() throws IOException {
        String csv = file("odd.csv", "written by hand\n# a comment\n1;'x;y';-\n");

        Ran ran = Ran.millrace(
                "head",
                csv,
                "--delimiter",
                ";",
                "--quote",
                "'",
                "--no-header",
                "--skip-rows",
                "1",
                "--comment",
                "#",
                "--null",
                "-");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).isEqualTo("""
                        Column1  Column2  Column3
                          int64  text     text
                              1  x;y      null
                        """);
    }

    @Test
    void csvArgumentsSayWhatTablesFilesHold() throws IOException {
        String first = file("1.csv", "DATE||mass\nSTART||\n2024-03-01||-||x\n2024-03-02\nDATE||mass\n");
        file("2.csv", "DATE||place\nSTART||\n||\"\"\n");

        Ran ran = Ran.millrace(
                "head",
                Path.of(first).resolveSibling("*.csv").toString(),
                "--delimiter",
                "||",
                "--header-rows",
                "2",
                "--first-table-only",
                "--pad-short-rows",
                "--overflow-column",
                "rest",
                "--columns",
                "union",
                "--record-column",
                "record",
                "--null-in",
                "mass=-",
                "--quoted-empty-as-null");

        assertThat(ran.out()).isEqualTo("""
                        DATE START  mass  place  rest        record
                        date        text  text   list<text>   int64
                        2024-03-01  null  null   [x]              1
                        2024-03-02  null  null   null             2
                        null        null  null   null             1
                        """);
    }

    @Test
    void theFileOfARowMayBeAColumn() throws IOException {
        assertThat(Ran.millrace("schema", file("people.csv", PEOPLE), "--path-column", "file")
                        .out())
                .contains("file    text");
    }

    @Test
    void csvArgumentsMayLeaveQuotesAlone() throws IOException {
        Ran ran = Ran.millrace("head", file("inches.csv", "size\n5\"\n\"6\n"), "--quote", "none");

        assertThat(ran.out()).isEqualTo("""
                        size
                        text
                        5"
                        "6
                        """);
    }

    @Test
    void schemaListsColumnsAndTypes() throws IOException {
        assertThat(Ran.millrace("schema", file("people.csv", PEOPLE))).isEqualTo(new Ran(0, """
                        column  type
                        id      int64
                        name    text
                        born    date
                        fee     float64
                        """, ""));
    }

    @Test
    void schemaSaysWhichValueMadeAColumnTextAndWhichTextsMayBeDates() throws IOException {
        String birds = file("birds.csv", "n,seen\n1,1/2/2024\nnone,2/1/2024\n,\n");
        assertThat(Ran.millrace("schema", birds).out().replace(directory.toString(), "DIR"))
                .isEqualTo("""
                        column  type
                        n       text
                        seen    text
                        n: no int64 since record 2 of DIR/birds.csv: 'none'
                        seen: may be dates, day and month may be either way round
                        """);
        assertThat(Ran.millrace("schema", birds, "--json").out().replace(directory.toString(), "DIR"))
                .contains("\"values\" : 2", "\"nulls\" : 1", "\"text\" : \"none\"", "\"ambiguous\" : true");
    }

    @Test
    void schemaTakesEveryColumnAsTextWhenAsked() throws IOException {
        assertThat(Ran.millrace("schema", file("people.csv", PEOPLE), "--all-text")
                        .out())
                .isEqualTo("""
                        column  type
                        id      text
                        name    text
                        born    text
                        fee     text
                        """);
    }

    @Test
    void explainShowsTheStepsOfAPlan() throws IOException {
        assertThat(Ran.millrace("explain", plan()).out().replace(directory.toString(), "DIR"))
                .isEqualTo("""
                        0  readCsv(DIR/people.csv)
                             id: int64, name: text, born: date, fee: float64
                        1  drop(fee)  <- 0
                             id: int64, name: text, born: date
                        2  limit(2)  <- 1
                             id: int64, name: text, born: date
                        """);
    }

    @Test
    void explainShowsWhatRulesMakeOfAPlanAndTheRowsOfEachOperator() throws IOException {
        assertThat(Ran.millrace("explain", plan(), "--rules", "--run").out().replace(directory.toString(), "DIR"))
                .endsWith("""
                             id: int64, name: text, born: date

                        as bound
                        0  scan DIR/people.csv: id, name, born, fee
                        1  project id, name, born  <- 0
                        2  limit 2  <- 1

                        limit early
                        0  scan DIR/people.csv: id, name, born, fee
                        1  limit 2  <- 0
                        2  project id, name, born  <- 1

                        leave out columns that nothing reads
                        0  scan DIR/people.csv: id, name, born
                        1  limit 2  <- 0
                        2  project id, name, born  <- 1

                        0  scan DIR/people.csv: id, name, born  = 3 rows
                        1  limit 2  <- 0  = 2 rows
                        2  project id, name, born  <- 1  = 2 rows
                        3 records read = 3 rows + 0 rejected
                        """);
    }

    @Test
    void explainGivesRulesAndRowsAsADocument() throws IOException {
        assertThat(Ran.millrace("explain", plan(), "--rules", "--run", "--json").out())
                .contains("\"rule\" : \"limit early\"", "\"text\" : \"1  limit 2  <- 0\"", "\"rows\" : 2");
    }

    @Test
    void diffShowsWhatAPlanDoesDifferently() throws IOException {
        String plan = plan();
        Path other = directory.resolve("other.json");
        Files.writeString(other, Files.readString(Path.of(plan)).replace("\"rows\": 2", "\"rows\": 3"));

        assertThat(Ran.millrace("diff", plan, other.toString()).out()).isEqualTo("""
                ~ 2  limit(2)  ->  limit(3)
                       rows: 2 -> 3
                """);
        assertThat(Ran.millrace("diff", plan, plan).out()).isEqualTo("no difference\n");
        assertThat(Ran.millrace("diff", "--json", plan, other.toString()).out()).isEqualTo("""
                {
                  "changes" : [ {
                    "kind" : "changed",
                    "position" : 2,
                    "step" : "limit(2)",
                    "newPosition" : 2,
                    "newStep" : "limit(3)",
                    "fields" : [ {
                      "path" : "rows",
                      "before" : "2",
                      "after" : "3"
                    } ]
                  } ]
                }
                """);
    }

    @Test
    void runShowsTheRowsOfAPlan() throws IOException {
        assertThat(Ran.millrace("run", plan())).isEqualTo(new Ran(0, """
                           id  name  born
                        int64  text  date
                            1  Ann   1990-05-01
                            2  null  1985-12-24
                        """, ""));
    }

    @Test
    void runWritesTheRowsOfAPlan() throws IOException {
        Path out = directory.resolve("out.csv");

        Ran ran = Ran.millrace("run", plan(), "--out", out.toString());

        assertThat(ran).isEqualTo(new Ran(0, out + "  2 rows\n", ""));
        assertThat(Files.readString(out)).isEqualTo("""
                        id,name,born
                        1,Ann,1990-05-01
                        2,,1985-12-24
                        """);
    }

    @Test
    void runLeavesAnOlderFileAsItIsWhenItFails() throws IOException {
        Path out = directory.resolve("out.csv");
        Files.writeString(out, "older\n");
        String plan = plan();
        file("people.csv", PEOPLE + "4\n");

        Ran ran = Ran.millrace("run", plan, "--out", out.toString());

        assertThat(ran.code()).isEqualTo(3);
        assertThat(out).hasContent("older\n");
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("out.csv", "people.csv", "plan.json");
    }

    @Test
    void runDoesNotOverwriteWhatItReads() throws IOException {
        String plan = plan();

        Ran ran = Ran.millrace(
                "run", plan, "--out", directory.resolve("people.csv").toString());

        assertThat(ran.err().replace(directory.toString(), "DIR"))
                .isEqualTo("OUTPUT_EXISTS: Cannot write to 'DIR/people.csv': it is what is read\n");
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void cellsThatDoNotFitAreCountedOnce() throws IOException {
        file("ages.csv", "age\n1\nold\n3\nx\n");
        String plan = file("ages.json", """
                {"millrace": "plan", "version": 1, "steps": [
                  {"id": 0, "step": "read_csv", "source": {"file": "ages.csv"},
                   "options": {"schema": [{"name": "age", "type": "int64"}]}}
                ]}
                """);

        assertThat(Ran.millrace("run", plan))
                .isEqualTo(new Ran(0, """
                          age
                        int64
                            1
                         !old
                            3
                           !x
                        """, "note: 2 cells do not fit their types: age 2; the first is 'old'\n"));
    }

    @Test
    void recordsThatARunRejectsAreSaidAndWrittenIntoQuarantine() throws IOException {
        file("ages.csv", "age,of\n1,a\n2\nx,c\n");
        Path rejects = directory.resolve("rejects.csv");
        String plan = file("ages.json", """
                {"millrace": "plan", "version": 1, "steps": [
                  {"id": 0, "step": "read_csv", "source": {"file": "ages.csv"},
                   "options": {"schema": [{"name": "age", "type": "int64"}, {"name": "of", "type": "text"}],
                     "errors": {"quarantine": "REJECTS"}}}
                ]}
                """.replace("REJECTS", rejects.toString()));

        Ran ran = Ran.millrace(
                "run", plan, "--json", "--out", directory.resolve("out.csv").toString());

        assertThat(ran.out()).endsWith("""
                  "read" : {
                    "records" : 3,
                    "rows" : 2,
                    "rejected" : 1,
                    "cellErrors" : [ {
                      "column" : "age",
                      "code" : "CAST",
                      "count" : 1
                    } ]
                  }
                }
                """);
        assertThat(ran.err()).isEqualTo("""
                note: 1 cell does not fit its type: age 1; the first is 'x'
                note: 3 records read = 2 rows + 1 rejected; 1 cell does not fit: age CAST 1
                """);
        assertThat(rejects).content().contains(",MISSING_COLUMNS,", ",age,CAST,it is no int64,x");
    }

    @Test
    void aQuarantineIsAnOptionOfTheCommand() throws IOException {
        String source = file("ages.csv", "age,of\n1,a\n2\n");
        Path rejects = directory.resolve("rejects.csv");

        Ran ran = Ran.millrace("head", source, "--quarantine", rejects.toString());

        assertThat(ran.out()).isEqualTo("""
                  age  of
                int64  text
                    1  a
                """);
        assertThat(rejects).content().contains(",MISSING_COLUMNS,it has 1 cell where the header has 2,2\n");
        assertThat(Ran.millrace("head", source, "--quarantine", "https://lake.example/rejects.csv"))
                .isEqualTo(new Ran(
                        2,
                        "",
                        "INVALID_ARGUMENT: Cannot use --quarantine: the file of a quarantine is a local path\n"));
    }

    @Test
    void aCancelledRunEndsAsAfterAnInterrupt() throws IOException {
        Cancellation cancellation = Cancellation.create();
        cancellation.cancel("interrupted");

        Ran ran = Ran.in(OptionalInt.empty(), cancellation, "head", file("people.csv", PEOPLE));

        assertThat(ran).isEqualTo(new Ran(130, "", "CANCELLED: Cannot go on: interrupted\n"));
    }

    private String plan() throws IOException {
        file("people.csv", PEOPLE);
        return file("plan.json", """
                {"millrace": "plan", "version": 1, "steps": [
                  {"id": 0, "step": "read_csv", "source": {"file": "people.csv"}},
                  {"id": 1, "inputs": [0], "step": "drop", "columns": ["fee"]},
                  {"id": 2, "inputs": [1], "step": "limit", "rows": 2}
                ]}
                """);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }
}
