package io.millrace.dataflow.testing;

import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.TableStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps that say something of all rows look at all of them, however few are asked for behind them. */
interface WholeInputContract extends EngineFixture {
    private static Dataflow endingWith(String last) {
        List<List<@Nullable Object>> many = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            many.add(row(Integer.toString(i)));
        }
        many.add(row(last));
        return rows("x: text").ofRows(many).cast("x", INT64);
    }

    @Test
    @Checks(steps = {RowStep.RejectErrors.class, RowStep.Limit.class})
    default void anErrorFailsTheRunAlsoBehindTheRowsOfALimit() {
        assertThatThrownBy(() -> run(endingWith("abc").failOnErrors().limit(2)))
                .isInstanceOf(DataflowException.class)
                .hasMessage("TOO_MANY_ERRORS: Cannot go on after failOnErrors(): a row has error values\n"
                        + "  record 20001, column 'x': CAST 'abc'");
        assertThatThrownBy(() -> run(endingWith("abc").failOnErrors().limit(0)))
                .hasMessageStartingWith("TOO_MANY_ERRORS: ");
        run(endingWith("7").failOnErrors().limit(2)).hasValues(0, 1);
    }

    @Test
    @Checks(steps = {RowStep.RejectErrors.class, RowStep.Limit.class})
    default void theRowsThatMayBeDroppedAreCountedBehindALimitToo() {
        Dataflow two = endingWith("abc").union(endingWith("def"));

        assertThatThrownBy(() -> run(two.dropErrorsAtMost(1).limit(2)))
                .hasMessageStartingWith("TOO_MANY_ERRORS: Cannot go on after dropErrorsAtMost(1): more than 1 row has");
        run(endingWith("abc").dropErrorsAtMost(1).limit(2)).hasValues(0, 1);
        run(endingWith("abc").dropErrors().limit(2)).hasValues(0, 1);
    }

    @Test
    @Checks(steps = {RowStep.RejectErrors.class, RowStep.Limit.class})
    default void aQuarantineBeforeALimitIsWhole(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("bad.csv");

        run(endingWith("abc").quarantine(file.toString()).limit(2)).hasValues(0, 1);

        assertThat(Files.readString(file)).isEqualTo("""
                        file,record,column,code,text
                        ,20001,x,CAST,abc
                        """);
    }

    @Test
    @Checks(steps = {TableStep.AppendColumns.class, RowStep.Limit.class})
    default void inputsSideBySideAreAsLongAsEachOtherBehindALimitToo() {
        Dataflow longer = endingWith("7");
        Dataflow shorter = longer.rename("x", "y").limit(20_000);

        assertThatThrownBy(() -> run(longer.appendColumns(shorter).limit(1)))
                .isInstanceOf(DataflowException.class)
                .hasMessageStartingWith("UNEQUAL_LENGTHS: Cannot put columns side by side in appendColumns(): "
                        + "the first input has 20001 rows and the other 20000");
        run(shorter.appendColumns(longer.limit(20_000)).limit(1)).hasRows(row(0, 0));
    }

    @Test
    @Checks(steps = {TableStep.Join.class, RowStep.Limit.class})
    default void keysThatAreExpectedOnceAreLookedForBehindALimitToo() {
        Dataflow again = endingWith("3");
        Dataflow few = rows("x", "y").of(0, "a", 3, "b");

        assertThatThrownBy(() ->
                        run(again.join(few, JoinOptions.left(JoinKeys.of("x")).expectOneToOne())
                                .limit(1)))
                .isInstanceOf(DataflowException.class)
                .hasMessageStartingWith("DUPLICATE_KEY: Cannot pair rows in leftJoin(x).expectOneToOne(): "
                        + "the left input has more than one row with 'x' = 3");
        assertThatThrownBy(() ->
                        run(again.join(few, JoinOptions.semi(JoinKeys.of("x")).expectOneToOne())
                                .limit(1)))
                .hasMessageStartingWith("DUPLICATE_KEY: ");
    }

    @Test
    @Checks(steps = {RowStep.RejectErrors.class, TableStep.Union.class})
    default void anInputThatIsReadTwiceIsLookedAtWholeOnce() {
        Dataflow checked = endingWith("abc").dropErrorsAtMost(1);

        run(checked.limit(1).union(checked.limit(2))).hasValues(0, 0, 1);
        assertThatThrownBy(() -> run(endingWith("abc")
                        .failOnErrors()
                        .limit(1)
                        .union(rows("x").of(5))
                        .limit(1)))
                .hasMessageStartingWith("TOO_MANY_ERRORS: ");
    }
}
