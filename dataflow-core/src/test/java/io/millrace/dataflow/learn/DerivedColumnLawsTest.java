package io.millrace.dataflow.learn;

import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** What holds for every learnt program, of texts that a program of the language makes and of any others. */
class DerivedColumnLawsTest {
    private static @Nullable LocalEngine engine;

    @BeforeContainer
    static void open() {
        engine = LocalEngine.create().threads(1);
    }

    @AfterContainer
    static void close() {
        engine().close();
    }

    private static LocalEngine engine() {
        return Objects.requireNonNull(engine);
    }

    /** A row of two sources, and what a hidden program makes of it. */
    record Case(String name, long number, String wanted) {
        Map<String, Object> row() {
            return Map.of("name", name, "number", number);
        }
    }

    @Property(tries = 60, seed = "20261125")
    void textsOfAHiddenProgramAreMadeByALearntOne(@ForAll("cases") List<Case> cases) {
        DerivedColumn learnt = builder(cases).learn(engine());

        assertThat(made(learnt.toDataflow(), cases)).isEqualTo(wanted(cases));
    }

    @Property(tries = 40, seed = "20261125")
    void everyProgramThatIsFoundMakesWhatTheExamplesSay(@ForAll("cases") List<Case> cases) {
        DerivedColumn learnt = builder(cases).learn(engine());

        for (int i = 1; i <= learnt.programs().size(); i++) {
            assertThat(made(learnt.withProgram(i).toDataflow(), cases)).isEqualTo(wanted(cases));
        }
    }

    @Property(tries = 40, seed = "20261125")
    void theOrderOfTheExamplesDoesNotMatter(@ForAll("cases") List<Case> cases) {
        List<Case> turned = new ArrayList<>(cases);
        Collections.reverse(turned);
        Dataflow rows = dataflow(cases);

        assertThat(with(turned, rows).learn(engine()).programs())
                .isEqualTo(with(cases, rows).learn(engine()).programs());
    }

    @Property(tries = 40, seed = "20261125")
    void aLearntColumnThatIsSavedAndReadGivesTheSameCells(@ForAll("cases") List<Case> cases) {
        Dataflow learnt = builder(cases).learn(engine()).toDataflow();

        Dataflow read = Dataflow.fromJson(learnt.toJson(), Path.of("."));

        assertThat(made(read, cases)).isEqualTo(made(learnt, cases));
    }

    @Provide
    Arbitrary<List<Case>> cases() {
        Arbitrary<String> word = Arbitraries.strings()
                .withChars("abcxyzABCäÖ0189-_.'")
                .ofMinLength(1)
                .ofMaxLength(7);
        Arbitrary<String> name = word.list().ofMinSize(2).ofMaxSize(4).map(words -> String.join(" ", words));
        List<BiFunction<String, Long, String>> pieces = List.of(
                (text, number) -> text,
                (text, number) -> text.split(" ", -1)[0],
                (text, number) -> text.split(" ", -1)[1],
                (text, number) -> text.substring(text.lastIndexOf(' ') + 1),
                (text, number) -> text.substring(0, 1),
                (text, number) -> text.substring(text.length() - 1),
                (text, number) -> text.replace(' ', '_'),
                (text, number) -> text.toUpperCase(Locale.ROOT),
                (text, number) -> number.toString(),
                (text, number) -> String.format(Locale.ROOT, "%05d", number));
        Arbitrary<List<BiFunction<String, Long, String>>> program =
                Arbitraries.of(pieces).list().ofMinSize(1).ofMaxSize(3);
        return Combinators.combine(
                        Combinators.combine(name, Arbitraries.longs().between(0, 99_999))
                                .as(Map::entry)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(3),
                        program,
                        Arbitraries.of("", "-", ": ", " x "))
                .as((rows, hidden, mark) -> rows.stream()
                        .map(row -> new Case(
                                row.getKey(),
                                row.getValue(),
                                String.join(
                                        mark,
                                        hidden.stream()
                                                .map(piece -> piece.apply(row.getKey(), row.getValue()))
                                                .toList())))
                        .toList());
    }

    private static DerivedColumnBuilder builder(List<Case> cases) {
        return with(cases, dataflow(cases));
    }

    private static DerivedColumnBuilder with(List<Case> cases, Dataflow rows) {
        DerivedColumnBuilder builder = Learn.from(rows).column("new").from("name", "number");
        for (Case each : cases) {
            builder = builder.example(each.row(), each.wanted());
        }
        return builder;
    }

    private static Dataflow dataflow(List<Case> cases) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Case each : cases) {
            rows.add(Arrays.asList(each.name(), each.number()));
        }
        rows.add(Arrays.asList("Otto Maria von Brandt", 77L));
        rows.add(Arrays.asList("x", null));
        return rows("name: text", "number: int64").ofRows(rows);
    }

    private static List<String> wanted(List<Case> cases) {
        return cases.stream().map(Case::wanted).toList();
    }

    private static List<@Nullable Object> made(Dataflow learnt, List<Case> cases) {
        List<@Nullable Object> made = new ArrayList<>();
        try (Table table = learnt.select("new").collect(engine())) {
            table.rows().subList(0, cases.size()).forEach(row -> made.add(row.get(0)));
        }
        return made;
    }
}
