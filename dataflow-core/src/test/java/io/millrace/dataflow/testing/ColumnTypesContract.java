package io.millrace.dataflow.testing;

import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.learn.ColumnTypes;
import io.millrace.dataflow.learn.Learn;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Types of columns of text, learnt from their values. */
interface ColumnTypesContract extends EngineFixture {
    @Test
    default void theTypesOfTextsAreLearntFromAllValues() {
        Dataflow rows = rows("b", "i", "f", "d", "t", "s", "n: int64")
                .of(
                        "true",
                        "1",
                        "1.5",
                        "2024-03-01",
                        "2024-03-01T12:00:00Z",
                        "x",
                        1,
                        "FALSE",
                        "-20",
                        "2",
                        "1999-12-31",
                        "2024-03-02",
                        null,
                        2,
                        null,
                        "300",
                        "1e3",
                        "2000-02-29",
                        "2024-03-03 10:30",
                        "y",
                        3);

        ColumnTypes types = Learn.from(rows).columnTypes().learn(engine());

        assertThat(types).hasToString("""
                column types: 5 of 6 columns change
                  b: bool, fits 2 of 2 values, 1 null
                  i: int64, fits 3 of 3 values
                  f: float64, fits 3 of 3 values
                  d: date, fits 3 of 3 values
                  t: timestamp, fits 3 of 3 values
                  s: text, 1 null; no type fits 95 % of its values""");
        run(types.toDataflow())
                .hasTypes(BOOL, INT64, FLOAT64, DATE, TIMESTAMP, TEXT, INT64)
                .hasRows(
                        row(true, 1, 1.5, LocalDate.of(2024, 3, 1), Instant.parse("2024-03-01T12:00:00Z"), "x", 1),
                        row(
                                false,
                                -20,
                                2.0,
                                LocalDate.of(1999, 12, 31),
                                Instant.parse("2024-03-02T00:00:00Z"),
                                null,
                                2),
                        row(
                                null,
                                300,
                                1000.0,
                                LocalDate.of(2000, 2, 29),
                                Instant.parse("2024-03-03T10:30:00Z"),
                                "y",
                                3))
                .hasNoErrors();
    }

    @Test
    default void whatANumberWouldLoseStaysText() {
        Dataflow rows = rows("zip", "phone", "id", "price")
                .of("01067", "+491", "12345678901234567890", "0.1", "89073", "+492", "1", "12345678901234567.25");

        ColumnTypes types = Learn.from(rows).columnTypes().learn(engine());

        assertThat(types).hasToString("""
                column types: 1 of 4 columns change
                  zip: text; 1 value has leading zeros, such as '01067'
                  phone: text; 2 values have a leading plus, such as '+491'
                  id: text; 1 value has more digits than int64 holds, such as '12345678901234567890'
                  price: decimal(19, 2), fits 2 of 2 values; 1 value with more digits than float64 holds""");
        run(types.toDataflow().select("price"))
                .hasTypes(decimal(19, 2))
                .hasValues(new BigDecimal("0.1"), new BigDecimal("12345678901234567.25"));
    }

    @Test
    default void datesThatCanBeReadEitherWayAreNotConvertedUntilItIsSaidHow() {
        Dataflow rows = rows("d", "e").of("3/4/2024", "1.2.24", "11/12/2023", "3.2.24");

        ColumnTypes types = Learn.from(rows).columnTypes().learn(engine());

        assertThat(types).hasToString("""
                column types: 0 of 2 columns change, ambiguous: d, e
                  d: ambiguous, date by %d/%m/%Y or date by %m/%d/%Y; each of its values can be read either way
                  e: ambiguous, date by %d.%m.%y or date by %m.%d.%y; each of its values can be read either way""");
        assertThat(types.ambiguous()).containsExactly("d", "e");
        run(types.toDataflow()).hasTypes(TEXT, TEXT);
        run(types.dayFirst("d").monthFirst("e").toDataflow())
                .hasTypes(DATE, DATE)
                .hasRows(
                        row(LocalDate.of(2024, 4, 3), LocalDate.of(2024, 1, 2)),
                        row(LocalDate.of(2023, 12, 11), LocalDate.of(2024, 3, 2)));
        run(types.monthFirst().toDataflow().select("d"))
                .hasValues(LocalDate.of(2024, 3, 4), LocalDate.of(2023, 11, 12));
        assertThat(types.dayFirst().ambiguous()).isEmpty();
    }

    @Test
    default void oneDateThatCanOnlyBeReadOneWayDecides() {
        Dataflow rows = rows("d", "e", "f")
                .of(
                        "3/4/2024",
                        "3/4/2024 10:30",
                        "14/1/2024",
                        "31/12/2023",
                        "12/31/2023 0:05",
                        "1/14/2024",
                        null,
                        "1/1/2024 23:59",
                        "1/15/2024");

        ColumnTypes types = Learn.from(rows).columnTypes().learn(engine());

        assertThat(types).hasToString("""
                column types: 2 of 3 columns change, ambiguous: f
                  d: date by %d/%m/%Y, fits 2 of 2 values, 1 null; 1 value must have the day first
                  e: timestamp by %m/%d/%Y %H:%M, fits 3 of 3 values; 1 value must have the month first
                  f: ambiguous, date by %d/%m/%Y or date by %m/%d/%Y; 1 value must have the day first and 2 the month""");
        run(types.monthFirst("f").toDataflow())
                .hasTypes(DATE, TIMESTAMP, DATE)
                .hasRows(
                        row(LocalDate.of(2024, 4, 3), Instant.parse("2024-03-04T10:30:00Z"), null),
                        row(
                                LocalDate.of(2023, 12, 31),
                                Instant.parse("2023-12-31T00:05:00Z"),
                                LocalDate.of(2024, 1, 14)),
                        row(null, Instant.parse("2024-01-01T23:59:00Z"), LocalDate.of(2024, 1, 15)))
                .hasErrorCodes("CAST");
    }

    @Test
    default void datesWithNamesOfMonthsAreClear() {
        Dataflow rows =
                rows("d", "t").of("3 Apr 2024", "April 3, 2024 4:05 PM", "14 Dec 2023", "december 14, 2023 10:00 am");

        run(Learn.from(rows).columnTypes().learn(engine()).toDataflow())
                .hasTypes(DATE, TIMESTAMP)
                .hasRows(
                        row(LocalDate.of(2024, 4, 3), Instant.parse("2024-04-03T16:05:00Z")),
                        row(LocalDate.of(2023, 12, 14), Instant.parse("2023-12-14T10:00:00Z")));
    }

    @Test
    default void valuesThatDoNotFitAreShownAndBecomeErrors() {
        Dataflow rows = rows("x").of("1", "n/a", "3", "4", "n/a", null, "");

        ColumnTypes strict = Learn.from(rows).columnTypes().learn(engine());
        ColumnTypes half = Learn.from(rows).columnTypes().fitting(0.5).learn(engine());

        assertThat(strict).hasToString("""
                column types: 0 of 1 column changes
                  x: text, 1 null; no type fits 95 % of its values, int64 fits 3 of 6""");
        assertThat(half).hasToString("""
                column types: 1 of 1 column changes
                  x: int64, fits 3 of 6 values, 1 null, not 'n/a', ''""");
        run(half.toDataflow())
                .hasTypes(INT64)
                .hasValues(1, null, 3, 4, null, null, null)
                .hasErrorCodes("CAST", "CAST", "CAST");
    }

    @Test
    default void proposalsAreEdited() {
        Dataflow rows = rows("a", "b", "c", "d").of("1", "2", "3.4.2024", "x");

        ColumnTypes types = Learn.from(rows)
                .columnTypes()
                .columns("a", "b", "c")
                .learn(engine())
                .withType("a", decimal(5, 1))
                .without("b")
                .withDates("c", "%d.%m.%Y");

        assertThat(types).hasToString("""
                column types: 2 of 3 columns change
                  a: decimal(5, 1); chosen
                  b: text; chosen
                  c: date by %d.%m.%Y; chosen""");
        assertThat(types.proposal("b").cells().values()).isEqualTo(1);
        run(types.toDataflow())
                .hasTypes(decimal(5, 1), TEXT, DATE, TEXT)
                .hasRows(row(new BigDecimal("1"), "2", LocalDate.of(2024, 4, 3), "x"));
        run(types.withTimestamps("c", "%d.%m.%Y").toDataflow().select("c"))
                .hasValues(Instant.parse("2024-04-03T00:00:00Z"));
    }

    @Test
    default void errorsStayAndColumnsWithoutValuesAreText() {
        Dataflow rows = rows("x")
                .of("1", "2")
                .withColumn(
                        "e",
                        Expr.when(Expr.col("x").eq("1"))
                                .then(Expr.error("OLD", "7"))
                                .otherwise("8"))
                .withColumn("n", Expr.lit(null).cast(TEXT));

        ColumnTypes types = Learn.from(rows).columnTypes().learn(engine());

        assertThat(types).hasToString("""
                column types: 2 of 3 columns change
                  x: int64, fits 2 of 2 values
                  e: int64, fits 1 of 1 value, 1 error
                  n: text, 2 nulls; it has no value""");
        run(types.toDataflow()).hasTypes(INT64, INT64, TEXT).hasErrorCodes("OLD");
    }

    @Test
    default void whatIsNoColumnOfTextIsRefused() {
        Learn learn = Learn.from(rows("n: int64", "t").of(1, "a"));

        assertThatThrownBy(() -> learn.columnTypes().columns("n").learn(engine()))
                .hasMessage("""
                TYPE_MISMATCH: Cannot learn the type of column 'n' of type int64
                  It takes a column of text""");
        assertThatThrownBy(() -> learn.columnTypes().columns("tt").learn(engine()))
                .hasMessage("""
                UNKNOWN_COLUMN: Cannot find column 'tt' for learn the type of
                  Did you mean 't'?
                  Columns here: n, t""");
        assertThatThrownBy(
                        () -> Learn.from(rows("n: int64").of(1)).columnTypes().learn(engine()))
                .hasMessage("NOTHING_TO_LEARN: Cannot learn types of columns: there is no column of text");
        assertThatThrownBy(() -> learn.columnTypes().fitting(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a share is above 0 and at most 1: 0.0");
        ColumnTypes types = learn.columnTypes().learn(engine());
        assertThatThrownBy(() -> types.dayFirst("t"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column 't' has no dates whose day or month may come first; name their pattern with"
                        + " withDates(...)");
        assertThatThrownBy(() -> types.without("T"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column 'T' was not looked at; did you mean 't'?");
    }

    @Test
    default void learntTypesAreSavedAsPlainSteps() {
        Dataflow learnt = Learn.from(rows("d", "x").of("31/12/2023", "7"))
                .columnTypes()
                .learn(engine())
                .toDataflow();

        Dataflow again = Dataflow.fromJson(learnt.toJson(), Path.of("."));

        assertThat(again.node()).isEqualTo(learnt.node());
        run(again).hasTypes(DATE, INT64).hasRows(row(LocalDate.of(2023, 12, 31), 7));
    }
}
