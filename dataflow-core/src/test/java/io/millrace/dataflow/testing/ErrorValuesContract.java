package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.expr.Expr.when;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.table.CellError.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Error values that are made, read, replaced and left out. */
interface ErrorValuesContract extends EngineFixture {
    private static Dataflow withErrors() {
        return rows("id", "x").of(1, "10", 2, "abc", 3, null, 4, "def").cast("x", INT64);
    }

    @Test
    @Checks(functions = {Function.ERROR_CODE, Function.ERROR_TEXT})
    default void theCodeAndTextOfAnErrorAreValues() {
        run(withErrors()
                        .withColumn("c", col("x").errorCode())
                        .withColumn("t", col("x").errorText())
                        .select("c", "t"))
                .hasNoErrors()
                .hasRows(row(null, null), row("CAST", "abc"), row(null, null), row("CAST", "def"));
    }

    @Test
    @Checks(functions = Function.ERROR)
    default void errorsOfOwnCodesHaveTheTypeThatIsWanted() {
        String step =
                "withColumn(x, case when (x < 2) then x else error('TOO_BIG', concat('is ', cast(x as text))) end)";
        Expr tooBig = Expr.error("TOO_BIG", lit("is ").text().concat(col("x").cast(TEXT)));

        run(rows("x")
                        .of(1, 2)
                        .withColumn("x", when(col("x").lt(2)).then(col("x")).otherwise(tooBig)))
                .hasTypes(INT64)
                .hasValues(1, null)
                .hasErrors(error(new Code("TOO_BIG"), "is 2", 2, step));
        run(rows("x").of(1).withColumn("x", Expr.error("BAD", null).cast(INT64)))
                .hasTypes(INT64)
                .hasErrors(error(new Code("BAD"), "", 1, "withColumn(x, cast(error('BAD', null) as int64))"));
    }

    @Test
    @Checks(functions = Function.ASSERT_THAT)
    default void anAssertionMakesErrorsOfWhatDoesNotHold() {
        Code code = new Code("NOT_POSITIVE");
        String step = "withColumn(x, assert_that(x, (x > 0), 'NOT_POSITIVE'))";

        run(rows("x").of(1, -2, null).withColumn("x", col("x").assertThat(col("x").gt(0), "NOT_POSITIVE")))
                .hasTypes(INT64)
                .hasValues(1, null, null)
                .hasErrors(error(code, "-2", 2, step), error(code, "", 3, step));
    }

    @Test
    @Checks(functions = Function.ASSERT_THAT)
    default void anErrorIsStrongerThanAnAssertion() {
        run(withErrors().withColumn("x", col("x").assertThat(lit(false), "NEVER")))
                .hasValuesIn("x", null, null, null, null)
                .hasErrorCodes("NEVER", "CAST", "NEVER", "CAST");
    }

    @Test
    @Checks(functions = {Function.ERROR, Function.ASSERT_THAT})
    default void codesOfAnotherFormAreRefused() {
        assertThatThrownBy(() -> rows("x").of(1).withColumn("x", col("x").assertThat(lit(true), "too big")))
                .isInstanceOf(DataflowException.class)
                .hasMessageContaining("INVALID_ARGUMENT: Cannot use 'too big' as the code of an error in "
                        + "assert_that(x, true, 'too big'): it is made of capital letters, digits and underscores, at"
                        + " most 64, the first a letter");
    }

    @Test
    @Checks(functions = Function.IF_ERROR)
    default void errorsAreFilledOrTakenOut() {
        run(withErrors().fillErrors("x", 0)).hasNoErrors().hasRows(row(1, 10), row(2, 0), row(3, null), row(4, 0));
        run(withErrors().extractErrors("x", "code", "text"))
                .hasNoErrors()
                .hasColumns("id", "x", "code", "text")
                .hasRows(
                        row(1, 10, null, null),
                        row(2, null, "CAST", "abc"),
                        row(3, null, null, null),
                        row(4, null, "CAST", "def"));
    }

    @Test
    @Checks(steps = RowStep.RejectErrors.class)
    default void rowsWithErrorsAreDropped() {
        run(withErrors().dropErrors()).hasNoErrors().hasRows(row(1, 10), row(3, null));
        run(withErrors().dropErrors("id")).hasRowCount(4);
        run(withErrors().dropErrors("x").select("id")).hasValues(1, 3);
        run(withErrors().dropErrorsAtMost(2, "x")).hasRows(row(1, 10), row(3, null));
    }

    @Test
    @Checks(steps = RowStep.RejectErrors.class)
    default void aRunFailsOnErrorsWithThePlaceOfTheFirst() {
        assertThatThrownBy(() -> run(withErrors().failOnErrors()))
                .isInstanceOf(DataflowException.class)
                .hasMessage("TOO_MANY_ERRORS: Cannot go on after failOnErrors(): a row has error values\n"
                        + "  record 2, column 'x': CAST 'abc'");
        run(withErrors().failOnErrors("id")).hasRowCount(4);
        run(withErrors().dropErrors().failOnErrors()).hasRowCount(2);
    }

    @Test
    @Checks(steps = RowStep.RejectErrors.class)
    default void aRunFailsWhenMoreRowsWouldBeDroppedThanAllowed() {
        assertThatThrownBy(() -> run(withErrors().dropErrorsAtMost(1)))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        TOO_MANY_ERRORS: Cannot go on after dropErrorsAtMost(1): more than 1 row has error values
                          record 2, column 'x': CAST 'abc'
                          record 4, column 'x': CAST 'def'""");
    }

    @Test
    @Checks(steps = RowStep.RejectErrors.class)
    default void quarantineWritesTheErrorsAndDropsTheRows(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("bad rows.csv");
        Files.writeString(file, "an earlier run");
        Dataflow both = withErrors().withColumn("y", col("x").plus(1));

        run(both.quarantine(file.toString())).hasNoErrors().hasRows(row(1, 10, 11), row(3, null, null));

        assertThat(Files.readString(file)).isEqualTo("""
                        file,record,column,code,text
                        ,2,x,CAST,abc
                        ,2,y,CAST,abc
                        ,4,x,CAST,def
                        ,4,y,CAST,def
                        """);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    @Checks(steps = RowStep.RejectErrors.class)
    default void aRunThatFailsLeavesNoQuarantine(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("bad.csv");
        Dataflow failing = withErrors().failOnErrors().quarantine(file.toString());

        assertThatThrownBy(() -> run(failing)).isInstanceOf(DataflowException.class);

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    @Checks(steps = RowStep.RejectErrors.class)
    default void quarantineWithoutErrorsWritesTheHeader(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("none.csv");

        run(rows("x").of(1).quarantine(file.toString())).hasValues(1);

        assertThat(Files.readString(file)).isEqualTo("file,record,column,code,text\n");
    }

    @Test
    @Checks(steps = RowStep.RejectErrors.class)
    default void aQuarantineCanBeReadByOthersAsAnyNewFileCan(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("none.csv");
        Assumptions.assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));

        run(rows("x").of(1).quarantine(file.toString())).hasValues(1);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    @Checks(steps = RowStep.RejectErrors.class)
    default void aQuarantineInNoDirectoryIsRefused(@TempDir Path directory) {
        Path file = directory.resolve("none").resolve("bad.csv");

        assertThatThrownBy(() -> run(rows("x").of(1).quarantine(file.toString())))
                .isInstanceOf(DataflowException.class)
                .hasMessage("INVALID_ARGUMENT: Cannot write to '" + file + "': there is no directory '"
                        + file.getParent() + "'");
    }
}
