package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.TextOps;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.table.CellError.Code;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Parts of texts, and texts in other forms. */
interface TextPartsContract extends EngineFixture {
    private TableAssert ofText(Expr expression, @Nullable String... texts) {
        Dataflow input = rows("t: text").of((@Nullable Object[]) texts);
        return run(input.withColumn("y", expression).select("y"));
    }

    private static TextOps text() {
        return col("t").text();
    }

    @Test
    @Checks(functions = Function.SUBSTRING)
    default void substringCountsCodePointsFromZeroOrFromTheEnd() {
        ofText(text().substring(1), "abc", "🐦é", "a", "", null).hasTypes(TEXT).hasValues("bc", "é", "", "", null);
        ofText(text().substring(-2), "abc", "🐦", "").hasValues("bc", "🐦", "");
        ofText(text().substring(1, 2), "abcd", "a🐦é🐦", "ab").hasValues("bc", "🐦é", "b");
        ofText(text().substring(-4, 2), "abcde", "abc").hasValues("bc", "a");
        ofText(text().substring(Long.MIN_VALUE, Long.MAX_VALUE), "abc").hasValues("ab");
        ofText(text().substring(Long.MAX_VALUE, Long.MAX_VALUE), "abc").hasValues("");
        ofText(text().substring(1, -1), "abc")
                .hasErrors(error(Code.DOMAIN, "substring(abc, 1, -1)", 1, "withColumn(y, substring(t, 1, -1))"));
    }

    @Test
    @Checks(functions = {Function.LEFT, Function.RIGHT})
    default void leftAndRightTakeTheEnds() {
        ofText(text().left(2), "abc", "🐦é!", "a", null).hasValues("ab", "🐦é", "a", null);
        ofText(text().right(2), "abc", "é!🐦", "a", null).hasValues("bc", "!🐦", "a", null);
        ofText(text().left(0), "abc").hasValues("");
        ofText(text().left(-1), "abc").hasErrors(error(Code.DOMAIN, "left(abc, -1)", 1, "withColumn(y, left(t, -1))"));
        ofText(text().right(-1), "abc")
                .hasErrors(error(Code.DOMAIN, "right(abc, -1)", 1, "withColumn(y, right(t, -1))"));
    }

    @Test
    @Checks(functions = {Function.PART, Function.PARTS_FROM})
    default void partsStandBetweenSeparators() {
        ofText(text().part("::", 1), "a::b::c", "a::", "abc", null).hasValues("b", "", null, null);
        ofText(text().part("::", 0), "a::b", "abc", "", "::a").hasValues("a", "abc", "", "");
        ofText(text().part("::", -1), "a::b::c", "abc", "a::").hasValues("c", "abc", "");
        ofText(text().part("::", -3), "a::b::c", "a::b").hasValues("a", null);
        ofText(text().partsFrom("::", 1), "a::b::c", "a::", "abc").hasValues("b::c", "", null);
        ofText(text().partsFrom("::", -2), "a::b::c").hasValues("b::c");
        ofText(text().part("", 0), "abc").hasValues("abc");
        ofText(text().part("", 1), "abc").hasValues((Object) null);
        ofText(text().partsFrom("", 0), "abc").hasValues("abc");
    }

    @Test
    @Checks(functions = {Function.COUNT_OF, Function.INDEX_OF})
    default void occurrencesAreCountedAndFound() {
        ofText(text().countOf("aa"), "aaaa", "aaa", "b", "", null)
                .hasTypes(INT64)
                .hasValues(2, 1, 0, 0, null);
        ofText(text().countOf(""), "abc").hasValues(0);
        ofText(text().indexOf("b"), "abcb", "🐦b", "a", null).hasTypes(INT64).hasValues(1, 1, null, null);
        ofText(text().indexOf(""), "abc").hasValues(0);
    }

    @Test
    @Checks(functions = {Function.PAD_START, Function.PAD_END})
    default void paddingFillsUpToALength() {
        ofText(text().padStart(5, "0"), "42", "123456", "🐦", null).hasValues("00042", "123456", "0000🐦", null);
        ofText(text().padEnd(5, "ab"), "x", "xy").hasValues("xabab", "xyaba");
        ofText(text().padEnd(5, ""), "x").hasValues("x");
        ofText(text().padStart(-1, "0"), "x").hasValues("x");
        ofText(text().padStart(1L << 40, "0"), "x")
                .hasErrors(error(
                        Code.OVERFLOW,
                        "pad_start(x, 1099511627776, 0)",
                        1,
                        "withColumn(y, pad_start(t, 1099511627776, '0'))"));
    }

    @Test
    @Checks(functions = {Function.REPEAT, Function.REVERSE})
    default void textsAreRepeatedAndReversed() {
        ofText(text().repeat(3), "ab", "", null).hasValues("ababab", "", null);
        ofText(text().repeat(0), "ab").hasValues("");
        ofText(text().repeat(-1), "ab")
                .hasErrors(error(Code.DOMAIN, "repeat(ab, -1)", 1, "withColumn(y, repeat(t, -1))"));
        ofText(text().repeat(Long.MAX_VALUE), "ab", "")
                .hasValues(null, "")
                .hasErrors(error(
                        Code.OVERFLOW,
                        "repeat(ab, 9223372036854775807)",
                        1,
                        "withColumn(y, repeat(t, 9223372036854775807))"));
        ofText(text().reverse(), "a🐦b", "", null).hasValues("b🐦a", "", null);
    }

    @Test
    @Checks(functions = {Function.TRIM, Function.TRIM_START, Function.TRIM_END})
    default void trimmingTakesOffWhiteSpaceOrGivenCharacters() {
        ofText(text().trimStart(), "\u2003 a ", "", null).hasValues("a ", "", null);
        ofText(text().trimEnd(), " a \u3000", "  ").hasValues(" a", "");
        ofText(text().trim("-🐦"), "-🐦a-b🐦-", "--", "").hasValues("a-b", "", "");
        ofText(text().trimStart("0"), "00700").hasValues("700");
        ofText(text().trimEnd("0"), "00700").hasValues("007");
        ofText(text().trim(""), " a ").hasValues(" a ");
    }

    @Test
    @Checks(functions = Function.COLLAPSE_WHITE_SPACE)
    default void runsOfWhiteSpaceCollapse() {
        ofText(text().collapseWhiteSpace(), "  a \t\n b\u2003c ", "abc", " ", "", null)
                .hasValues("a b c", "abc", "", "", null);
    }

    @Test
    @Checks(functions = {Function.CAPITALIZE, Function.TITLE_CASE})
    default void lettersAtTheStartAreInTitleCase() {
        ofText(text().capitalize(), "hELLO wORLD", "ß", "ǆ", "1a", "", null)
                .hasValues("Hello world", "Ss", "ǅ", "1a", "", null);
        ofText(text().titleCase(), "the o'neil's 2ND-hand ÉTÉ", "'tis e\u0301t", "I", "", null)
                .hasValues("The O'neil's 2nd-Hand Été", "'Tis E\u0301t", "I", "", null);
    }

    @Test
    @Checks(functions = Function.NORMALIZE)
    default void normalFormsOfUnicode() {
        ofText(text().normalize(Normalizer.Form.NFC), "e\u0301", "é", null).hasValues("é", "é", null);
        ofText(text().normalize(Normalizer.Form.NFD), "é").hasValues("e\u0301");
        ofText(text().normalize(Normalizer.Form.NFKC), "ﬁ①").hasValues("fi1");
        assertThatThrownBy(() -> rows("t").of("a").withColumn("y", Expr.call("normalize", col("t"), "NFX")))
                .hasMessageContaining(
                        "INVALID_ARGUMENT: Cannot use 'NFX' as the form in normalize(t, 'NFX'): it must be"
                                + " one of NFC, NFD, NFKC, NFKD");
    }
}
