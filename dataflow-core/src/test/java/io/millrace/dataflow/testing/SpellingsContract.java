package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.learn.Learn;
import io.millrace.dataflow.learn.SpellingGroup;
import io.millrace.dataflow.learn.Spellings;
import org.junit.jupiter.api.Test;

/** Spellings of the same, grouped, edited, and replaced by one of them. */
interface SpellingsContract extends EngineFixture {
    private static Dataflow cities() {
        return rows("city")
                .of("Köln", "köln ", "Koeln", "Köln", "Kölm", "New York", "york, new", "New York", "Ulm", null);
    }

    @Test
    default void spellingsBecomeTheMostFrequentOfTheirGroup() {
        Spellings spellings = Learn.from(cities()).spellings("city").learn(engine());

        assertThat(spellings).hasToString("""
                spellings of city: 7 spellings, 4 groups
                  'Köln': 4 rows
                    'Köln'   2
                    'Koeln'  1  similarity 0.80
                    'köln '  1  similarity 1.00
                  'New York': 3 rows
                    'New York'   2
                    'york, new'  1  similarity 1.00
                  alone: 2""");
        run(spellings.toDataflow())
                .hasValues("Köln", "Köln", "Köln", "Köln", "Kölm", "New York", "New York", "New York", "Ulm", null);
    }

    @Test
    default void aTextThatWasNotLearntStaysAsItIs() {
        Spellings spellings = Learn.from(cities()).spellings("city").learn(engine());

        run(rows("city").of("Koeln", "KOELN", null, "Bonn").apply(spellings.toRecipe()))
                .hasTypes(TEXT)
                .hasValues("Köln", "KOELN", null, "Bonn");
    }

    @Test
    default void spellingsAndTheirSimilarityGoIntoColumnsOfTheirOwn() {
        Spellings spellings = Learn.from(cities())
                .spellings("city")
                .into("clean")
                .similarityInto("similarity")
                .learn(engine());

        assertThat(spellings.toString()).startsWith("spellings of city as clean: 7 spellings");
        run(rows("city").of("Koeln", "york, new", "Bonn", null).apply(spellings.toRecipe()))
                .hasColumns("city", "clean", "similarity")
                .hasTypes(TEXT, TEXT, FLOAT64)
                .hasRows(
                        row("Koeln", "Köln", 0.8),
                        row("york, new", "New York", 1.0),
                        row("Bonn", "Bonn", null),
                        row(null, null, null));
    }

    @Test
    default void aSimilarityIsThatOfTheTextBeforeItIsReplaced() {
        Spellings spellings = Learn.from(cities())
                .spellings("city")
                .similarityInto("similarity")
                .learn(engine());

        run(rows("city").of("Koeln").apply(spellings.toRecipe())).hasRows(row("Köln", 0.8));
    }

    @Test
    default void errorsAreNoSpellingsAndStay() {
        Dataflow cells = rows("n", "t: text")
                .of("1", "Ulm", "x", "ULM", "2", "Ulm")
                .withColumn(
                        "t",
                        Expr.when(col("n").eq("x"))
                                .then(Expr.error("NO_CITY", "t"))
                                .otherwise(col("t")));

        Spellings spellings = Learn.from(cells).spellings("t").learn(engine());

        assertThat(spellings.groups()).extracting(SpellingGroup::count).containsExactly(2L);
        run(spellings.toDataflow().select("t")).hasValues("Ulm", null, "Ulm").hasErrorsAt("1 t");
    }

    @Test
    default void numbersAreNoSpellingsOfOtherNumbers() {
        Dataflow streets = rows("t").of("Long Street 12", "Long Street 13", "long street, 12", "Lomg Street 12");

        Spellings spellings = Learn.from(streets).spellings("t").learn(engine());

        assertThat(spellings.groups())
                .extracting(SpellingGroup::spelling)
                .containsExactly("Long Street 12", "Long Street 13");
    }

    @Test
    default void symbolsThatTellThingsApartCount() {
        Spellings spellings = Learn.from(rows("t").of("C", "C++", "C#", "c", "???", "!!"))
                .spellings("t")
                .learn(engine());

        assertThat(spellings.groups())
                .extracting(SpellingGroup::spelling)
                .containsExactly("C", "!!", "???", "C#", "C++");
    }

    @Test
    default void aThresholdOfOneTakesWhatDiffersInCaseAccentsAndOrderAlone() {
        Spellings spellings =
                Learn.from(cities()).spellings("city").threshold(1).learn(engine());

        assertThat(spellings.groups())
                .extracting(SpellingGroup::spelling)
                .containsExactly("Köln", "New York", "Koeln", "Kölm", "Ulm");
    }

    @Test
    default void groupsAreRenamedMergedAndSplit() {
        Spellings learnt = Learn.from(cities()).spellings("city").learn(engine());

        Spellings edited = learnt.merge("Köln", "Kölm")
                .rename("New York", "New York City")
                .split("New York City", "york, new")
                .rename("york, new", "York");

        assertThat(edited).hasToString("""
                spellings of city: 7 spellings, 4 groups
                  'Köln': 5 rows
                    'Köln'   2
                    'Koeln'  1  similarity 0.80
                    'Kölm'   1  similarity 0.75
                    'köln '  1  similarity 1.00
                  'New York City': 2 rows
                    'New York'  2  similarity 0.62
                  'York': 1 row
                    'york, new'  1  similarity 0.50
                  alone: 1""");
        run(edited.toDataflow())
                .hasValues(
                        "Köln", "Köln", "Köln", "Köln", "Köln", "New York City", "York", "New York City", "Ulm", null);
    }

    @Test
    default void spellingsThatAreKeptStayAsTheyAre() {
        Spellings learnt = Learn.from(cities()).spellings("city").learn(engine());

        run(learnt.keep("Koeln", "New York")
                        .rename("Ulm", "Neu-Ulm")
                        .keep("Ulm")
                        .toDataflow())
                .hasValues("Köln", "Köln", "Koeln", "Köln", "Kölm", "New York", "york, new", "New York", "Ulm", null);
    }

    @Test
    default void editsOfWhatIsNotThereAreRefused() {
        Spellings learnt = Learn.from(cities()).spellings("city").learn(engine());

        assertThatThrownBy(() -> learnt.rename("Koln", "Cologne")).hasMessage("""
                INVALID_ARGUMENT: Cannot rename group 'Koln': there is no such group
                  Did you mean 'Köln'?
                  Spellings here: Köln, New York, Kölm, Ulm""");
        assertThatThrownBy(() -> learnt.rename("Ulm", "Koeln")).hasMessage("""
                INVALID_ARGUMENT: Cannot rename group 'Ulm' to 'Koeln': that is a spelling of group 'Köln'
                  Make them one with merge("Köln", "Ulm")""");
        assertThatThrownBy(() -> learnt.split("Köln", "Ulm")).hasMessage("""
                INVALID_ARGUMENT: Cannot split group 'Köln': it has no spelling 'Ulm'
                  Spellings here: Köln, Koeln, köln\s""");
        assertThatThrownBy(() -> learnt.split("Ulm", "Ulm")).hasMessage("""
                INVALID_ARGUMENT: Cannot split group 'Ulm': none of its spellings would stay""");
        assertThatThrownBy(() -> learnt.merge("Ulm", "Bonn")).hasMessage("""
                INVALID_ARGUMENT: Cannot merge group 'Bonn': there is no such group
                  Spellings here: Köln, New York, Kölm, Ulm""");
        assertThatThrownBy(() -> learnt.keep("Berlin")).hasMessage("""
                INVALID_ARGUMENT: Cannot keep spelling 'Berlin': it was not learnt
                  Spellings here: Köln, Koeln, köln , New York, york, new, Kölm, Ulm""");
    }

    @Test
    default void spellingsOfNoTextAreRefused() {
        assertThatThrownBy(() -> Learn.from(rows("n").of(1)).spellings("n").learn(engine()))
                .hasMessage("""
                TYPE_MISMATCH: Cannot group the spellings of column 'n' of type int64
                  It takes a column of text""");
        assertThatThrownBy(() -> Learn.from(rows("t: text").of((Object) null))
                        .spellings("t")
                        .learn(engine()))
                .hasMessage("""
                NOTHING_TO_LEARN: Cannot learn the spellings of column 't': it has no value
                  Nulls and error values do not count""");
        assertThatThrownBy(() -> Learn.from(cities()).spellings("city").limit(6).learn(engine()))
                .hasMessage("""
                TOO_MANY_VALUES: Cannot learn the spellings of column 'city': there are more than 6
                  Raise the limit with limit(...)""");
    }
}
