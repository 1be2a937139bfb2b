package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.testing.Rows.rows;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.Function;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Functions of text, dates and timestamps. */
interface TextTimeContract extends EngineFixture {
    private TableAssert ofText(Expr expression, @Nullable String... texts) {
        Dataflow input = rows("t: text").of((@Nullable Object[]) texts);
        return run(input.withColumn("result", expression).select("result"));
    }

    private TableAssert ofTimes(Expr expression, @Nullable Object... times) {
        return run(rows("t").of(times).withColumn("result", expression).select("result"));
    }

    @Test
    @Checks(functions = {Function.LOWER, Function.UPPER})
    default void caseChangesByTheRootLocale() {
        ofText(col("t").text().lower(), "ÄB İ", "TITLE I", null).hasTypes(TEXT).hasValues("äb i̇", "title i", null);
        ofText(col("t").text().upper(), "straße", "title i", null).hasValues("STRASSE", "TITLE I", null);
    }

    @Test
    @Checks(functions = Function.TRIM)
    default void trimTakesUnicodeWhiteSpaceOffBothEnds() {
        ofText(col("t").text().trim(), " \t\u2003a b\u3000\n", "", "  ", "\u00A0x", null)
                .hasValues("a b", "", "", "\u00A0x", null);
    }

    @Test
    @Checks(functions = Function.LENGTH)
    default void lengthCountsCodePoints() {
        ofText(col("t").text().length(), "", "naïve", "🐦🐦", "e\u0301", null)
                .hasTypes(INT64)
                .hasValues(0, 5, 2, 2, null);
    }

    @Test
    @Checks(functions = {Function.CONTAINS, Function.STARTS_WITH, Function.ENDS_WITH})
    default void searchesAreLiteral() {
        ofText(col("t").text().contains("a.b"), "xa.by", "xaxby", "", null)
                .hasTypes(BOOL)
                .hasValues(true, false, false, null);
        ofText(col("t").text().contains(""), "x", "", null).hasValues(true, true, null);
        ofText(col("t").text().startsWith("ä"), "äx", "xä", "a\u0308", null).hasValues(true, false, false, null);
        ofText(col("t").text().endsWith("🐦"), "x🐦", "🐦x", "", null).hasValues(true, false, false, null);
        run(rows("t", "p")
                        .of("abc", "b", "abc", null)
                        .withColumn("r", col("t").text().contains(col("p")))
                        .select("r"))
                .hasValues(true, null);
    }

    @Test
    @Checks(functions = Function.REPLACE)
    default void replaceChangesEveryOccurrence() {
        ofText(col("t").text().replace("ab", "x"), "abcab", "aab", "", null).hasValues("xcx", "ax", "", null);
        ofText(col("t").text().replace("", "x"), "abc", "").hasValues("abc", "");
        ofText(col("t").text().replace("$1", "\\"), "a$1b").hasValues("a\\b");
    }

    @Test
    @Checks(functions = {Function.BEFORE, Function.AFTER})
    default void beforeAndAfterGoByTheFirstSeparator() {
        ofText(col("t").text().before("::"), "a::b::c", "abc", "::b", null).hasValues("a", "abc", "", null);
        ofText(col("t").text().after("::"), "a::b::c", "abc", "a::", null).hasValues("b::c", null, "", null);
    }

    @Test
    @Checks(functions = Function.CONCAT)
    default void concatIsNullWhenAnArgumentIs() {
        run(rows("a", "b")
                        .of("x", "y", "x", null, "", "")
                        .withColumn("r", col("a").text().concat("-", col("b")))
                        .select("r"))
                .hasValues("x-y", null, "-");
    }

    @Test
    @Checks(functions = {Function.YEAR, Function.MONTH, Function.DAY, Function.DAY_OF_WEEK, Function.HOUR})
    default void partsOfDates() {
        LocalDate leap = LocalDate.of(2024, 2, 29);
        LocalDate old = LocalDate.of(-43, 3, 15);

        ofTimes(col("t").time().year(), leap, old, null).hasTypes(INT64).hasValues(2024, -43, null);
        ofTimes(col("t").time().month(), leap, old, null).hasValues(2, 3, null);
        ofTimes(col("t").time().day(), leap, old, null).hasValues(29, 15, null);
        ofTimes(col("t").time().dayOfWeek(), leap, LocalDate.of(1969, 12, 29), LocalDate.of(2024, 3, 3))
                .hasValues(4, 1, 7);
        ofTimes(col("t").time().hour(), leap, null).hasValues(0, null);
    }

    @Test
    @Checks(functions = {Function.YEAR, Function.MONTH, Function.DAY, Function.DAY_OF_WEEK, Function.HOUR})
    default void partsOfTimestampsAreThoseInUtc() {
        Instant before = Instant.parse("1969-12-31T23:59:59.999999Z");
        Instant after = Instant.parse("2024-01-01T00:30:00Z");

        ofTimes(col("t").time().year(), before, after).hasValues(1969, 2024);
        ofTimes(col("t").time().month(), before, after).hasValues(12, 1);
        ofTimes(col("t").time().day(), before, after).hasValues(31, 1);
        ofTimes(col("t").time().dayOfWeek(), before, after).hasValues(3, 1);
        ofTimes(col("t").time().hour(), before, after).hasValues(23, 0);
    }

    @Test
    @Checks(functions = Function.DAYS_BETWEEN)
    default void daysBetweenCountsUtcDays() {
        run(rows("a", "b")
                        .of(
                                LocalDate.of(2024, 2, 28),
                                LocalDate.of(2024, 3, 1),
                                LocalDate.of(2024, 3, 1),
                                LocalDate.of(2024, 2, 28),
                                null,
                                LocalDate.of(2024, 1, 1))
                        .withColumn("d", col("a").time().daysUntil(col("b")))
                        .select("d"))
                .hasTypes(INT64)
                .hasValues(2, -2, null);
        run(rows("a", "b")
                        .of(Instant.parse("2024-01-01T23:59:59Z"), Instant.parse("2024-01-02T00:00:00Z"))
                        .withColumn("d", col("a").time().daysUntil(col("b")))
                        .select("d"))
                .hasValues(1);
    }
}
