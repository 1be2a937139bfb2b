package io.millrace.dataflow.csv;

import static io.millrace.dataflow.csv.CsvFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.csv.CsvFixture.Result;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.table.Rejection;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers of several rows, ragged rows, and several tables in one file. */
class CsvTableTest {
    private static final CsvOptions DEFAULTS = CsvOptions.defaults();
    private static final CsvOptions FIRST = DEFAULTS.firstTableOnly();

    @TempDir
    private Path directory;

    private CsvFixture files;

    @BeforeEach
    void openDirectory() {
        files = new CsvFixture(directory);
    }

    @Test
    void theNamesOfSeveralHeaderRowsAreJoined() {
        files.write("a.csv", "DATE,mass,,mass\nDATE, kg,,kg\n,,,\n2024-03-01,1,2,3\n");
        assertThat(files.infer("a.csv", DEFAULTS.headerRows(3)).toString())
                .isEqualTo("DATE DATE: date, mass kg: int64, Column3: int64, mass kg_1: int64");
        Result result = files.readText("a.csv", DEFAULTS.headerRows(2), "DATE DATE");
        assertThat(result.rows()).containsExactly(row((Object) null), row("2024-03-01"));
        assertThat(result.positions()).containsExactly("a.csv:1", "a.csv:2");
    }

    @Test
    void theLongestHeaderRowSaysHowManyColumnsThereAre() {
        files.write("a.csv", "a\nb,c\n\n1,2\n");
        assertThat(files.infer("a.csv", DEFAULTS.headerRows(2)).names()).containsExactly("a b", "c");
        assertThat(files.readText("a.csv", DEFAULTS.headerRows(2), "a b", "c").rows())
                .containsExactly(row("1", "2"));
    }

    @Test
    void aFileThatEndsInItsHeaderIsRefused() {
        files.write("a.csv", "a,b\n");
        files.assertFails(() -> files.infer("a.csv", DEFAULTS.headerRows(2)), """
                EMPTY_SOURCE: Cannot read the header of DIR/a.csv: it has 2 rows, and the file has 1
                  Set another number with csv.headerRows(...)""");
        assertThatThrownBy(() -> DEFAULTS.headerRows(101)).hasMessage("header rows must be 0 to 100: 101");
    }

    @Test
    void shortRowsMayBePadded() {
        files.write("a.csv", "a,b,c\n1\n1,2,3\n\"\",\n");
        Result result = files.readText("a.csv", DEFAULTS.padShortRows(), "a", "b", "c");
        assertThat(result.rows()).containsExactly(row("1", null, null), row("1", "2", "3"), row("", null, null));
        assertThat(result.errors()).isEmpty();
        assertThat(result.report().rejections()).isEmpty();
        files.write("a.csv", "a,b\n1,2,3\n");
        files.assertFails(() -> files.readText("a.csv", DEFAULTS.padShortRows(), "a"), """
                MALFORMED_ROW: Cannot read record 1 of DIR/a.csv: it has 3 cells where the header has 2
                  The record begins on line 2
                  Check the delimiter and the quote, or set csv.errors(...) to keep or drop such records""");
    }

    @Test
    void cellsBeyondTheHeaderMayBeKept() {
        files.write("a.csv", "a,b\n1,2\n3,4,5,,\"\",\"x,y\"\n6,7,8\n");
        CsvOptions options = DEFAULTS.overflowColumn("rest");
        assertThat(files.infer("a.csv", options).toString()).isEqualTo("a: int64, b: int64, rest: list<text>");
        Result result = files.readInferred("a.csv", options);
        assertThat(result.rows())
                .containsExactly(row(1L, 2L, null), row(3L, 4L, row("5", null, "", "x,y")), row(6L, 7L, row("8")));
        assertThat(result.report().rejections()).isEmpty();
        assertThat(files.readText("a.csv", options, "b").rows()).containsExactly(row("2"), row("4"), row("7"));
        files.write("a.csv", "a,b\n1\n");
        files.assertFails(() -> files.readInferred("a.csv", options), """
                MALFORMED_ROW: Cannot read record 1 of DIR/a.csv: it has 1 cell where the header has 2
                  The record begins on line 2
                  Check the delimiter and the quote, or set csv.errors(...) to keep or drop such records""");
    }

    @Test
    void bytesThatAreNoTextMakeAnErrorOfTheOverflow() {
        files.write("a.csv", new byte[] {'a', '\n', '1', ',', 'x', ',', (byte) 0xE9, '\n'});
        Result result =
                files.readInferred("a.csv", DEFAULTS.overflowColumn("rest").errors(ErrorPolicy.keep()));
        assertThat(result.rows()).containsExactly(row(1L, null));
        assertThat(result.errors()).singleElement().satisfies(error -> assertThat(error.text())
                .isEqualTo("x, \\xE9"));
    }

    @Test
    void aColumnOfTheOptionsMustNotHaveANameOfTheFile() {
        files.write("a.csv", "a,b\n1,2\n");
        files.assertFails(
                () -> files.infer("a.csv", DEFAULTS.overflowColumn("a")),
                "DUPLICATE_COLUMN: Cannot have two columns named 'a'\n  columns 1 and 3 of 3");
    }

    @Test
    void theFirstTableEndsBeforeItsHeaderComesAgain() {
        files.write("a.csv", "a,b,c\n1,2,3\n4,5,6\na,b,c\n7,8,9\n");
        Result result = files.readInferred("a.csv", FIRST);
        assertThat(result.rows()).containsExactly(row(1L, 2L, 3L), row(4L, 5L, 6L));
        assertThat(result.report().read()).isEqualTo(4);
        assertThat(result.report().emitted()).isEqualTo(2);
        assertThat(result.report().rejected()).isEqualTo(2);
        assertThat(result.report().rejections())
                .containsExactly(Rejection.of(
                        Rejection.Place.of(files.display("a.csv"), 3, 4),
                        Rejection.Code.OTHER_TABLE,
                        "it begins another table; 2 records from here on were left out",
                        "a,b,c"));
    }

    @Test
    void aPartOfTheHeaderIsAHeaderToo() {
        files.write("less.csv", "a,b,c\n1,2,3\na,b\n7,8\n").write("more.csv", "a,b\n1,2\na,b,c\n7,8,9\n");
        assertThat(files.readText("less.csv", FIRST, "a").rows()).containsExactly(row("1"));
        assertThat(files.readText("more.csv", FIRST, "a").rows()).containsExactly(row("1"));
    }

    @Test
    void theFirstTableEndsBeforeRecordsOfAnotherWidthAfterABlankLine() {
        files.write("a.csv", "a,b,c\n1,2,3\n\n4,5,6\n\n7,8\n9,10\n").write("b.csv", "a,b\n1,2\n\nsource: x\n");
        Result result = files.readText("a.csv", FIRST, "a");
        assertThat(result.rows()).containsExactly(row("1"), row("4"));
        assertThat(result.report().rejections().get(0).line()).isEqualTo(6);
        Result note = files.readText("b.csv", FIRST, "a");
        assertThat(note.rows()).containsExactly(row("1"));
        assertThat(note.report().rejections().get(0).reason())
                .isEqualTo("it begins another table; 1 record from here on was left out");
    }

    @Test
    void theFirstTableEndsBeforeNamesOfRecordsOfAnotherWidth() {
        files.write("a.csv", "a,b,c\n1,2,3\nx,y\n7,8\n9,10\n1,2\n");
        assertThat(files.readText("a.csv", FIRST, "a").rows()).containsExactly(row("1"));
    }

    @Test
    void aRaggedRecordAmongOthersEndsNoTable() {
        files.write("a.csv", "a,b,c\n1,2,3\nx,y\n\n4,5,6\n\n7,8\n9,10,11\n");
        Result result = files.readText("a.csv", FIRST.errors(ErrorPolicy.drop(2)), "a");
        assertThat(result.rows()).containsExactly(row("1"), row("4"), row("9"));
        assertThat(result.positions()).containsExactly("a.csv:1", "a.csv:3", "a.csv:5");
        assertThat(result.report().rejections())
                .extracting(Rejection::line, Rejection::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(3L, "x,y"), org.assertj.core.groups.Tuple.tuple(7L, "7,8"));
    }

    @Test
    void anotherTableThatCannotBeReadIsReported() {
        files.write("a.csv", "a,b\n1,2\na,b\n\"open,3\n");
        Result result = files.readText("a.csv", FIRST, "a");
        assertThat(result.rows()).containsExactly(row("1"));
        assertThat(result.report().rejections().get(0).reason())
                .startsWith(
                        "it begins another table; 1 record from here on was left out; what follows them cannot be read:"
                                + " MALFORMED_ROW: Cannot read " + files.display("a.csv")
                                + ": the quote opened on line 4 is never closed");
    }

    @Test
    void aFileOfOneTableIsReadWhole() {
        files.write("a.csv", "a,b\n1,2\n\n3,4\n");
        Result result = files.readText("a.csv", FIRST, "a", "b");
        assertThat(result.rows()).containsExactly(row("1", "2"), row("3", "4"));
        assertThat(result.report().rejected()).isZero();
        assertThat(files.readText("a.csv", FIRST.withoutHeader(), "Column1").rows())
                .containsExactly(row("a"), row("1"), row("3"));
    }

    @Test
    void quotedEmptyCellsMayBeNull() {
        files.write("a.csv", "a,b\n\"\",1\n,2\nx,3\n");
        assertThat(files.readInferred("a.csv", DEFAULTS).rows())
                .containsExactly(row("", 1L), row(null, 2L), row("x", 3L));
        assertThat(files.readInferred("a.csv", DEFAULTS.quotedEmptyAsNull()).rows())
                .containsExactly(row(null, 1L), row(null, 2L), row("x", 3L));
    }

    @Test
    void aTextMayMeanNullInOneColumn() {
        files.write("a.csv", "a,b\n-,-\nNA,\"-\"\n\"NA\",1\n");
        CsvOptions options = DEFAULTS.nullTokens("NA").nullTokensOf("b", "-");
        assertThat(files.readText("a.csv", options, "a", "b").rows())
                .containsExactly(row("-", null), row(null, "-"), row("NA", "1"));
        files.write("a.csv", "-,-\n1,2\n");
        assertThat(files.readInferred("a.csv", DEFAULTS.withoutHeader().nullTokensOf("Column2", "-"))
                        .rows())
                .containsExactly(row("-", null), row("1", 2L));
        files.assertFails(() -> files.infer("a.csv", DEFAULTS.withoutHeader().nullTokensOf("Colum2", "-")), """
                UNKNOWN_COLUMN: Cannot take texts of column 'Colum2' for null: no column has that name
                  Did you mean 'Column2'?
                  Columns there: Column1, Column2""");
    }
}
