package io.millrace.dataflow.csv.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvDetectionTest {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    @TempDir
    private Path directory = Path.of("");

    private CsvDetection detect(String text) throws IOException {
        return detect(text.getBytes(StandardCharsets.UTF_8));
    }

    private CsvDetection detect(byte[] bytes) throws IOException {
        Path file = Files.write(directory.resolve("data.csv"), bytes);
        return CsvDetection.of(
                Source.file(file.toString()), SourceAccess.with(Credentials.none()), Cancellation.create());
    }

    private CsvOptions options(String text) throws IOException {
        return detect(text).options();
    }

    @Test
    void aPlainFileIsReadWithTheDefaults() throws IOException {
        assertThat(options("id,name,born\n1,Ann,1990-05-01\n2,Bo,1985-12-24\n")).isEqualTo(CsvOptions.defaults());
    }

    @Test
    void theReportSaysWhatWasFoundHowSureItIsAndWhy() throws IOException {
        CsvDetection detection = detect("id;name;born\n1;Ann;03/04/1990\n2;'Bo; jr';05/06/1985\n3;Cy;n/a\n");

        assertThat(detection).hasToString(directory.resolve("data.csv") + "\n" + """
                encoding: UTF-8 (95 %, else windows-1252): the bytes looked at are ASCII, which most encodings share
                delimiter: ';' (99 %, else a space): 4 of 4 records have 3 cells, and these look like values to 90 %
                quote: "'" (99 %, else '"'): 1 cell is in quotes
                escape: doubled quotes (70 %, else '\\'): no quoted cell of the sample holds a quote
                comment: none (90 %): no lines begin with '#' between records of other widths
                preamble: 0 lines (90 %): the first record is part of the table
                header: 1 row (90 %, else 0 rows): the first record has texts above columns of other things
                records: regular (75 %): 3 records of the sample have the width of the table
                tables: 1 (90 %): no record of the sample begins another one
                column 'id': int64 (75 %, else text): all 3 values fit
                column 'name': text (83 %): the values are of no other type
                column 'born': text (83 %): the values are of no other type""");
    }

    @Test
    void oneRecordNeverFlipsTheDelimiter() throws IOException {
        String good = "1,2024-01-05,Oslo\n".repeat(20);

        assertThat(options("id,day,town\n" + good + "7;2024-01-06;Bergen\n" + good))
                .isEqualTo(CsvOptions.defaults().errors(ErrorPolicy.keep()));
        assertThat(options("id,day,town\n" + good + "7,2024-01-06,Ber\"gen\n" + good))
                .isEqualTo(CsvOptions.defaults());
    }

    @Test
    void decimalCommasAreNoDelimiters() throws IOException {
        assertThat(options("a;b\n1,5;2,25\n3,75;4,5\n0,5;1,25\n").delimiter()).isEqualTo(";");
    }

    @Test
    void listsWithinCellsAreNotDivided() throws IOException {
        assertThat(options("col1,col2\n1;2;3,4;5;6\na;b;c,d;e;f\n")).isEqualTo(CsvOptions.defaults());
    }

    @Test
    void timesAreNotDividedAtColons() throws IOException {
        assertThat(detect("at\n2024-01-05 10:20:30\n2024-01-05 10:20:31\n2024-01-05 10:20:32\n")
                        .isOfOneColumn())
                .isTrue();
    }

    @Test
    void delimitersOfTwoCharactersAreFound() throws IOException {
        assertThat(options("a, b, c\n1, \"x, y\", 3\n4, z, 6\n").delimiter()).isEqualTo(", ");
        assertThat(options("a||b||c\n1||2||3\n4||5||6\n").delimiter()).isEqualTo("||");
    }

    @Test
    void singleQuotesAreFoundAndApostrophesAreNot() throws IOException {
        assertThat(options("a,b\n'x, y',1\n'z',2\n").quote()).isEqualTo(Optional.of('\''));
        assertThat(options("a,b\nit's,1\nthe dog's,2\n'tis,3\n").quote()).isEqualTo(Optional.of('"'));
    }

    @Test
    void quotesAroundNothingAreNone() throws IOException {
        assertThat(options("size,text\n5,\"tall\n6,\"small\n7,\"wide\n").quote())
                .isEmpty();
    }

    @Test
    void escapesAreFound() throws IOException {
        assertThat(options("a,b\n\"x \\\"y\\\", z\",1\n\"w\",2\n").escape()).isEqualTo(Optional.of('\\'));
        assertThat(options("a,b\n\"x \"\"y\"\", z\",1\n\"w\",2\n").escape()).isEqualTo(Optional.of('"'));
    }

    @Test
    void linesBeforeTheTableArePassedOver() throws IOException {
        assertThat(options("Report of 2024\nmade in Oslo, by hand\n\na,b,c\n1,2,3\n4,5,6\n7,8,9\n"))
                .isEqualTo(CsvOptions.defaults().skipRows(3));
    }

    @Test
    void blankLinesBeforeTheTableNeedNoOption() throws IOException {
        assertThat(options("\n\na,b,c\n1,2,3\n4,5,6\n7,8,9\n")).isEqualTo(CsvOptions.defaults());
    }

    @Test
    void commentsAreToldFromAHeaderThatBeginsAsTheyDo() throws IOException {
        assertThat(options("# made in Oslo\na,b\n1,2\n# the second half\n3,4\n"))
                .isEqualTo(CsvOptions.defaults().comment('#'));
        assertThat(options("#a,b\n1,2\n3,4\n")).isEqualTo(CsvOptions.defaults());
    }

    @Test
    void aFirstRecordOfValuesIsNoHeader() throws IOException {
        assertThat(options("1,2024-01-05,Oslo\n2,2024-01-06,Bergen\n3,2024-01-07,Oslo\n"))
                .isEqualTo(CsvOptions.defaults().withoutHeader());
    }

    @Test
    void yearsCanBeNamesOfColumns() throws IOException {
        assertThat(options("town,2001,2002,2003\nOslo,5,7,8\nBergen,3,3,4\n")).isEqualTo(CsvOptions.defaults());
    }

    @Test
    void severalRowsOfNamesAreFound() throws IOException {
        CsvDetection detection = detect("day,size\nlocal,mm\n2024-01-05,7\n2024-01-06,8\n2024-01-07,9\n");

        assertThat(detection.options()).isEqualTo(CsvOptions.defaults().headerRows(2));
        assertThat(detection.columns().stream().map(ColumnFinding::name)).containsExactly("day local", "size mm");
    }

    @Test
    void theTableEndsBeforeAnotherOne() throws IOException {
        String first = "a,b,c\n1,2,3\n4,5,6\n7,8,9\n7,8,9\n7,8,9\n";

        assertThat(options(first + "\nx,y\n1,2\n3,4\n"))
                .isEqualTo(CsvOptions.defaults().firstTableOnly());
        assertThat(detect(first + first).finding(Trait.TABLES).evidence())
                .isEqualTo("another one begins on line 7, and is reported in place of read");
    }

    @Test
    void encodingsAreFound() throws IOException {
        String text = "name,town\nJosé,Tromsø\nZoë,Århus\n";

        assertThat(detect(text).finding(Trait.ENCODING).evidence())
                .isEqualTo("all 4 sequences of bytes beyond ASCII are well-formed");
        assertThat(detect(text.getBytes(WINDOWS)).options())
                .isEqualTo(CsvOptions.defaults().encoding(WINDOWS));
        for (String name : new String[] {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
            assertThat(detect(text.getBytes(Charset.forName(name))).options().encoding())
                    .isEqualTo(Charset.forName(name));
            assertThat(detect(("\uFEFF" + text).getBytes(Charset.forName(name)))
                            .finding(Trait.ENCODING)
                            .evidence())
                    .isEqualTo("the file begins with its byte order mark");
        }
    }

    @Test
    void aPackedFileIsJudgedByWhatItHolds() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("id;day\n1;2024-01-05\n2;2024-01-06\n".repeat(20_000).getBytes(StandardCharsets.UTF_8));
        }

        assertThat(detect(packed.toByteArray()).options().delimiter()).isEqualTo(";");
    }

    @Test
    void recordsThatAreOftenShortOrLongAreWrittenSo() throws IOException {
        assertThat(options("a,b,c\n1,2\n3,4,5\n6,7\n8,9,0\n"))
                .isEqualTo(CsvOptions.defaults().padShortRows());
        assertThat(options("a,b\n1,2,x\n3,4,y\n5,6,z\n"))
                .isEqualTo(CsvOptions.defaults().overflowColumn("overflow"));
    }

    @Test
    void datesWithoutAnOrderAreReportedAndStayText() throws IOException {
        CsvDetection detection = detect("day\n03/04/2024\n05/06/2024\n");

        assertThat(detection.columns().get(0).finding())
                .hasToString(
                        "text (50 %, else date): it holds dates of numbers alone, and whether the day or the month comes"
                                + " first is ambiguous");
        assertThat(detect("day\n03/04/2024\n25/06/2024\n")
                        .columns()
                        .get(0)
                        .finding()
                        .evidence())
                .isEqualTo("it holds dates of numbers alone, of which 2 have the day first");
    }

    @Test
    void theFirstValueOfAnotherTypeIsNamed() throws IOException {
        CsvDetection detection = detect("n\n" + "7\n".repeat(30) + "unknown\n");

        assertThat(detection.columns().get(0).finding().evidence())
                .isEqualTo("30 of 31 values are int64; the first other one is 'unknown' on line 32");
    }

    @Test
    void fewRecordsAreJudgedWithLittleConfidence() throws IOException {
        assertThat(detect("").options()).isEqualTo(CsvOptions.defaults());
        assertThat(detect("a,b\n").options()).isEqualTo(CsvOptions.defaults());
        assertThat(detect("a,b\n").confidence()).isLessThanOrEqualTo(0.5);
        assertThat(detect("1,2024-01-05\n").options())
                .isEqualTo(CsvOptions.defaults().withoutHeader());
    }

    @Test
    void theMiddleAndTheEndHaveASay() throws IOException {
        String notes = "see, note: x; y\n".repeat(16_000);
        String rows = "1;2024-01-05;Oslo\n".repeat(60_000);

        assertThat(options("id;day;town\n" + notes.substring(0, 200_000) + "\n" + rows)
                        .delimiter())
                .isEqualTo(";");
    }

    @Test
    void aRecordLongerThanTheBeginningIsSeenWhole() throws IOException {
        StringBuilder header = new StringBuilder("column0");
        StringBuilder row = new StringBuilder("0");
        for (int i = 1; i < 60_000; i++) {
            header.append(";column").append(i);
            row.append(';').append(i);
        }

        CsvDetection detection = detect(header + "\n" + row + "\n" + row + "\n");

        assertThat(detection.options()).isEqualTo(CsvOptions.defaults().delimiter(';'));
        assertThat(detection.columns()).hasSize(60_000);
    }
}
