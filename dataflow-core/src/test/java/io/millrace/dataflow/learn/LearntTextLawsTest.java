package io.millrace.dataflow.learn;

import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.table.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** What holds for every learnt split and every learnt type of a column. */
class LearntTextLawsTest {
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

    /** A text and its parts. */
    record Parted(String text, List<String> parts) {}

    @Property(tries = 60, seed = "20261125")
    void partsBetweenSeparatorsAreFoundAgain(@ForAll("parted") List<Parted> examples) {
        SplitColumn split = builder(examples).learn(engine());

        assertThat(split.counts().fitting()).isEqualTo(split.counts().values());
        assertThat(cells(split.toDataflow().select(split.names().toArray(String[]::new))))
                .isEqualTo(examples.stream().map(Parted::parts).toList());
    }

    @Property(tries = 40, seed = "20261125")
    void theOrderOfTheExamplesOfASplitDoesNotMatter(@ForAll("parted") List<Parted> examples) {
        List<Parted> turned = new ArrayList<>(examples);
        Collections.reverse(turned);

        assertThat(builder(turned).learn(engine()).layout())
                .isEqualTo(builder(examples).learn(engine()).layout());
    }

    @Property(tries = 60, seed = "20261125")
    void everyValueIsReadOrAnError(@ForAll("cells") List<@Nullable String> texts) {
        ColumnTypes types = Learn.from(column(texts))
                .columnTypes()
                .fitting(0.3)
                .learn(engine())
                .dayFirst();
        TypeProposal proposal = types.proposal("t");

        try (Table table = types.toDataflow().collect(engine())) {
            long errors = table.errors().size();
            long values =
                    table.rows().stream().filter(row -> row.get(0) != null).count();
            assertThat(values + errors).isEqualTo(proposal.cells().values());
            assertThat(values)
                    .isEqualTo(proposal.fitting().orElse(proposal.cells().values()));
        }
    }

    @Property(tries = 40, seed = "20261125")
    void datesAreReadAsTheyWereWritten(@ForAll("days") List<LocalDate> days, @ForAll("dateForms") String form) {
        List<String> texts = days.stream()
                .map(day -> String.format(Locale.ROOT, form, day.getDayOfMonth(), day.getMonthValue(), day.getYear()))
                .toList();
        ColumnTypes types = Learn.from(column(texts)).columnTypes().learn(engine());
        boolean monthFirst = form.startsWith("%2$");
        ColumnTypes said = types.ambiguous().isEmpty() ? types : monthFirst ? types.monthFirst() : types.dayFirst();

        assertThat(cells(said.toDataflow()))
                .isEqualTo(days.stream().map(day -> List.<Object>of(day)).toList());
    }

    @Provide
    Arbitrary<List<Parted>> parted() {
        Arbitrary<String> word =
                Arbitraries.strings().withChars("abcXYZä019").ofMinLength(1).ofMaxLength(6);
        Arbitrary<List<List<String>>> rows = Arbitraries.integers()
                .between(2, 4)
                .flatMap(count -> word.list().ofSize(count).list().ofMinSize(1).ofMaxSize(4));
        Arbitrary<List<String>> separators =
                Arbitraries.of("-", ", ", ";", " ", "::", " / ").list().ofSize(3);
        return Combinators.combine(rows, separators).as((all, marks) -> all.stream()
                .map(parts -> {
                    StringBuilder text = new StringBuilder(parts.get(0));
                    for (int i = 1; i < parts.size(); i++) {
                        text.append(marks.get(i - 1)).append(parts.get(i));
                    }
                    return new Parted(text.toString(), parts);
                })
                .toList());
    }

    @Provide
    Arbitrary<List<String>> cells() {
        return Arbitraries.of(
                        "1",
                        "-20",
                        "3.5",
                        "007",
                        "true",
                        "False",
                        "2024-03-01",
                        "3/4/2024",
                        "31/12/2023",
                        "5 May 2024",
                        "x",
                        "",
                        "12345678901234567890",
                        "0.12345678901234567",
                        "1e5",
                        "+4",
                        "2024-03-01T10:00:00Z")
                .injectNull(0.1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<LocalDate>> days() {
        return Arbitraries.longs()
                .between(-5_000, 30_000)
                .map(LocalDate::ofEpochDay)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<String> dateForms() {
        return Arbitraries.of(
                "%1$d/%2$d/%3$d", "%2$d/%1$d/%3$d", "%1$02d.%2$02d.%3$d", "%2$02d-%1$02d-%3$d", "%3$d/%2$d/%1$d");
    }

    private static SplitColumnBuilder builder(List<Parted> examples) {
        SplitColumnBuilder builder =
                Learn.from(column(examples.stream().map(Parted::text).toList())).split("t");
        for (Parted each : examples) {
            String[] others = each.parts().subList(1, each.parts().size()).toArray(String[]::new);
            builder = builder.example(each.text(), each.parts().get(0), others);
        }
        return builder;
    }

    private static Dataflow column(List<? extends @Nullable String> texts) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (String text : texts) {
            rows.add(Arrays.asList((Object) text));
        }
        return rows("t: text").ofRows(rows);
    }

    private static List<List<@Nullable Object>> cells(Dataflow dataflow) {
        try (Table table = dataflow.collect(engine())) {
            return table.rows();
        }
    }
}
