package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.user;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.listOf;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Row;
import io.millrace.dataflow.expr.UserFunction;
import io.millrace.dataflow.expr.UserFunctions;
import io.millrace.dataflow.table.CellError.Code;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Functions that a user wrote in Java. */
interface UserFunctionContract extends EngineFixture {
    private static long number(Row row) {
        return (Long) Objects.requireNonNull(row.value("n"));
    }

    private static UserFunction longer() {
        return UserFunction.of("longer", INT64, row -> {
            String text = (String) row.value("t");
            return text == null ? null : text.length() + number(row);
        });
    }

    @Test
    default void aUserFunctionIsCalledForEachRow() {
        Dataflow some = rows("t", "n").of("abc", 1, null, 2, "", 3);

        run(some.withColumn("y", user(longer(), "t", "n")).filter(col("n").le(3)))
                .hasTypes(TEXT, INT64, INT64)
                .hasNoErrors()
                .hasRows(row("abc", 1, 4), row(null, 2, null), row("", 3, 3));
    }

    @Test
    default void aUserFunctionMayHoldSerializableValues() {
        List<Long> held = List.of(7L, 8L);
        UserFunction pair = UserFunction.of("pair", listOf(INT64), row -> List.of(number(row), held.get(1)));

        run(rows("n").of(1, 2).withColumn("n", user(pair, "n"))).hasValues(List.of(1, 8), List.of(2, 8));
    }

    @Test
    default void anErrorIsTheResultWithoutACall() {
        UserFunction never = UserFunction.of("never", TEXT, row -> "called with " + row.value("x"));

        run(rows("x").of("1", "p").cast("x", INT64).withColumn("y", user(never, "x")))
                .hasRows(row(1, "called with 1"), row(null, null))
                .hasErrorCodes("CAST", "CAST");
    }

    @Test
    default void whatGoesWrongIsAnErrorWithTheFunctionsName() {
        UserFunction bad = UserFunction.of("bad", INT64, row -> {
            long n = number(row);
            if (n == 1) {
                throw new IllegalStateException("no ones");
            }
            return n == 2 ? "two" : n == 3 ? row.value("m") : n == 4 ? new Object() : n;
        });
        String step = "withColumn(n, bad(n))";
        Code code = Code.USER_FUNCTION;

        run(rows("n").of(1, 2, 3, 4, 5).withColumn("n", user(bad, "n")))
                .hasValues(null, null, null, null, 5)
                .hasErrors(
                        error(code, "bad: no ones", 1, step),
                        error(code, "bad: a String is no value of type int64", 2, step),
                        error(code, "bad: the function was not given column 'm'", 3, step),
                        error(
                                code,
                                "bad: a literal cannot be a java.lang.Object; use a boolean, number, text, LocalDate,"
                                        + " Instant or byte[]",
                                4,
                                step));
    }

    @Test
    default void aRegisteredFunctionIsSavedByItsName() {
        String name = "twice on " + engine().name();
        UserFunctions.register(UserFunction.of(name, INT64, row -> 2 * number(row)));
        UserFunction twice = UserFunctions.named(name).orElseThrow();
        String json = rows("n").of(1, 2).withColumn("n", user(twice, "n")).toJson();

        run(Dataflow.fromJson(json, Path.of(""))).hasValues(2, 4);

        assertThatThrownBy(() -> Dataflow.fromJson(json.replace(name, "twixe"), Path.of("")))
                .isInstanceOf(DataflowException.class)
                .hasMessageContaining("UNKNOWN_FUNCTION: Cannot find user function 'twixe'")
                .hasMessageContaining("Register it before with UserFunctions.register, or put the jar whose"
                        + " UserFunctionProvider has it on the class path");
    }

    @Test
    default void aFunctionThatIsNotRegisteredIsNotSaved() {
        Dataflow unsaved = rows("t", "n").of("a", 1).withColumn("y", user(longer(), "t", "n"));

        assertThatThrownBy(unsaved::toJson)
                .isInstanceOf(DataflowException.class)
                .hasMessage(
                        "INVALID_ARGUMENT: Cannot save a dataflow with user function 'longer': it is not registered\n"
                                + "  Register it with UserFunctions.register where the plan is saved and where it is opened, or"
                                + " say the same with the functions of the catalog");
    }

    @Test
    default void functionsOfOneNameAreTwoFunctions() {
        Dataflow some = rows("t", "n").of("a", 1);

        assertThat(some.withColumn("y", user(longer(), "t", "n")).node())
                .isNotEqualTo(some.withColumn("y", user(longer(), "t", "n")).node());
    }
}
