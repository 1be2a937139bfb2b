package io.millrace.dataflow.testing;

import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.learn.Learn;
import io.millrace.dataflow.learn.SplitColumn;
import io.millrace.dataflow.learn.SplitColumnBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Columns that are split into parts as examples show it. */
interface SplitColumnContract extends EngineFixture {
    @Test
    default void severalSeparatorsInSequenceAreLearntFromOneExample() {
        Dataflow rows = rows("id", "address", "x")
                .of(1, "12 Main St, Springfield", true, 2, "7 Elm Ave, Ulm", true, 3, "unknown", true, 4, null, true);

        SplitColumn split = Learn.from(rows)
                .split("address")
                .example("12 Main St, Springfield", "12", "Main St", "Springfield")
                .into("number", "street", "city")
                .learn(engine());

        assertThat(split).hasToString("""
                split address into number, street, city: parts between ' ', ', '
                  (?s)^([^\\s]*)\\Q \\E([^\\x{2c}]*)\\Q, \\E(.*)\\z
                  fits 2 of 3 values, not 'unknown'""");
        assertThat(split.counts().fitting()).isEqualTo(2);
        run(split.toDataflow())
                .hasColumns("id", "address", "number", "street", "city", "x")
                .hasRows(
                        row(1, "12 Main St, Springfield", "12", "Main St", "Springfield", true),
                        row(2, "7 Elm Ave, Ulm", "7", "Elm Ave", "Ulm", true),
                        row(3, "unknown", null, null, null, true),
                        row(4, null, null, null, null, true));
    }

    @Test
    default void aTextThatDoesNotFitMayBeAnErrorInEachPart() {
        Dataflow rows = rows("t").of("a-b", "c", null);

        run(Learn.from(rows)
                        .split("t")
                        .example("a-b", "a", "b")
                        .learn(engine())
                        .misfitsAsErrors()
                        .toDataflow())
                .hasColumns("t", "t_1", "t_2")
                .hasRows(row("a-b", "a", "b"), row("c", null, null), row(null, null, null))
                .hasErrorCodes("NO_MATCH", "NO_MATCH");
    }

    @Test
    default void widthsAndKindsOfCharactersAreLearnt() {
        Dataflow rows = rows("day", "code", "wide")
                .of("20240301", "AB123", "Ann   Ulm  7", "19991231", "XYZ7", "Berta Bonn 12");

        run(Learn.from(rows)
                        .split("day")
                        .example("20240301", "2024", "03", "01")
                        .learn(engine())
                        .toDataflow()
                        .select("day_1", "day_2", "day_3"))
                .hasRows(row("2024", "03", "01"), row("1999", "12", "31"));
        run(Learn.from(rows)
                        .split("code")
                        .example("AB123", "AB", "123")
                        .learn(engine())
                        .toDataflow()
                        .select("code_1", "code_2"))
                .hasRows(row("AB", "123"), row("XYZ", "7"));
        run(Learn.from(rows)
                        .split("wide")
                        .example("Ann   Ulm  7", "Ann", "Ulm", "7")
                        .example("Berta Bonn 12", "Berta", "Bonn", "12")
                        .learn(engine())
                        .toDataflow()
                        .select("wide_1", "wide_2", "wide_3"))
                .hasRows(row("Ann", "Ulm", "7"), row("Berta", "Bonn", "12"));
    }

    @Test
    default void theRowsChooseAmongLayoutsThatPartTheExamples() {
        Dataflow rows = rows("t").of("Ann Lee 12", "Mary Ann Smith 7", "Bo 3");

        SplitColumn split = Learn.from(rows)
                .split("t")
                .example("Ann Lee 12", "Ann Lee", "12")
                .learn(engine());

        assertThat(split.counts().fitting()).isEqualTo(3);
        run(split.toDataflow().select("t_1", "t_2"))
                .hasRows(row("Ann Lee", "12"), row("Mary Ann Smith", "7"), row("Bo", "3"));
    }

    @Test
    default void whatStandsAroundThePartsIsLeftOut() {
        Dataflow rows = rows("t").of("(030) 123", "(0731) 99");

        run(Learn.from(rows)
                        .split("t")
                        .example("(030) 123", "030", "123")
                        .learn(engine())
                        .toDataflow()
                        .select("t_1", "t_2"))
                .hasRows(row("030", "123"), row("0731", "99"));
    }

    @Test
    default void withoutExamplesTheMostRegularSeparatorIsTaken() {
        Dataflow rows = rows("t").of("a b;c;d", "e;f g h;i", "j;k;", "none");

        SplitColumn split = Learn.from(rows).split("t").learn(engine());

        assertThat(split).hasToString("""
                split t into t_1, t_2, t_3: parts between ';'
                  (?s)^((?:(?!\\Q;\\E).)*+)\\Q;\\E((?:(?!\\Q;\\E).)*+)\\Q;\\E((?:(?!\\Q;\\E).)*+)\\z
                  fits 3 of 4 values, not 'none'""");
        run(split.toDataflow().select("t_1", "t_2", "t_3"))
                .hasRows(row("a b", "c", "d"), row("e", "f g h", "i"), row("j", "k", ""), row(null, null, null));
    }

    @Test
    default void aPartMayTakeThePlaceOfTheColumn() {
        Dataflow rows = rows("t", "x").of("a-b", 1);

        run(Learn.from(rows)
                        .split("t")
                        .example("a-b", "a", "b")
                        .into("t", "u")
                        .learn(engine())
                        .toDataflow())
                .hasColumns("t", "u", "x")
                .hasRows(row("a", "b", 1));
    }

    @Test
    default void errorsStayInEachPart() {
        Dataflow rows = rows("x", "t")
                .of(1, "a-b", 2, "c-d")
                .withColumn(
                        "t",
                        Expr.when(Expr.col("x").eq(2))
                                .then(Expr.error("OLD", "c-d"))
                                .otherwise(Expr.col("t")));

        run(Learn.from(rows).split("t").learn(engine()).misfitsAsErrors().toDataflow())
                .hasRows(row(1, "a-b", "a", "b"), row(2, null, null, null))
                .hasErrorCodes("OLD", "OLD", "OLD");
    }

    @Test
    default void splitsThatCannotBeLearntAreRefused() {
        Learn learn = Learn.from(rows("t", "n: int64", "w").of("a-b", 1, "abc"));
        SplitColumnBuilder split = learn.split("t");

        assertThatThrownBy(() -> split.example("a-b", "a", "c").learn(engine())).hasMessage("""
                CONTRADICTING_EXAMPLES: Cannot split column 't': no separators or widths part the example
                  Example 1 does not fall into its parts: 'a-b' -> 'a', 'c'""");
        assertThatThrownBy(() -> split.example("a-b", "a", "b")
                        .example("a,b-c", "a", "b-c")
                        .learn(engine()))
                .hasMessage("""
                CONTRADICTING_EXAMPLES: Cannot split column 't': no separators or widths part all 2 examples
                  Examples 1 and 2 have no layout in common: 'a-b' -> 'a', 'b'; 'a,b-c' -> 'a', 'b-c'""");
        assertThatThrownBy(() -> learn.split("n").learn(engine())).hasMessage("""
                TYPE_MISMATCH: Cannot split column 'n' of type int64
                  It takes a column of text""");
        assertThatThrownBy(() -> learn.split("w").learn(engine())).hasMessage("""
                NOTHING_TO_LEARN: Cannot split column 'w': its values have no separator
                  Show what is wanted with example(...)""");
        assertThatThrownBy(() -> split.into("a", "b", "c").learn(engine()))
                .hasMessage("INVALID_ARGUMENT: Cannot split column 't': it falls into 2 parts, and there are 3 names");
        assertThatThrownBy(() -> split.example("a-b", "a", "b").example("c", "c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an example has 1 parts, and those before have 2");
        assertThatThrownBy(() -> split.into("a", "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two parts have one name: [a, a]");
    }

    @Test
    default void examplesOfASplitAreListedAndTakenAway() {
        SplitColumnBuilder split = Learn.from(rows("t").of("a-b"))
                .split("t")
                .example("a-b", "a", "x")
                .example("a-b", "a", "b");

        assertThat(split.examples()).containsExactly("'a-b' -> 'a', 'x'", "'a-b' -> 'a', 'b'");
        assertThat(split.withoutExample(1).learn(engine()).counts().fitting()).isEqualTo(1);
        assertThatThrownBy(() -> split.withoutExample(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no example 0 of 2");
    }

    @Test
    default void aLearntSplitIsSavedAsPlainSteps() {
        Dataflow learnt = Learn.from(rows("t").of("a, b", "c ,d"))
                .split("t")
                .example("a, b", "a", "b")
                .learn(engine())
                .toDataflow();

        Dataflow again = Dataflow.fromJson(learnt.toJson(), Path.of("."));

        assertThat(again.node()).isEqualTo(learnt.node());
        run(again.select("t_1", "t_2")).hasRows(row("a", "b"), row("c", "d"));
    }
}
