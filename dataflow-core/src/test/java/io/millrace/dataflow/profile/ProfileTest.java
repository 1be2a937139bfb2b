package io.millrace.dataflow.profile;

import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.profile.Alert.Kind;
import io.millrace.dataflow.schema.DataTypes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private final LocalEngine engine = LocalEngine.create().threads(2);

    @Test
    void tenRowsWithThreeNumbersHaveTheFiguresOfTheDefinitions() {
        ColumnProfile column = Shares.profile(
                        "x: float64",
                        Arrays.<@Nullable Double>asList(2.0, null, null, 7.0, null, null, null, 3.0, null, null))
                .column("x");
        Moments moments = column.moments().orElseThrow();
        Quantiles quantiles = column.quantiles().orElseThrow();

        assertThat(column.counts()).isEqualTo(new CellCounts(10, 7, 0, 0));
        assertThat(column.counts().nullRatio()).isEqualTo(0.7);
        assertThat(column.counts().notNull()).isEqualTo(3);
        assertThat(moments.sum()).isEqualTo(12);
        assertThat(moments.mean()).isEqualTo(4);
        assertThat(moments.variance()).isEqualTo(7);
        assertThat(moments.standardDeviation()).isCloseTo(2.645751, within(1e-6));
        assertThat(moments.skewness()).isCloseTo(0.323970, within(1e-6));
        assertThat(moments.kurtosis()).isCloseTo(-2.333333, within(1e-6));
        assertThat(quantiles.points().stream().map(Quantiles.Point::value))
                .containsExactly(2.0, 2.0, 2.0, 2.25, 3.0, 6.0, 7.0, 7.0, 7.0);
        assertThat(quantiles.lowerWhisker()).isEqualTo(2);
        assertThat(quantiles.upperWhisker()).isEqualTo(7);
        assertThat(column.typeCounts()).containsExactly(Map.entry("float64", 3L), Map.entry("null", 7L));
    }

    @Test
    void whiskersEndAtTheLastValueThatIsNotFarOff() {
        Quantiles quantiles = Shares.profile("x", List.of(-100L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 13L, 60L))
                .column("x")
                .quantiles()
                .orElseThrow();

        assertThat(quantiles.lowerQuartile()).isEqualTo(2.5);
        assertThat(quantiles.upperQuartile()).isEqualTo(8.5);
        assertThat(quantiles.lowerWhisker()).isEqualTo(1);
        assertThat(quantiles.upperWhisker()).isEqualTo(13);
    }

    @Test
    void aConstantHasNoVarianceAndNoShape() {
        ColumnProfile column = Shares.profile("x", Collections.nCopies(5, 0.1)).column("x");
        Moments moments = column.moments().orElseThrow();

        assertThat(moments.mean()).isEqualTo(0.1);
        assertThat(moments.variance()).isZero();
        assertThat(moments.skewness()).isNaN();
        assertThat(moments.kurtosis()).isNaN();
        assertThat(column.histogram().orElseThrow().bins()).containsExactly(new Histogram.Bin(0.1, 0.1, 5));
    }

    @Test
    void notANumberAndInfinitiesAreLeftOutOfFigures() {
        ColumnProfile column = Shares.profile(
                        "x", List.of(1.0, Double.NaN, 3.0, Double.POSITIVE_INFINITY, Double.NaN, -0.0, 0.0))
                .column("x");
        Moments moments = column.moments().orElseThrow();

        assertThat(moments.count()).isEqualTo(4);
        assertThat(moments.nans()).isEqualTo(2);
        assertThat(moments.infinities()).isEqualTo(1);
        assertThat(moments.zeros()).isEqualTo(2);
        assertThat(moments.sum()).isEqualTo(4);
        assertThat(column.smallest()).contains(0.0);
        assertThat(column.largest()).contains(Double.POSITIVE_INFINITY);
        assertThat(column.distinct()).isEqualTo(Count.exact(5));
    }

    @Test
    void everyTypeHasItsValues() {
        LocalDate day = LocalDate.of(2024, 2, 29);
        Instant instant = Instant.parse("2024-02-29T12:00:00.000001Z");
        BigDecimal wide = new BigDecimal("12345678901234567890.25");
        Profile profile = rows(
                        "b: bool", "d: date", "t: timestamp", "n: decimal(10, 2)", "w: decimal(30, 2)", "y: text")
                .of(true, day, instant, new BigDecimal("1.50"), wide, "01FF")
                .cast("y", DataTypes.BINARY)
                .profile(engine);

        assertThat(profile.columns().stream().map(column -> column.smallest().orElseThrow()))
                .containsExactly(true, day, instant, new BigDecimal("1.50"), wide, "01ff");
        assertThat(profile.columns().stream().map(ColumnProfile::largest))
                .isEqualTo(
                        profile.columns().stream().map(ColumnProfile::smallest).toList());
        assertThat(profile.columns().stream().map(column -> column.valueCounts().get(0)))
                .extracting(ValueCount::value)
                .containsExactly(true, day, instant, new BigDecimal("1.50"), wide, "01ff");
    }

    @Test
    void valuesAreCountedWhileThereAreFewerThanAThousand() {
        ColumnProfile few =
                Shares.profile("x", LongStream.range(0, 999).boxed().toList()).column("x");
        ColumnProfile many =
                Shares.profile("x", LongStream.range(0, 1_000).boxed().toList()).column("x");

        assertThat(few.valueCounts()).hasSize(999);
        assertThat(few.valueCounts().get(1)).isEqualTo(new ValueCount(1L, Count.exact(1)));
        assertThat(many.valueCounts()).isEmpty();
        assertThat(many.distinct()).isEqualTo(Count.exact(1_000));
        assertThat(many.quantiles().orElseThrow().median()).isEqualTo(499.5);
    }

    @Test
    void moreDistinctValuesThanTheLimitAreAnEstimateThatSaysSo() {
        ColumnProfile column = Shares.profile(
                        "x", LongStream.range(0, 50_000).boxed().toList())
                .column("x");

        assertThat(column.distinct().precision()).isEqualTo(Precision.ESTIMATED);
        assertThat(column.distinct().value()).isBetween(48_500L, 50_000L);
        assertThat(column.alerts()).extracting(Alert::kind).containsExactly(Kind.ID_LIKE);
    }

    @Test
    void valuesThatOccurOftenBeforeOthersKeepTheirQuantiles() {
        List<Long> values = new ArrayList<>();
        for (long value = 0; value < 100_000; value++) {
            values.add(value < 60_000 ? value % 3 * 10_000 : value);
        }
        Quantiles quantiles =
                Shares.profile("x", values).column("x").quantiles().orElseThrow();

        assertThat(quantiles.precision()).isEqualTo(Precision.ESTIMATED);
        assertThat(quantiles.at(0.05)).isZero();
        assertThat(quantiles.at(0.25)).isEqualTo(10_000);
        assertThat(quantiles.at(0.5)).isEqualTo(20_000);
        assertThat(quantiles.at(0.75)).isCloseTo(75_000, within(300.0));
        assertThat(quantiles.at(0.999)).isCloseTo(99_900, within(10.0));
    }

    @Test
    void textLengthsAreCodePoints() {
        ColumnProfile column =
                Shares.profile("t", List.of("", "ä𝄞b", "abcdefgh")).column("t");

        assertThat(column.textLengths()).contains(new TextLengths(0, 8, 11 / 3.0));
        assertThat(column.counts().empty()).isEqualTo(1);
        assertThat(column.largest()).contains("ä𝄞b");
    }

    @Test
    void longTextsAreTellApartButShownCut() {
        String start = "ä".repeat(600);
        ColumnProfile column =
                Shares.profile("t", List.of(start + "1", start + "2")).column("t");

        assertThat(column.distinct()).isEqualTo(Count.exact(2));
        assertThat(column.valueCounts())
                .containsExactly(
                        new ValueCount("ä".repeat(512) + "…", Count.exact(1)),
                        new ValueCount("ä".repeat(512) + "…", Count.exact(1)));
        assertThat(column.largest()).contains("ä".repeat(512) + "…");
    }

    @Test
    void textsAreCountedByTheTypeTheyWouldHave() {
        ColumnProfile column = Shares.profile(
                        "t",
                        Arrays.<@Nullable String>asList(
                                "12",
                                "-7",
                                "007",
                                "1.5",
                                "1e3",
                                "TRUE",
                                "2024-02-29",
                                "2024-02-30",
                                "x",
                                null,
                                "2024-02-29T10:00:00Z",
                                "NaN"))
                .column("t");

        assertThat(column.typeCounts())
                .containsExactly(
                        Map.entry("int64", 2L),
                        Map.entry("float64", 3L),
                        Map.entry("bool", 1L),
                        Map.entry("date", 1L),
                        Map.entry("timestamp", 1L),
                        Map.entry("text", 3L),
                        Map.entry("null", 1L));
    }

    @Test
    void duplicateRowsAreCountedAcrossColumnsAndTypes() {
        Profile profile = rows("a", "b", "c")
                .of("x", 1, null, "x", 1, null, "x", 1, 0.5, "y", 1, null, "x", 1, null)
                .profile(engine);

        assertThat(profile.duplicateRows()).isEqualTo(Count.exact(2));
        assertThat(profile.alerts())
                .containsExactly(new Alert(Kind.DUPLICATE_ROWS, "2 of 5 rows are equal to an earlier one"));
    }

    @Test
    void everyAlertNamesItsEvidence() {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(Arrays.asList(
                    i,
                    null,
                    i < 60 ? null : (Object) i,
                    "same",
                    i < 95 ? "no" : "yes",
                    "text " + i % 70,
                    i < 99 ? 0.0 : 1_000.0,
                    "0" + (1 + i % 9) + "/0" + (1 + i % 7) + "/2024",
                    2.0 * i));
        }
        Profile profile = rows("id", "nothing", "little: int64", "one", "rare", "many", "zero", "when", "twice")
                .ofRows(all)
                .profile(engine);

        List<String> alerts = new ArrayList<>();
        for (ColumnProfile column : profile.columns()) {
            column.alerts()
                    .forEach(alert ->
                            alerts.add(column.name() + " " + alert.kind().text() + " " + alert.evidence()));
        }
        assertThat(alerts)
                .containsExactly(
                        "id id_like 100 different values among 100",
                        "id correlated the correlation with 'little' is 1",
                        "id correlated the correlation with 'twice' is 1",
                        "nothing all_null all 100 cells are null",
                        "little mostly_null 60.0 % of the cells are null",
                        "little id_like 40 different values among 40",
                        "little correlated the correlation with 'id' is 1",
                        "little correlated the correlation with 'twice' is 1",
                        "one constant all 100 values are 'same'",
                        "rare imbalance 95.0 % of the values are 'no'",
                        "many high_cardinality 70 different values among 100",
                        "zero skewed the skewness is 9.702",
                        "zero many_zeros 99.0 % of the numbers are 0",
                        "when high_cardinality 63 different values among 100",
                        "when ambiguous_dates 86 dates can be read with the day first and with the month first,"
                                + " and none in one way only",
                        "twice correlated the correlation with 'id' is 1",
                        "twice correlated the correlation with 'little' is 1");
    }

    @Test
    void datesOfBothOrdersAreAmbiguousAndOfOneAreNot() {
        assertThat(Shares.profile("d", List.of("31/12/2024", "12/31/2024"))
                        .column("d")
                        .alerts())
                .containsExactly(new Alert(Kind.AMBIGUOUS_DATES, "1 dates have their day first and 1 their month"));
        assertThat(Shares.profile("d", List.of("31.12.24", "1.2.24"))
                        .column("d")
                        .alerts())
                .isEmpty();
        assertThat(Shares.profile("d", List.of("1/2/3", "1/2", "1//2024"))
                        .column("d")
                        .alerts())
                .isEmpty();
    }

    @Test
    void correlationsAreOfTheFirstNumericColumns() {
        String[] names = IntStream.range(0, 22).mapToObj(i -> "x" + i).toArray(String[]::new);
        Profile profile = rows(names)
                .of(IntStream.range(0, 44).mapToObj(i -> (Object) i).toArray())
                .profile(engine);

        assertThat(profile.correlations()).hasSize(190);
        assertThat(profile.correlationsLeftOut()).isEqualTo(2);
        assertThat(profile.toString())
                .endsWith("  correlations are of the first 20 numeric columns; 2 more have none\n");
    }

    @Test
    void noRowsHaveAProfile() {
        Profile profile = rows("x: int64", "t: text").none().profile(engine);

        assertThat(profile.rowCount()).isZero();
        assertThat(profile.column("x").quantiles()).isEmpty();
        assertThat(profile.column("x").moments().orElseThrow().mean()).isNaN();
        assertThat(profile.column("t").textLengths()).isEmpty();
        assertThat(profile.toString()).isEqualTo("""
                0 rows, 2 columns, no duplicate rows

                column  type   null  distinct  min  median  max  values
                x       int64     0         0
                t       text      0         0
                """);
    }

    @Test
    void aTableHasAHistogramOrTheMostFrequentValueOfEachColumn() {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(Arrays.asList(
                    1_000_000_000L + i,
                    i % 7 == 0 ? null : (Object) (i * i / 100.0),
                    i % 3 == 0 ? "a long name that does not fit" : "b\nc",
                    LocalDate.of(2024, 1, 1).plusDays(i % 50),
                    i % 2 == 0));
        }
        Profile profile = rows("identifier of the customer", "price", "name", "day", "member")
                .ofRows(all)
                .profile(engine);

        assertThat(profile.toString()).isEqualTo("""
                200 rows, 5 columns, no duplicate rows

                column                type       null  distinct           min      median         max  values
                identifier of the c…  int64         0       200    1000000000  1000000100  1000000199  ██████████
                price                 float64  14.5 %       171          0.01         100      396.01  █▄▃▃▂▂▂▂▂▂
                name                  text          0         2  a long name…                     b�c  b�c 67 %
                day                   date          0        50    2024-01-01  2024-01-25  2024-02-19  ██████████
                member                bool          0         2         false                    true  false 50 %

                Look at
                  identifier of the customer: id_like, 200 different values among 200
                  identifier of the customer: correlated, the correlation with 'price' is 0.968267
                  price: correlated, the correlation with 'identifier of the customer' is 0.968267
                """);
        assertThat(profile.toString().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void anUnknownColumnIsNamedWithWhatThereIs() {
        Profile profile = rows("size", "colour").of(1, "red").profile(engine);

        assertThatThrownBy(() -> profile.column("sise")).hasMessage("""
                UNKNOWN_COLUMN: Cannot find column 'sise' in the profile
                  Did you mean 'size'?
                  Columns here: size, colour""");
    }

    @Test
    void binsAreAsManyAsAsked() {
        Dataflow numbers = rows("x").of(1, 2, 3, 4, 10);

        assertThat(numbers.profile(engine, options -> options.bins(3))
                        .column("x")
                        .histogram()
                        .orElseThrow()
                        .bins())
                .containsExactly(new Histogram.Bin(1, 4, 3), new Histogram.Bin(4, 7, 1), new Histogram.Bin(7, 10, 1));
        assertThatThrownBy(() -> ProfileOptions.defaults().bins(0)).hasMessage("bins must be between 1 and 1000: 0");
    }
}
