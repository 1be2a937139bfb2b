package io.millrace.dataflow.csv;

import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.csv.CsvFixture.Result;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.SplitRows;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.Rejection;
import io.millrace.dataflow.table.Rejection.Code;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvScanTest {
    private static final CsvOptions DEFAULTS = CsvOptions.defaults();

    @TempDir
    private Path directory;

    private CsvFixture files;

    @BeforeEach
    void openDirectory() {
        files = new CsvFixture(directory);
    }

    @Test
    void cellsBecomeValuesOfTheirTypes() {
        files.write(
                "birds.csv",
                "a,b,c,d,e,f,g\n1,1.5,true,x,2024-03-01,2024-03-01T12:00:00Z,1.25\n,,,,,,\n\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n");
        Schema schema = Schema.of(
                Field.optional("a", INT64),
                Field.optional("b", FLOAT64),
                Field.optional("c", BOOL),
                Field.optional("d", TEXT),
                Field.optional("e", DATE),
                Field.optional("f", TIMESTAMP),
                Field.optional("g", decimal(4, 2)));
        Result result = files.read("birds.csv", DEFAULTS, schema);
        assertThat(result.rows())
                .containsExactly(
                        row(
                                1L,
                                1.5,
                                true,
                                "x",
                                LocalDate.of(2024, 3, 1),
                                Instant.parse("2024-03-01T12:00:00Z"),
                                new BigDecimal("1.25")),
                        row(null, null, null, null, null, null, null),
                        row(null, null, null, "", null, null, null));
        assertThat(result.errors()).isEmpty();
        assertThat(result.positions()).containsExactly("birds.csv:1", "birds.csv:2", "birds.csv:3");
    }

    @Test
    void cellsThatDoNotFitAreErrorsWithTheirText() {
        files.write("birds.csv", "a,b\n1,x\ntwo,y\n3,z\n");
        Result result =
                files.read("birds.csv", DEFAULTS, Schema.of(Field.optional("a", INT64), Field.optional("b", TEXT)));
        assertThat(result.rows()).containsExactly(row(1L, "x"), row(null, "y"), row(3L, "z"));
        assertThat(result.errors())
                .containsExactly(
                        new CellError(CellError.Code.CAST, "two", files.display("birds.csv"), 2, CsvFixture.STEP));
        assertThat(result.report().read()).isEqualTo(3);
        assertThat(result.report().emitted()).isEqualTo(3);
    }

    @Test
    void columnsAreFoundByNameInEveryFile() {
        files.write("1.csv", "a,b,c\n1,2,3\n").write("2.csv", "c,a,x\n6,4,9\n7,5,9\n");
        Result result = files.readText("*.csv", DEFAULTS, "c", "a");
        assertThat(result.rows()).containsExactly(row("3", "1"), row("6", "4"), row("7", "5"));
        assertThat(result.positions()).containsExactly("1.csv:1", "2.csv:1", "2.csv:2");
    }

    @Test
    void noColumnAtAllStillGivesRows() {
        files.write("birds.csv", "a,b\n1,2\n3,4\n");
        assertThat(files.readText("birds.csv", DEFAULTS).rows()).containsExactly(row(), row());
    }

    @Test
    void headerNamesAreMadeUniqueAndMissingOnesNumbered() {
        files.write("birds.csv", "\uFEFFNO,NO,, a ,NO_1,NO,\"\"\n1,2,3,4,5,6,7\n");
        assertThat(files.infer("birds.csv").names())
                .containsExactly("NO", "NO_2", "Column3", " a ", "NO_1", "NO_3", "Column7");
        assertThat(files.readText("birds.csv", DEFAULTS, "NO_2", "Column3").rows())
                .containsExactly(row("2", "3"));
    }

    @Test
    void aNumberedNameDoesNotTakeAWrittenOne() {
        files.write("birds.csv", ",Column1,Column1\n1,2,3\n");
        assertThat(files.infer("birds.csv").names()).containsExactly("Column1_1", "Column1", "Column1_2");
    }

    @Test
    void withoutAHeaderColumnsAreNumberedOrNamedByTheSchema() {
        files.write("birds.csv", "1,x\n2,y\n");
        CsvOptions bare = DEFAULTS.withoutHeader();
        assertThat(files.infer("birds.csv", bare).toString()).isEqualTo("Column1: int64, Column2: text");
        Result numbered = files.readText("birds.csv", bare, "Column2");
        assertThat(numbered.rows()).containsExactly(row("x"), row("y"));
        assertThat(numbered.positions()).containsExactly("birds.csv:1", "birds.csv:2");
        Schema schema = Schema.of(Field.optional("id", INT64), Field.optional("name", TEXT));
        assertThat(files.read("birds.csv", bare.schema(schema), Schema.of(schema.field(1)))
                        .rows())
                .containsExactly(row("x"), row("y"));
    }

    @Test
    void aBlankLineIsANullInAFileOfOneColumnAndNoRecordInOthers() {
        files.write("one.csv", "\na\n1\n\n2\n\n").write("two.csv", "\na,b\n\n1,2\n\n3,4\n\n");
        assertThat(files.readText("one.csv", DEFAULTS, "a").rows())
                .containsExactly(row("1"), row((Object) null), row("2"), row((Object) null));
        Result two = files.readText("two.csv", DEFAULTS, "a");
        assertThat(two.rows()).containsExactly(row("1"), row("3"));
        assertThat(two.report().read()).isEqualTo(2);
        files.write("bare.csv", "\n\n1\n\n").write("wide.csv", "\n\n1,2\n\n");
        assertThat(files.readText("bare.csv", DEFAULTS.withoutHeader(), "Column1")
                        .rows())
                .containsExactly(row((Object) null), row((Object) null), row("1"), row((Object) null));
        assertThat(files.readText("wide.csv", DEFAULTS.withoutHeader(), "Column1")
                        .rows())
                .containsExactly(row("1"));
    }

    @Test
    void batchesHoldAtMostTheDocumentedNumberOfRows() {
        files.write("birds.csv", "a\n" + "x\n".repeat(2 * RecordBlocks.MOST_RECORDS + 1));
        Result result = files.readText("birds.csv", DEFAULTS, "a");
        assertThat(result.rows()).hasSize(2 * RecordBlocks.MOST_RECORDS + 1).allMatch(row("x")::equals);
        assertThat(result.positions()).element(8192).isEqualTo("birds.csv:8193");
    }

    @Test
    void aHeaderAloneIsATableWithoutRows() {
        files.write("birds.csv", "a,b\n");
        Result result = files.readText("birds.csv", DEFAULTS, "a", "b");
        assertThat(result.rows()).isEmpty();
        assertThat(result.report().read()).isZero();
        assertThat(files.infer("birds.csv").toString()).isEqualTo("a: text, b: text");
    }

    @Test
    void emptyFilesAreRefused() {
        for (String empty : List.of("", "\uFEFF", "\n\r\n")) {
            files.write("birds.csv", empty);
            assertFails(() -> files.readText("birds.csv", DEFAULTS, "a"), """
                    EMPTY_SOURCE: Cannot read DIR/birds.csv: it is empty
                      A CSV file has at least a header record""");
        }
        assertFails(() -> files.readText("birds.csv", DEFAULTS.withoutHeader(), "Column1"), """
                EMPTY_SOURCE: Cannot read DIR/birds.csv: it is empty
                  A CSV file without a header has at least one record""");
    }

    @Test
    void emptyFilesOfDeclaredColumnsWithoutAHeaderHaveNoRows() {
        Schema declared = Schema.of(Field.optional("a", TEXT), Field.optional("b", TEXT));
        for (String empty : List.of("", "\uFEFF", "\n\r\n", "#x\n")) {
            files.write("birds.csv", empty);
            Result result = files.readText(
                    "birds.csv", DEFAULTS.withoutHeader().comment('#').schema(declared), "a", "b");
            assertThat(result.rows()).isEmpty();
            assertThat(result.report().read()).isZero();
        }
    }

    @Test
    void missingColumnsAreNamedWithTheFileAndASuggestion() {
        files.write("birds.csv", "species,speed\nx,1\n");
        assertFails(() -> files.readText("birds.csv", DEFAULTS, "sped"), """
                MISSING_COLUMN: Cannot find column 'sped' in DIR/birds.csv
                  Did you mean 'speed'?
                  Columns there: species, speed""");
        assertFails(() -> files.readText("birds.csv", DEFAULTS, "speed", "Species", "height"), """
                MISSING_COLUMN: Cannot find columns 'Species', 'height' in DIR/birds.csv
                  Did you mean 'species' for 'Species'?
                  Columns there: species, speed""");
    }

    @Test
    void raggedRecordsFailByDefault() {
        files.write("birds.csv", "a,b\n\"1\n1\",2\n1,2,3\n");
        assertFails(() -> files.readText("birds.csv", DEFAULTS, "a"), """
                MALFORMED_ROW: Cannot read record 2 of DIR/birds.csv: it has 3 cells where the header has 2
                  The record begins on line 4
                  Check the delimiter and the quote, or set csv.errors(...) to keep or drop such records""");
        files.write("birds.csv", "a,b\n1,2\n\"1,2\n3,4\"\n");
        assertFails(() -> files.readText("birds.csv", DEFAULTS, "a"), """
                MALFORMED_ROW: Cannot read record 2 of DIR/birds.csv: it has 1 cell where the header has 2
                  The record begins on line 3 and ends on line 4, as a quoted cell runs over the end of a line
                  Check the delimiter and the quote, or set csv.errors(...) to keep or drop such records""");
        files.write("birds.csv", "1,2\n1\n");
        assertFails(() -> files.readText("birds.csv", DEFAULTS.withoutHeader(), "Column1"), """
                MALFORMED_ROW: Cannot read record 2 of DIR/birds.csv: it has 1 cell where the first record has 2
                  The record begins on line 2
                  Check the delimiter and the quote, or set csv.errors(...) to keep or drop such records""");
    }

    @Test
    void keptRaggedRecordsHaveErrorsForMissingCellsAndReportExtraOnes() {
        files.write("birds.csv", "a,b\n1\n1,2,3\n4,5\n");
        Result result = files.readText("birds.csv", DEFAULTS.errors(ErrorPolicy.keep()), "a", "b");
        assertThat(result.rows()).containsExactly(row("1", null), row("1", "2"), row("4", "5"));
        assertThat(result.errors())
                .containsExactly(
                        new CellError(CellError.Code.MISSING_CELL, "", files.display("birds.csv"), 1, CsvFixture.STEP));
        assertThat(result.report().read()).isEqualTo(3);
        assertThat(result.report().rejected()).isZero();
        assertThat(result.report().rejections())
                .containsExactly(rejection(
                        2,
                        "6-11",
                        Code.TOO_MANY_COLUMNS,
                        "it has 3 cells where the header has 2; the cells beyond it were left out",
                        "1,2,3"));
    }

    @Test
    void droppedRaggedRecordsAreCountedAndReported() {
        files.write("birds.csv", "a,b\n1\n1,2,3\n4,5\n");
        Result result = files.readText("birds.csv", DEFAULTS.errors(ErrorPolicy.drop(2)), "a", "b");
        assertThat(result.rows()).containsExactly(row("4", "5"));
        assertThat(result.positions()).containsExactly("birds.csv:3");
        assertThat(result.report().read()).isEqualTo(3);
        assertThat(result.report().emitted()).isEqualTo(1);
        assertThat(result.report().rejected()).isEqualTo(2);
        assertThat(result.report().rejections())
                .containsExactly(
                        rejection(1, "4-5", Code.MISSING_COLUMNS, "it has 1 cell where the header has 2", "1"),
                        rejection(2, "6-11", Code.TOO_MANY_COLUMNS, "it has 3 cells where the header has 2", "1,2,3"));
        assertFails(() -> files.readText("birds.csv", DEFAULTS.errors(ErrorPolicy.drop(1)), "a"), """
                MALFORMED_ROW: Cannot read DIR/birds.csv: 2 records are malformed, more than the 1 that may be dropped
                  record 1 on line 2: it has 1 cell where the header has 2
                  record 2 on line 3: it has 3 cells where the header has 2
                  Check the delimiter and the quote, or allow more with csv.errors(...)""");
    }

    /** A rejection of a record of {@code birds.csv}, which has one line for its header and one for each record. */
    private Rejection rejection(long record, String bytes, Code code, String reason, String text) {
        String[] ends = bytes.split("-", -1);
        Rejection.Place place = new Rejection.Place(
                files.display("birds.csv"), record, record + 1, Long.parseLong(ends[0]), Long.parseLong(ends[1]));
        return Rejection.of(place, code, reason, text);
    }

    @Test
    void bytesThatAreNoTextFollowThePolicy() {
        files.write("birds.csv", "a,b\n1,caf\u00E9\n2,x\n".getBytes(ISO_8859_1));
        assertFails(() -> files.readText("birds.csv", DEFAULTS, "a"), """
                INVALID_ENCODING: Cannot read line 2 of DIR/birds.csv: byte 0xE9 at offset 9 of the file is no UTF-8 text
                  Set the encoding of the file, for example windows-1252, or csv.errors(...) to go on without such records""");
        Result kept = files.readText("birds.csv", DEFAULTS.errors(ErrorPolicy.keep()), "a", "b");
        assertThat(kept.rows()).containsExactly(row("1", null), row("2", "x"));
        assertThat(kept.errors())
                .containsExactly(new CellError(
                        CellError.Code.INVALID_ENCODING, "caf\\xE9", files.display("birds.csv"), 1, CsvFixture.STEP));
        Result dropped = files.readText("birds.csv", DEFAULTS.errors(ErrorPolicy.drop(1)), "a", "b");
        assertThat(dropped.rows()).containsExactly(row("2", "x"));
        assertThat(dropped.report().rejections())
                .containsExactly(
                        rejection(1, "4-10", Code.INVALID_ENCODING, "it holds bytes that are no text", "1,caf\\xE9"));
        assertThat(files.readText("birds.csv", DEFAULTS.encoding(ISO_8859_1), "b")
                        .rows())
                .containsExactly(row("caf\u00E9"), row("x"));
        files.write("birds.csv", "caf\u00E9,b\n1,2\n".getBytes(ISO_8859_1));
        assertFails(() -> files.readText("birds.csv", DEFAULTS.errors(ErrorPolicy.keep()), "b"), """
                INVALID_ENCODING: Cannot read the header of DIR/birds.csv: it holds bytes that are no text
                  Set the encoding of the file, for example windows-1252""");
    }

    @Test
    void anOpenQuoteFailsUnderEveryPolicy() {
        files.write("birds.csv", "a,b\n1,\"x\n2,y\n");
        for (ErrorPolicy policy : List.of(ErrorPolicy.fail(), ErrorPolicy.keep(), ErrorPolicy.drop(10))) {
            assertFails(() -> files.readText("birds.csv", DEFAULTS.errors(policy), "a"), """
                    MALFORMED_ROW: Cannot read DIR/birds.csv: the quote opened on line 2 is never closed
                      The cell would run to the end of the file, line 3
                      Close or double the quote, or set another quote character""");
        }
    }

    @Test
    void cancellingStopsAReadBetweenBatches() {
        files.write("birds.csv", "a\n" + "x\n".repeat(2 * RecordBlocks.MOST_RECORDS));
        Cancellation cancellation = Cancellation.create();
        SourceAccess access = SourceAccess.with(Credentials.none());
        Reading reading = new Reading(access, cancellation);
        CsvScan scan = CsvScan.of(
                access.list(files.source("birds.csv"), cancellation),
                DEFAULTS,
                Schema.of(Field.optional("a", TEXT)),
                CsvFixture.STEP);
        try (RootAllocator allocator = new RootAllocator();
                SplitRows reader = SplitRows.of(
                        scan.schema(),
                        scan.open(scan.splits(reading, Long.MAX_VALUE).get(0), reading),
                        allocator)) {
            java.util.Objects.requireNonNull(reader.next()).close();
            cancellation.cancel("the test said so");
            assertThatThrownBy(reader::next).hasMessage("CANCELLED: Cannot go on: the test said so");
        }
    }

    private void assertFails(Runnable action, String message) {
        assertThatThrownBy(action::run)
                .isInstanceOf(DataflowException.class)
                .hasMessage(message.replace("DIR", directory.toString()));
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }
}
