package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.struct;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.TextOps;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.CellError.Code;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Regular expressions, and numbers and truth values as people write them. */
interface PatternContract extends EngineFixture {
    private TableAssert ofText(Expr expression, @Nullable String... texts) {
        Dataflow input = rows("t: text").of((@Nullable Object[]) texts);
        return run(input.withColumn("y", expression).select("y"));
    }

    private static TextOps text() {
        return col("t").text();
    }

    private static Dataflow adding(Expr expression) {
        return rows("t: text").of("a").withColumn("y", expression);
    }

    @Test
    @Checks(functions = {Function.MATCHES, Function.CONTAINS_MATCH})
    default void patternsFitAllOfATextOrSomeOfIt() {
        ofText(text().matches("[a-z]\\d+"), "a12", "a12 ", "xa1", "", null)
                .hasTypes(BOOL)
                .hasValues(true, false, false, false, null);
        ofText(text().containsMatch("[a-z]\\d+"), "a12", "a12 ", "-a1", "a", null)
                .hasTypes(BOOL)
                .hasValues(true, true, true, false, null);
        ofText(text().matches("."), "🐦", "ab").hasValues(true, false);
        ofText(text().matches("(?i)title"), "TITLE").hasValues(true);
    }

    @Test
    @Checks(functions = Function.EXTRACT)
    default void extractTakesAGroupOfTheFirstMatch() {
        String pattern = "(?<word>[a-z]+)-(\\d+)?";
        ofText(text().extract(pattern), "x ab-12 cd-3", "ab-", "12", null)
                .hasTypes(TEXT)
                .hasValues("ab-12", "ab-", null, null);
        ofText(text().extract(pattern, 2), "ab-12 cd-3", "ab-").hasValues("12", null);
        ofText(text().extract(pattern, 0), "ab-12").hasValues("ab-12");
        ofText(text().extract(pattern, "word"), "ab-12", "?").hasValues("ab", null);
    }

    @Test
    @Checks(functions = Function.REPLACE_PATTERN)
    default void replacePatternRefersToGroups() {
        ofText(text().replacePattern("(\\w)(?<rest>\\w+)", "${rest}$1\\$"), "ab cde", "-", "", null)
                .hasValues("ba$ dec$", "-", "", null);
        ofText(text().replacePattern("", "-"), "ab", "🐦").hasValues("-a-b-", "-🐦-");
    }

    @Test
    @Checks(functions = {Function.MATCHES, Function.EXTRACT, Function.REPLACE_PATTERN})
    default void whatAPatternCannotBeIsRefused() {
        assertThatThrownBy(() -> adding(text().matches("a(b")))
                .hasMessageContaining(
                        "INVALID_ARGUMENT: Cannot use 'a(b' as the pattern in matches(t, 'a(b'): unclosed group at"
                                + " position 3");
        assertThatThrownBy(() -> adding(Expr.call("matches", col("t"), col("t"))))
                .hasMessageContaining(
                        "INVALID_ARGUMENT: Cannot use t as the pattern in matches(t, t): it must be a literal");
        assertThatThrownBy(() -> adding(Expr.call("matches", col("t"), Expr.lit(null))))
                .hasMessageContaining(
                        "INVALID_ARGUMENT: Cannot use null as the pattern in matches(t, null): it must be a literal");
        assertThatThrownBy(() -> adding(text().extract("(a)", 2)))
                .hasMessageContaining("INVALID_ARGUMENT: Cannot use 2 as the group in extract(t, '(a)', 2): the pattern"
                        + " has 1 group");
        assertThatThrownBy(() -> adding(text().extract("(?<b>a)", "c")))
                .hasMessageContaining("INVALID_ARGUMENT: Cannot use 'c' as the group in extract(t, '(?<b>a)', 'c'): the"
                        + " pattern has no group of that name");
        assertThatThrownBy(() -> adding(text().replacePattern("a", "$1")))
                .hasMessageContaining("INVALID_ARGUMENT: Cannot use '$1' as the replacement in replace_pattern(t, 'a',"
                        + " '$1'): no group 1");
    }

    @Test
    @Checks(functions = Function.EXTRACT_GROUPS)
    default void namedGroupsAreTheFieldsOfAStruct() {
        ofText(
                        text().extractGroups("(?<year>\\d{4})-(\\d\\d)(?<rest>x)?[(?<no>]*"),
                        "on 2024-03",
                        "1999-12x",
                        "none",
                        null)
                .hasTypes(struct(Field.optional("year", TEXT), Field.optional("rest", TEXT)))
                .hasNoErrors()
                .hasRowCount(4);
        Dataflow parts = rows("t")
                .of("on 2024-03", "1999-12x", "none", null)
                .withColumn("g", text().extractGroups("(?<year>\\d{4})-\\d\\d(?<rest>x)?"));
        run(parts.withColumn("whole", col("g").isNull()).unnest("g").drop("t"))
                .hasColumns("year", "rest", "whole")
                .hasRows(
                        row("2024", null, false),
                        row("1999", "x", false),
                        row(null, null, true),
                        row(null, null, true));
    }

    @Test
    @Checks(functions = Function.EXTRACT_GROUPS)
    default void patternsWithoutNamedGroupsHaveNoFields() {
        assertThatThrownBy(() -> adding(text().extractGroups("(a)(?<=b)")))
                .isInstanceOf(DataflowException.class)
                .hasMessageStartingWith(
                        "INVALID_ARGUMENT: Cannot extract groups by the pattern '(a)(?<=b)': it has no group"
                                + " with a name\n")
                .hasMessageEndingWith("\n  Write a group as (?<name>...), or extract one by its number");
        assertThatThrownBy(() -> adding(text().extractGroups("(?<a>")))
                .hasMessageContaining(
                        "INVALID_ARGUMENT: Cannot use '(?<a>' as the pattern in extract_groups(t, '(?<a>'): ");
    }

    @Test
    @Checks(functions = {Function.MATCHES, Function.EXTRACT})
    default void aPatternThatTakesForeverIsAnErrorOfTheCell() {
        String hostile = "a".repeat(40) + "!";

        ofText(text().matches("(.*a){12}x?"), "a".repeat(12), hostile, "b", null)
                .hasValues(true, null, false, null)
                .hasErrors(error(Code.MATCH_LIMIT, hostile, 2, "withColumn(y, matches(t, '(.*a){12}x?'))"));
        ofText(text().extract("(a+)+\\1b", 1), hostile)
                .hasErrors(error(Code.MATCH_LIMIT, hostile, 1, "withColumn(y, extract(t, '(a+)+\\1b', 1))"));
    }

    @Test
    @Checks(functions = Function.MATCHES)
    default void aLongTextDoesNotOverflowTheStack() {
        ofText(text().matches("(?:a|b)*"), "ab".repeat(20_000), "ab".repeat(20_000) + "c")
                .hasValues(true, false);
    }

    @Test
    @Checks(functions = Function.TO_NUMBER)
    default void numbersAreReadWithTheirMarks() {
        ofText(text().toNumber(",", "."), "1.234.567,5", " -12,5 ", "7", ",5", "1e3", null)
                .hasTypes(FLOAT64)
                .hasValues(1234567.5, -12.5, 7.0, 0.5, 1000.0, null)
                .hasNoErrors();
        ofText(text().toNumber(".", " "), "1 234", "1\u00A0234.5", "1\u202F234").hasValues(1234.0, 1234.5, 1234.0);
        ofText(text().toNumber(".", "'"), "1'234", "1\u2019234").hasValues(1234.0, 1234.0);
        ofText(text().toNumber(",", ""), "12,5", "1,2,3", "1.5")
                .hasValues(12.5, null, null)
                .hasErrors(
                        error(Code.CAST, "1,2,3", 2, "withColumn(y, to_number(t, ',', ''))"),
                        error(Code.CAST, "1.5", 3, "withColumn(y, to_number(t, ',', ''))"));
    }

    @Test
    @Checks(functions = Function.TO_NUMBER)
    default void whatIsNoNumberIsAnError() {
        String[] misfits = {
            "12,34",
            "1,2345",
            "1234,567",
            ",123",
            "1,,234",
            "1,234,",
            "1.234,567",
            "",
            "-",
            "x",
            "1-2",
            "1e",
            "NaN",
            "1.5.2",
            "--1",
            "1e999"
        };
        ofText(text().toNumber(".", ",").isError(), misfits)
                .hasValues(java.util.Collections.nCopies(misfits.length, true).toArray());
        assertThatThrownBy(() -> adding(text().toNumber(",", ",")))
                .hasMessageContaining(
                        "INVALID_ARGUMENT: Cannot use ',' as the grouping mark in to_number(t, ',', ','): it"
                                + " is the decimal mark too");
        assertThatThrownBy(() -> adding(text().toNumber("", ",")))
                .hasMessageContaining("INVALID_ARGUMENT: Cannot use '' as the decimal mark in to_number(t, '', ','): it"
                        + " must be one character that is no letter, digit or sign");
        assertThatThrownBy(() -> adding(text().toNumber(".", "00")))
                .hasMessageContaining(
                        "INVALID_ARGUMENT: Cannot use '00' as the grouping mark in to_number(t, '.', '00'):"
                                + " it must be empty, or one character that is no letter, digit or sign");
    }

    @Test
    @Checks(functions = Function.TO_BOOL)
    default void truthIsReadFromLists() {
        ofText(text().toBool(List.of("yes", "Y"), List.of("no", "")), "YES", "y", "No", "", "true", null)
                .hasTypes(BOOL)
                .hasValues(true, true, false, false, null, null)
                .hasErrors(error(
                        Code.CAST,
                        "true",
                        5,
                        "withColumn(y, to_bool(t, 'yes', true, 'Y', true, 'no', false, '', false))"));
        assertThatThrownBy(() -> adding(text().toBool(List.of("x"), List.of("X"))))
                .hasMessageContaining(
                        "INVALID_ARGUMENT: Cannot use 'X' as the text in to_bool(t, 'x', true, 'X', false):"
                                + " it means both true and false");
    }
}
