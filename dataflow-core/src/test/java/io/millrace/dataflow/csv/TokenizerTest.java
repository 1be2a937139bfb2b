package io.millrace.dataflow.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenizerTest {
    private static final CsvOptions DEFAULTS = CsvOptions.defaults();

    @Test
    void cellsAreSplitAtDelimiters() {
        assertThat(records("a,b\n1,2\n")).containsExactly(row("a", "b"), row("1", "2"));
        assertThat(records("a;b", DEFAULTS.delimiter(';'))).containsExactly(row("a", "b"));
        assertThat(records("a\tb\t", DEFAULTS.delimiter('\t'))).containsExactly(row("a", "b", null));
    }

    @Test
    void unquotedEmptyIsNullAndQuotedEmptyIsEmptyText() {
        assertThat(records("a,,\"\"\n,\n\"\",\n")).containsExactly(row("a", null, ""), row(null, null), row("", null));
    }

    @Test
    void whiteSpaceIsPartOfACell() {
        assertThat(records(" a , b\t\n  \n")).containsExactly(row(" a ", " b\t"), row("  "));
        assertThat(records("\" a \"")).containsExactly(row(" a "));
        assertThat(records(" \"a\"")).containsExactly(row(" \"a\""));
    }

    @Test
    void quotedCellsHoldDelimitersQuotesAndLineEnds() {
        assertThat(records("\"a,b\",\"say \"\"hi\"\"\",\"x\ny\r\nz\rw\"\n1,2,3\n"))
                .containsExactly(row("a,b", "say \"hi\"", "x\ny\r\nz\rw"), row("1", "2", "3"));
        assertThat(records("\"\"\"\"\n\"\"\"a\"\n")).containsExactly(row("\""), row("\"a"));
    }

    @Test
    void anEscapeStandsBeforeAQuoteOrItself() {
        CsvOptions backslash = DEFAULTS.escape('\\');
        assertThat(records("\"a\\\"b\",\"c\\\\\",\"d\\e\",f\\g\n", backslash))
                .containsExactly(row("a\"b", "c\\", "d\\e", "f\\g"));
    }

    @Test
    void everyLineEndEndsARecordAlsoMixedOnes() {
        assertThat(records("a\r\nb\nc\rd\r\n\"e\"\r\"f\"\r\n\"g\"\n1"))
                .containsExactly(row("a"), row("b"), row("c"), row("d"), row("e"), row("f"), row("g"), row("1"));
    }

    @Test
    void aBlankLineIsARecordOfOneNullAndTheLastLineEndIsNone() {
        assertThat(records("\n\na\n\nb\n\n"))
                .containsExactly(
                        row((String) null), row((String) null), row("a"), row((String) null), row("b"), row((String)
                                null));
        assertThat(records("a\r\n\r\n")).containsExactly(row("a"), row((String) null));
        assertThat(records("")).isEmpty();
    }

    @Test
    void strayQuotesAreKept() {
        assertThat(records("a\"b,c\"\n")).containsExactly(row("a\"b", "c\""));
        assertThat(records("\"a\"b\",c\n1,2\n")).containsExactly(row("a\"b", "c"), row("1", "2"));
        assertThat(records("\"a\" ,b\n")).containsExactly(row("a", "b"));
        assertThat(records("\"a\"b\"\"\r\nc")).containsExactly(row("a\"b\""), row("c"));
    }

    @Test
    void commentsArePassedOver() {
        CsvOptions hash = DEFAULTS.comment('#');
        assertThat(records("# it's \"a\na,b\n#,\"\n1,#2\n", hash)).containsExactly(row("a", "b"), row("1", "#2"));
        assertThat(records("#a,b\n")).containsExactly(row("#a", "b"));
    }

    @Test
    void nullTokensAreNullOnlyWithoutQuotes() {
        CsvOptions tokens = DEFAULTS.nullTokens("NA", "-");
        assertThat(records("NA,\"NA\",-,\"\",,\"x\ny\",NAN\n", tokens))
                .containsExactly(row(null, "NA", null, "", null, "x\ny", "NAN"));
    }

    @Test
    void linesAreSkippedBeforeAnythingElse() {
        assertThat(records("title \"x\r\n\r\na,b\n", DEFAULTS.skipRows(2))).containsExactly(row("a", "b"));
        assertThat(records("one\rtwo\rthree", DEFAULTS.skipRows(2))).containsExactly(row("three"));
        assertThat(records("one\ntwo", DEFAULTS.skipRows(5))).isEmpty();
    }

    @Test
    void byteOrderMarksDecideTheEncodingAndAreNoText() {
        assertThat(recordsOf("\uFEFFä,b".getBytes(UTF_8), DEFAULTS)).containsExactly(row("ä", "b"));
        assertThat(recordsOf("\uFEFF\"ä\",b".getBytes(UTF_8), DEFAULTS.encoding(ISO_8859_1)))
                .containsExactly(row("ä", "b"));
        assertThat(recordsOf("ä,b".getBytes(UTF_16), DEFAULTS)).containsExactly(row("ä", "b"));
        assertThat(recordsOf("\uFEFFä,b".getBytes(UTF_16LE), DEFAULTS)).containsExactly(row("ä", "b"));
    }

    @Test
    void encodingsAreDecoded() {
        assertThat(recordsOf("é,ü".getBytes(ISO_8859_1), DEFAULTS.encoding(ISO_8859_1)))
                .containsExactly(row("é", "ü"));
        assertThat(recordsOf("é,𝄞".getBytes(UTF_16LE), DEFAULTS.encoding(UTF_16LE)))
                .containsExactly(row("é", "𝄞"));
    }

    @Test
    void bytesThatAreNoTextFailWithLineAndOffset() {
        assertThatThrownBy(() -> recordsOf("a,b\nx,caf\u00E9\n".getBytes(ISO_8859_1), DEFAULTS))
                .hasMessage("""
                        INVALID_ENCODING: Cannot read line 2 of birds.csv: byte 0xE9 at offset 9 of the file is no UTF-8 text
                          Set the encoding of the file, for example windows-1252, or csv.errors(...) to go on without such records""");
    }

    @Test
    void recordsBeforeBytesThatAreNoTextAreReadFirst() {
        Tokenizer tokenizer = tokenizer("a,b\nx\u00E9\n".getBytes(ISO_8859_1), DEFAULTS);
        assertThat(tokenizer.next()).containsExactly("a", "b");
        assertThatThrownBy(tokenizer::next).hasMessageStartingWith("INVALID_ENCODING: Cannot read line 2");
        tokenizer.close();
    }

    @Test
    void bytesThatAreNoTextAreCarriedWhereThatIsAllowed() {
        List<List<@Nullable String>> records =
                recordsOf("a\u00E9b,\0\n".getBytes(ISO_8859_1), DEFAULTS.errors(ErrorPolicy.keep()));
        assertThat(records).containsExactly(row("a\uDCE9b", "\uDC00"));
        assertThat(DecodedText.isMalformed("a\uDCE9b")).isTrue();
        assertThat(DecodedText.isMalformed("𝄞")).isFalse();
        assertThat(DecodedText.printable("a\uDCE9b𝄞")).isEqualTo("a\\xE9b𝄞");
    }

    @Test
    void aNulCharacterIsNoText() {
        assertThatThrownBy(() -> records("a,b\n1,\0\n")).hasMessage("""
                        INVALID_ENCODING: Cannot read line 2 of birds.csv: it holds a NUL character, so it is no UTF-8 text
                          Set the encoding of the file if it is a CSV file, for example UTF-16LE""");
    }

    @Test
    void aPackedFileIsUnpacked() throws IOException {
        assertThat(recordsOf(gzip("a,b\n1,\u00E9\n".getBytes(UTF_8)), DEFAULTS))
                .containsExactly(row("a", "b"), row("1", "\u00E9"));
    }

    @Test
    void bytesThatAreNoTextArePlacedInWhatAPackedFileHolds() throws IOException {
        byte[] bytes = gzip(new byte[] {'a', '\n', 'b', (byte) 0xE9, '\n'});
        assertThatThrownBy(() -> recordsOf(bytes, DEFAULTS)).hasMessage("""
                        INVALID_ENCODING: Cannot read line 2 of birds.csv: byte 0xE9 at offset 3 of what it holds is no UTF-8 text
                          Set the encoding of the file, for example windows-1252, or csv.errors(...) to go on without such records""");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
            stream.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void anOpenQuoteIsReportedWithItsLine() {
        assertThatThrownBy(() -> records("a,b\n1,\"x\n2,y\n3,z\n")).hasMessage("""
                        MALFORMED_ROW: Cannot read birds.csv: the quote opened on line 2 is never closed
                          The cell would run to the end of the file, line 4
                          Close or double the quote, or set another quote character""");
        assertThatThrownBy(() -> records("a\n\"")).hasMessageContaining("the quote opened on line 2 is never closed");
    }

    @Test
    void linesOfRecordsCountLineEndsInsideQuotesAndSkippedLines() {
        Tokenizer tokenizer = tokenizer(
                "skipped\r\na,b\r\n\"x\ny\",1\r\n\n#c\n2,\"\n\"".getBytes(UTF_8),
                DEFAULTS.skipRows(1).comment('#'));
        List<Long> lines = new ArrayList<>();
        for (@Nullable String[] cells = tokenizer.next(); cells != null; cells = tokenizer.next()) {
            lines.add(tokenizer.line());
        }
        assertThat(lines).containsExactly(2L, 3L, 5L, 7L);
        tokenizer.close();
        tokenizer.close();
    }

    @Test
    void theStreamIsClosedWithTheRecords() {
        for (int records : List.of(0, 1, 3)) {
            boolean[] closed = new boolean[1];
            ByteArrayInputStream stream = new ByteArrayInputStream("a\nb\n".getBytes(UTF_8)) {
                @Override
                public void close() {
                    closed[0] = true;
                }
            };
            Tokenizer tokenizer = Tokenizer.of(DecodedText.of(stream, "birds.csv", DEFAULTS), "birds.csv", DEFAULTS);
            for (int i = 0; i < records; i++) {
                tokenizer.next();
            }
            tokenizer.close();
            assertThat(closed[0]).isTrue();
        }
    }

    @Test
    void recordsLongerThanAnyBufferAreRead() {
        String cell = "\u00E9\"\"\r\n,".repeat(100_000);
        String plain = "0123456789".repeat(50_000);
        assertThat(records("\"" + cell + "\"," + plain + "\r\nb," + plain))
                .containsExactly(row(cell.replace("\"\"", "\""), plain), row("b", plain));
    }

    @Test
    void manyCellsAreRead() {
        assertThat(records("a,".repeat(60_000) + "b").get(0)).hasSize(60_001);
        assertThatThrownBy(() -> records("x\n" + "a,".repeat(70_000) + "b")).hasMessage("""
                        MALFORMED_ROW: Cannot read the record on line 2 of birds.csv: it has more than 65,536 cells, or too many quotes that are not doubled
                          Check the delimiter and the quote""");
    }

    private static List<List<@Nullable String>> records(String text) {
        return records(text, DEFAULTS);
    }

    private static List<List<@Nullable String>> records(String text, CsvOptions options) {
        return recordsOf(text.getBytes(UTF_8), options);
    }

    private static List<List<@Nullable String>> recordsOf(byte[] bytes, CsvOptions options) {
        Tokenizer tokenizer = tokenizer(bytes, options);
        List<List<@Nullable String>> records = new ArrayList<>();
        for (@Nullable String[] cells = tokenizer.next(); cells != null; cells = tokenizer.next()) {
            records.add(Arrays.asList(cells));
        }
        tokenizer.close();
        return records;
    }

    private static Tokenizer tokenizer(byte[] bytes, CsvOptions options) {
        return Tokenizer.of(
                DecodedText.of(new ByteArrayInputStream(bytes), "birds.csv", options), "birds.csv", options);
    }

    private static List<@Nullable String> row(@Nullable String... cells) {
        return Arrays.asList(cells);
    }
}
