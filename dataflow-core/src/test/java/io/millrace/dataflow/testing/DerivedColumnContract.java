package io.millrace.dataflow.testing;

import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.learn.DerivedColumn;
import io.millrace.dataflow.learn.DerivedColumnBuilder;
import io.millrace.dataflow.learn.Learn;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Columns that are made of others as examples show it. */
interface DerivedColumnContract extends EngineFixture {
    @Test
    default void aColumnIsMadeOfPartsOfOthers() {
        Dataflow people = rows("name", "born").of("John Doe", 1981, "Mary Ann Smith", 1990, "Bo Li", null, null, 1946);

        DerivedColumn initials = Learn.from(people)
                .column("initials")
                .from("name", "born")
                .example(Map.of("name", "John Doe", "born", 1981), "J.D. 1981")
                .example(Map.of("name", "Mary Ann Smith", "born", 1990), "M.S. 1990")
                .learn(engine());

        assertThat(initials).hasToString("""
                derive initials: the first character of name + '.' + the first character of the last part of name split by ' ' + '. ' + born
                  concat(left(name, 1), '.', left(part(name, ' ', -1), 1), '. ', cast(born as text))
                  fits 2 of 2 rows""");
        run(initials.toDataflow().select("initials"))
                .hasTypes(TEXT)
                .hasValues("J.D. 1981", "M.S. 1990", null, null)
                .hasNoErrors();
    }

    @Test
    default void partsAreFoundFromBothEndsAndInOtherCases() {
        Dataflow names = rows("name").of("john doe", "mary ann smith", "bo li");

        run(Learn.from(names)
                        .column("sorted")
                        .from("name")
                        .example("john doe", "DOE, John")
                        .example("mary ann smith", "SMITH, Mary")
                        .learn(engine())
                        .toDataflow()
                        .select("sorted"))
                .hasValues("DOE, John", "SMITH, Mary", "LI, Bo");
    }

    @Test
    default void piecesOfPiecesAreFound() {
        Dataflow files = rows("path").of("/home/ann/data.tar.gz", "/tmp/x.y.txt", "/a/b/c/notes.md");

        run(Learn.from(files)
                        .column("base")
                        .from("path")
                        .example("/home/ann/data.tar.gz", "data.tar")
                        .example("/tmp/x.y.txt", "x.y")
                        .learn(engine())
                        .toDataflow()
                        .select("base"))
                .hasValues("data.tar", "x.y", "notes");
    }

    @Test
    default void charactersAreTakenOutAndMarksReplaced() {
        Dataflow phones = rows("phone").of("(030) 123-456", "0731 99 1", "+49 7");
        Dataflow titles = rows("title").of("Annual Report", "A Tale Of Two Cities");

        run(Learn.from(phones)
                        .column("digits")
                        .from("phone")
                        .example("(030) 123-456", "030123456")
                        .example("0731 99 1", "0731991")
                        .learn(engine())
                        .toDataflow()
                        .select("digits"))
                .hasValues("030123456", "0731991", "497");
        run(Learn.from(titles)
                        .column("slug")
                        .from("title")
                        .example("A Tale Of Two Cities", "a-tale-of-two-cities")
                        .learn(engine())
                        .toDataflow()
                        .select("slug"))
                .hasValues("annual-report", "a-tale-of-two-cities");
    }

    @Test
    default void datesAreWrittenInAnotherForm() {
        Dataflow days = rows("day", "at: timestamp")
                .of(
                        LocalDate.of(2024, 3, 14), Instant.parse("2024-03-14T16:05:09Z"),
                        LocalDate.of(1999, 12, 31), Instant.parse("1999-12-31T00:30:00Z"));

        DerivedColumn written = Learn.from(days)
                .column("written")
                .from("day")
                .example(LocalDate.of(2024, 3, 14), "Thursday, 14 March 2024 (Q1)")
                .learn(engine());
        DerivedColumn clock = Learn.from(days)
                .column("clock")
                .from("at")
                .example(Instant.parse("2024-03-14T16:05:09Z"), "16:05 on 14/03")
                .learn(engine());

        assertThat(written).hasToString("""
                derive written: day as EEEE, d MMMM yyyy' (Q'Q + ')'
                  concat(format_time(day, 'EEEE, d MMMM yyyy'' (Q''Q'), ')')
                  fits 2 of 2 rows, and 1 other program does
                  unclear: day = date '1999-12-31' -> 'Friday, 31 December 1999 (Q4)' or 'Friday, 31 December 1999 (Q1)'""");
        run(written.toDataflow().select("written"))
                .hasValues("Thursday, 14 March 2024 (Q1)", "Friday, 31 December 1999 (Q4)");
        run(clock.toDataflow().select("clock")).hasValues("16:05 on 14/03", "00:30 on 31/12");
    }

    @Test
    default void theRowsDecideWhetherTheDayOrTheMonthComesFirst() {
        Dataflow days = rows("d").of("03/04/2024", "25/12/2023", "1/9/2022", "soon");

        DerivedColumn iso = Learn.from(days)
                .column("iso")
                .from("d")
                .example("03/04/2024", "2024-04-03")
                .learn(engine());

        run(iso.toDataflow().select("iso"))
                .hasValues("2024-04-03", "2023-12-25", "2022-09-01", null)
                .hasErrorCodes("CAST");
        assertThat(iso.program().fitting()).isEqualTo(3);
        assertThat(iso.rows()).isEqualTo(4);
    }

    @Test
    default void numbersAreRoundedGroupedAndFilledUp() {
        Dataflow numbers = rows("price: float64", "id", "text")
                .of(1234.5, 7, "1,234.567", 0.125, 1234, "0.5", 1e6, 99, "9,876,543");

        run(Learn.from(numbers)
                        .column("new")
                        .from("price")
                        .example(1234.5, "$1,234.50")
                        .learn(engine())
                        .toDataflow()
                        .select("new"))
                .hasValues("$1,234.50", "$0.13", "$1,000,000.00");
        run(Learn.from(numbers)
                        .column("new")
                        .from("id")
                        .example(7, "A-0007")
                        .example(1234, "A-1234")
                        .learn(engine())
                        .toDataflow()
                        .select("new"))
                .hasValues("A-0007", "A-1234", "A-0099");
        run(Learn.from(numbers)
                        .column("new")
                        .from("text")
                        .example("1,234.567", "1234.57")
                        .learn(engine())
                        .toDataflow()
                        .select("new"))
                .hasValues("1234.57", "0.50", "9876543.00");
    }

    @Test
    default void aRowThatTheProgramDoesNotFitIsNullOrAnErrorOfItsOwn() {
        Dataflow cells = rows("x: int64", "name")
                .of(1, "a-b", 2, "c", 3, null, 4, "d-e")
                .withColumn(
                        "name",
                        Expr.when(Expr.col("x").eq(4))
                                .then(Expr.error("OLD", "d-e"))
                                .otherwise(Expr.col("name")));
        DerivedColumnBuilder second = Learn.from(cells)
                .column("second")
                .from("name")
                .example("a-bc", "bc")
                .example("x-y-zz", "y");

        run(second.learn(engine()).toDataflow().select("second"))
                .hasValues("b", null, null, null)
                .hasErrorCodes("OLD");
        run(second.misfitsAsErrors().learn(engine()).toDataflow().select("second"))
                .hasValues("b", null, null, null)
                .hasErrorCodes("NO_MATCH", "OLD");
    }

    @Test
    default void rowsOfWhichProgramsMakeDifferentTextsAreSuggested() {
        Dataflow names = rows("name").of("John Doe", "Mary Ann Smith", "Bo Li");

        DerivedColumn last = Learn.from(names)
                .column("last")
                .from("name")
                .example("John Doe", "Doe")
                .learn(engine());

        assertThat(last.suggestions())
                .hasToString("[name = 'Mary Ann Smith' -> 'Smith' or 'Ann' or 'ith', name = 'Bo Li' -> 'Li' or ' Li']");
        assertThat(last.programs())
                .extracting(DerivedColumn.Ranked::words)
                .containsExactly(
                        "the last part of name split by ' '",
                        "the second part of name split by ' '",
                        "the last 3 characters of name");
        run(last.withProgram(2).toDataflow().select("last")).hasValues("Doe", "Ann", "Li");
    }

    @Test
    default void longTextsAreLearntFrom() {
        String text = "one two three, ".repeat(150) + "end";
        Dataflow rows = rows("t").of(text, "a b, c");

        run(Learn.from(rows)
                        .column("new")
                        .from("t")
                        .example(text, "<" + text.toUpperCase(Locale.ROOT) + ">")
                        .learn(engine())
                        .toDataflow()
                        .select("new"))
                .hasValues("<" + text.toUpperCase(Locale.ROOT) + ">", "<A B, C>");
    }

    @Test
    default void examplesAreListedAndTakenAway() {
        DerivedColumnBuilder builder = Learn.from(rows("name").of("John Doe"))
                .column("x")
                .from("name")
                .example("John Doe", "John")
                .example("John Doe", "Doe");

        assertThat(builder.examples()).hasToString("[name = 'John Doe' -> 'John', name = 'John Doe' -> 'Doe']");
        assertThat(builder.withoutExample(1).learn(engine()).examples()).hasToString("[name = 'John Doe' -> 'Doe']");
        assertThatThrownBy(() -> builder.withoutExample(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no example 3 of 2");
    }

    @Test
    default void examplesThatDoNotGoTogetherAreNamed() {
        DerivedColumnBuilder builder =
                Learn.from(rows("name").of("John Doe")).column("x").from("name");

        assertThatThrownBy(() -> builder.example("John Doe", "John")
                        .example("Bo Li", "Li")
                        .example("John Doe", "Doe")
                        .learn(engine()))
                .hasMessage("""
                        CONTRADICTING_EXAMPLES: Cannot derive column 'x': examples contradict each other
                          Example 1 says 'John' and example 3 'Doe' for name = 'John Doe'""");
        assertThatThrownBy(() -> builder.example("John Doe", "John")
                        .example("Mary Ann Smith", "Mary")
                        .example("Bo Li", "Li")
                        .learn(engine()))
                .hasMessage("""
                        CONTRADICTING_EXAMPLES: Cannot derive column 'x': no program makes what all 3 examples say
                          Examples 1 and 3 have no program in common: name = 'John Doe' -> 'John'; name = 'Bo Li' -> 'Li'
                          Examples 2 and 3 have no program in common: name = 'Mary Ann Smith' -> 'Mary'; name = 'Bo Li' -> 'Li'""");
        assertThatThrownBy(() -> builder.example("John Doe", "zzz").learn(engine()))
                .hasMessage("""
                        CONTRADICTING_EXAMPLES: Cannot derive column 'x': no program makes what the example says
                          Example 1 has nothing of its sources: name = 'John Doe' -> 'zzz'""");
    }

    @Test
    default void examplesThatAreNoRowsAreRefusedAllAtOnce() {
        Learn learn = Learn.from(rows("name", "born").of("John Doe", 1981));

        assertThatThrownBy(() -> learn.column("x")
                        .from("name", "born")
                        .example(Map.of("name", "John Doe"), "J")
                        .example(Map.of("name", 7, "born", 1981), "K")
                        .learn(engine()))
                .hasMessage("""
                        TYPE_MISMATCH: Cannot derive column 'x': its examples are no rows of their columns
                          Example 1 has no value for 'born'
                          Example 2 has 7 for 'name' of type text""");
        assertThatThrownBy(() -> learn.column("x").learn(engine())).hasMessage("""
                        NOTHING_TO_LEARN: Cannot derive column 'x': it has no source column
                          Name some with from(...)""");
        assertThatThrownBy(() -> learn.column("x").from("name").learn(engine())).hasMessage("""
                        NOTHING_TO_LEARN: Cannot derive column 'x': there is no example
                          Add one with example(...)""");
        assertThatThrownBy(() -> learn.column("x").from("nam").example("a", "b").learn(engine()))
                .hasMessage("""
                        UNKNOWN_COLUMN: Cannot find column 'nam' for derive a column of
                          Did you mean 'name'?
                          Columns here: name, born""");
        assertThatThrownBy(() -> learn.column("x").example("a", "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an example of one value needs one source column, not 0: say from(...) first");
    }

    @Test
    default void aLearntColumnIsSavedAsPlainSteps() {
        Dataflow names = rows("name").of("John Doe", "Mary Ann Smith");
        Dataflow learnt = Learn.from(names)
                .column("last")
                .from("name")
                .example("John Doe", "D., John")
                .learn(engine())
                .toDataflow();

        Dataflow again = Dataflow.fromJson(learnt.toJson(), Path.of("."));

        assertThat(again.node()).isEqualTo(learnt.node());
        run(again).hasTypes(TEXT, TEXT);
        run(again.select("last")).hasValues("D., John", "S., Mary");
    }
}
