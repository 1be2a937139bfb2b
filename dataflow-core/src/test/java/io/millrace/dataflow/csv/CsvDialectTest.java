package io.millrace.dataflow.csv;

import static io.millrace.dataflow.csv.CsvFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands between and around cells. */
class CsvDialectTest {
    private static final CsvOptions DEFAULTS = CsvOptions.defaults();

    @TempDir
    private Path directory;

    private CsvFixture files;

    @BeforeEach
    void openDirectory() {
        files = new CsvFixture(directory);
    }

    @Test
    void aDelimiterMayHaveSeveralCharacters() {
        files.write("a.csv", "a||b||c\n1||x|y||2\n\"p||q\"||\"\"||3\n||||\n");
        assertThat(files.readText("a.csv", DEFAULTS.delimiter("||"), "a", "b", "c")
                        .rows())
                .containsExactly(row("1", "x|y", "2"), row("p||q", "", "3"), row(null, null, null));
    }

    @Test
    void aSpaceMayBePartOfTheDelimiter() {
        files.write("a.csv", "a, b, c\n\"1\", \"x, y\", 2\n1,5, z, 3\n");
        assertThat(files.readText("a.csv", DEFAULTS.delimiter(", "), "a", "b", "c")
                        .rows())
                .containsExactly(row("1", "x, y", "2"), row("1,5", "z", "3"));
    }

    @Test
    void aLongDelimiterBeginsAtTheFirstPlaceWhereItCan() {
        files.write("a.csv", "a||b\n1|||2\n\"x\"|||2\n");
        assertThat(files.readText("a.csv", DEFAULTS.delimiter("||"), "a", "b").rows())
                .containsExactly(row("1", "|2"), row("x", "|2"));
    }

    @Test
    void aLongDelimiterIsFoundWhereverTheReaderCutsTheText() {
        for (int offset = 0; offset < 3; offset++) {
            StringBuilder text = new StringBuilder("a::b\n");
            String first = "x".repeat((1 << 16) - 8 + offset);
            text.append(first).append("::y\n");
            for (int i = 0; i < 20_000; i++) {
                text.append(i).append("::").append("é").append('\n');
            }
            files.write("a.csv", text.toString());
            assertThat(files.readText("a.csv", DEFAULTS.delimiter("::"), "a", "b")
                            .rows())
                    .hasSize(20_001)
                    .startsWith(row(first, "y"), row("0", "é"))
                    .endsWith(row("19999", "é"));
        }
    }

    @Test
    void aLineMayEndWithTheBeginOfALongDelimiter() {
        files.write("a.csv", "a||b\n1||2|\n3||4|");
        assertThat(files.readText("a.csv", DEFAULTS.delimiter("||"), "a", "b").rows())
                .containsExactly(row("1", "2|"), row("3", "4|"));
    }

    @Test
    void aDelimiterNeedsNoAscii() {
        files.write("a.csv", "a§b\n1§\"x§y\"\n").write("b.csv", "a😀b\n1😀2\n");
        assertThat(files.readText("a.csv", DEFAULTS.delimiter('§'), "a", "b").rows())
                .containsExactly(row("1", "x§y"));
        assertThat(files.readText("b.csv", DEFAULTS.delimiter("😀"), "a", "b").rows())
                .containsExactly(row("1", "2"));
        files.write("a.csv", "a§b\n1§2\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(files.readText("a.csv", DEFAULTS.delimiter('§').encoding(StandardCharsets.ISO_8859_1), "a", "b")
                        .rows())
                .containsExactly(row("1", "2"));
    }

    @Test
    void everySpaceDividesCellsWhereItIsTheDelimiter() {
        files.write("a.csv", "a b c\n1  \"x y\"\n \"\" \"q\"\"r\"\n2 3 4 \n");
        assertThat(files.readText(
                                "a.csv",
                                DEFAULTS.delimiter(' ').padShortRows().errors(ErrorPolicy.keep()),
                                "a",
                                "b",
                                "c")
                        .rows())
                .containsExactly(row("1", null, "x y"), row(null, "", "q\"r"), row("2", "3", "4"));
    }

    @Test
    void withoutAQuoteEveryLineIsARecord() {
        files.write("a.csv", "a,b\n\"1,2\"\n\",\"\"\"\n'x\",y\n");
        assertThat(files.readText("a.csv", DEFAULTS.withoutQuote(), "a", "b").rows())
                .containsExactly(row("\"1", "2\""), row("\"", "\"\"\""), row("'x\"", "y"));
    }

    @Test
    void anEscapeMayStandBeforeQuotesAndItself() {
        files.write("a.csv", "a,b\n\"x\\\"y\",\"\\\\\"\n\"p\\n\",q\\\"r\n");
        assertThat(files.readText("a.csv", DEFAULTS.escape('\\'), "a", "b").rows())
                .containsExactly(row("x\"y", "\\"), row("p\\n", "q\\\"r"));
    }

    @Test
    void blankAndCommentLinesBeforeTheHeaderArePassedOver() {
        files.write("a.csv", "# made today\n\n# by hand\na,b\n# so far\n1,2\n");
        assertThat(files.readText("a.csv", DEFAULTS.comment('#'), "a", "b").rows())
                .containsExactly(row("1", "2"));
    }

    @Test
    void messagesShowLongDelimitersAsTheyAre() {
        files.write("a.csv", "a||b\n1||2||3\n");
        assertThat(files.readText("a.csv", DEFAULTS.delimiter("||").errors(ErrorPolicy.drop(1)), "a")
                        .report()
                        .rejections()
                        .get(0)
                        .text())
                .isEqualTo("1||2||3");
    }

    @Test
    void charactersThatCannotBeToldApartAreRefused() {
        files.write("a.csv", "a,b\n1,2\n");
        files.assertFails(() -> files.infer("a.csv", DEFAULTS.delimiter("\"")), """
                INVALID_ARGUMENT: Cannot tell the cells of a CSV file apart: the quote '"' is part of the delimiter '"'
                  Set different characters as delimiter, quote, escape and comment""");
        CsvOptions odd = DEFAULTS.delimiter("#\\").escape('\\').comment('#').quote('#');
        files.assertFails(
                () -> files.readText("a.csv", odd, "a"),
                "INVALID_ARGUMENT: Cannot tell the cells of a CSV file apart: the quote '#' is part of the delimiter '#\\';"
                        + " the escape '\\' is part of the delimiter '#\\'; the delimiter '#\\' begins like a comment;"
                        + " the quote '#' begins a comment\n"
                        + "  Set different characters as delimiter, quote, escape and comment");
    }

    @Test
    void charactersThatDivideLinesAreRefusedAtOnce() {
        assertThatThrownBy(() -> DEFAULTS.delimiter(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a delimiter has 1 to 100 characters");
        assertThatThrownBy(() -> DEFAULTS.delimiter("|\n"))
                .hasMessage("the delimiter has neither line ends nor NUL characters");
        assertThatThrownBy(() -> DEFAULTS.quote('\r')).hasMessage("the quote has neither line ends nor NUL characters");
        assertThatThrownBy(() -> DEFAULTS.withoutQuote().escape('\\'))
                .hasMessage("an escape stands before quotes, and there is no quote");
    }

    @Test
    void optionsAreEqualByWhatTheySay() {
        assertThat(DEFAULTS.delimiter(";").delimiter(',')).isEqualTo(DEFAULTS).hasSameHashCodeAs(DEFAULTS);
        assertThat(DEFAULTS.headerRows(0)).isEqualTo(DEFAULTS.withoutHeader());
        assertThat(DEFAULTS.nullTokensOf("a", "-").nullTokensOf("b", "x"))
                .isEqualTo(DEFAULTS.nullTokensOf("b", "x").nullTokensOf("a", "-"))
                .isNotEqualTo(DEFAULTS.nullTokensOf("a", "-"));
        assertThat(DEFAULTS.delimiter("||").headerRows(2)).hasToString("CsvOptions{delimiter=||, headerRows=2}");
        assertThat(List.of(DEFAULTS.escape('\\').withoutQuote(), DEFAULTS.withoutQuote()))
                .allMatch(DEFAULTS.withoutQuote()::equals);
    }
}
