package io.millrace.dataflow.kernel;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.expr.CalendarUnit;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.TextOps;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Laws of functions, and their agreement with the definitions they stand for. */
class FunctionLawsTest {
    private static final TextOps X = col("x").text();
    private static final List<String> ZONES = List.of(
            "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Beirut", "-03:30");
    private static final List<CalendarUnit> FIXED = List.of(
            CalendarUnit.MICROSECOND,
            CalendarUnit.MILLISECOND,
            CalendarUnit.SECOND,
            CalendarUnit.MINUTE,
            CalendarUnit.HOUR,
            CalendarUnit.DAY,
            CalendarUnit.WEEK);

    @Property(tries = 300, seed = "31")
    void theStartAndTheRestAreTheText(@ForAll("texts") String text, @ForAll @IntRange(max = 15) int length) {
        assertThat(values(TEXT, text, X.left(length), X.substring(length), X.right(length), X.substring(-length)))
                .satisfies(parts -> assertThat("" + parts.get(0) + parts.get(1)).isEqualTo(text))
                .satisfies(parts -> assertThat(text.endsWith("" + parts.get(2))).isTrue())
                .satisfies(parts -> {
                    long points = text.codePointCount(0, text.length());
                    assertThat(length == 0 || length > points ? parts.get(2) : parts.get(3))
                            .isEqualTo(parts.get(2));
                });
    }

    @Property(tries = 300, seed = "32")
    void thePartsJoinedByTheSeparatorAreTheText(@ForAll("texts") String text, @ForAll("separators") String separator) {
        List<String> parts = new ArrayList<>();
        for (int index = 0; ; index++) {
            List<@Nullable Object> found = values(TEXT, text, X.part(separator, index), X.partsFrom(separator, index));
            if (found.get(0) == null) {
                assertThat(found.get(1)).isNull();
                break;
            }
            String before = String.join(separator, parts) + (index == 0 ? "" : separator);
            assertThat(before + found.get(1)).isEqualTo(text);
            parts.add((String) found.get(0));
        }

        assertThat(String.join(separator, parts)).isEqualTo(text);
        assertThat(values(TEXT, text, X.countOf(separator), X.part(separator, -parts.size())))
                .containsExactly((long) parts.size() - 1, parts.get(0));
    }

    @Property(tries = 300, seed = "33")
    void textsReversedTwiceAndPaddedAndTrimmedAreTheSame(@ForAll("texts") String text) {
        String padded = "#".repeat(3) + text;
        long length = padded.codePointCount(0, padded.length());

        assertThat(values(
                        TEXT,
                        text,
                        X.reverse().text().reverse(),
                        X.padStart(length, "#").text().trimStart("#"),
                        X.padStart(length, "#"),
                        X.collapseWhiteSpace(),
                        X.collapseWhiteSpace().text().collapseWhiteSpace()))
                .startsWith(text, text, padded)
                .satisfies(found -> assertThat(found.get(3)).isEqualTo(found.get(4)));
    }

    @Property(tries = 300, seed = "34")
    void extractIsTheFirstMatchOfThePattern(@ForAll("texts") String text, @ForAll("patterns") String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        boolean found = matcher.find();

        assertThat(values(
                        TEXT,
                        text,
                        X.extract(pattern),
                        X.extract(pattern, 1),
                        X.containsMatch(pattern),
                        X.matches(pattern),
                        X.replacePattern(pattern, "<$1>")))
                .containsExactly(
                        found ? matcher.group() : null,
                        found ? matcher.group(1) : null,
                        found,
                        Pattern.matches(pattern, text),
                        text.replaceAll(pattern, "<$1>"));
    }

    @Property(tries = 500, seed = "35")
    void roundingIsThatOfTheDecimalThatIsWritten(
            @ForAll double number, @ForAll @IntRange(min = -3, max = 12) int places) {
        for (double x : new double[] {number, number / 1e300, Math.rint(number % 1e6) / 1e3, number % 1e9}) {
            double rounded = Rounding.halfUp(x, places);

            assertThat(rounded + 0.0)
                    .isEqualTo(new BigDecimal(Double.toString(x))
                            .setScale(places, RoundingMode.HALF_UP)
                            .doubleValue());
            assertThat(Rounding.halfUp(rounded, places)).isEqualTo(rounded);
        }
    }

    @Property(tries = 300, seed = "36")
    void floorAndRemainderMakeTheDividend(@ForAll long any, @ForAll @IntRange(min = 1) int divisor) {
        long dividend = any / 2; // so that the product is in range
        Expr x = col("x");
        Expr quotient = x.floorDividedBy(divisor);

        assertThat(values(INT64, dividend, quotient, x.minus(quotient.times(divisor))))
                .containsExactly(Math.floorDiv(dividend, (long) divisor), (long) Math.floorMod(dividend, divisor));
    }

    @Property(tries = 300, seed = "37")
    void aNumberWrittenWithMarksIsReadAgain(@ForAll long hundredths) {
        double number = hundredths % 1_000_000_000_000L / 100.0;
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        symbols.setDecimalSeparator(',');
        symbols.setGroupingSeparator('.');
        String text = new DecimalFormat("#,##0.00", symbols).format(number);

        assertThat(values(TEXT, text, X.toNumber(",", "."))).containsExactly(number + 0.0);
    }

    @Property(tries = 500, seed = "38")
    void aTimeWrittenByAPatternIsReadAgain(@ForAll("times") Instant time, @ForAll("zones") String zone) {
        for (String pattern : List.of(
                "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXXXX",
                "%d %B %Y %I:%M:%S.%f %p %z",
                "%a %y%m%d%H%M%S%f%z",
                "yyyyMMddHHmmssSSSSSS VV",
                "D yyyy N x")) {
            assertThat(values(
                            TIMESTAMP,
                            time,
                            col("x").time().inZone(zone).format(pattern).time().parse(pattern)))
                    .as(pattern)
                    .containsExactly(time);
        }
    }

    @Property(tries = 500, seed = "39")
    void partsInAZoneAreThoseOfItsCalendar(@ForAll("times") Instant time, @ForAll("zones") String zone) {
        ZonedDateTime expected = time.atZone(ZoneId.of(zone));
        var local = col("x").time().inZone(zone);

        assertThat(values(
                        TIMESTAMP,
                        time,
                        local.year(),
                        local.month(),
                        local.day(),
                        local.dayOfYear(),
                        local.dayOfWeek(),
                        local.hour(),
                        local.minute(),
                        local.second(),
                        local.microsecond()))
                .containsExactly(
                        expected.getLong(ChronoField.YEAR),
                        expected.getLong(ChronoField.MONTH_OF_YEAR),
                        expected.getLong(ChronoField.DAY_OF_MONTH),
                        expected.getLong(ChronoField.DAY_OF_YEAR),
                        expected.getLong(ChronoField.DAY_OF_WEEK),
                        expected.getLong(ChronoField.HOUR_OF_DAY),
                        expected.getLong(ChronoField.MINUTE_OF_HOUR),
                        expected.getLong(ChronoField.SECOND_OF_MINUTE),
                        expected.getLong(ChronoField.MICRO_OF_SECOND));
    }

    @Property(tries = 300, seed = "40")
    void unitsAddedAndTakenAwayLeaveTheTime(
            @ForAll("times") Instant time, @ForAll @IntRange(min = -5000, max = 5000) int count) {
        var x = col("x").time();
        for (CalendarUnit unit : FIXED) {
            assertThat(values(
                            TIMESTAMP,
                            time,
                            x.plus(count, unit).time().plus(-count, unit),
                            x.until(x.plus(count, unit), unit)))
                    .as(unit.unitName())
                    .containsExactly(time, (long) count);
        }
    }

    @Property(tries = 300, seed = "41")
    void theStartOfAUnitIsTheLastThatIsNotAfter(@ForAll("times") Instant time, @ForAll("zones") String zone) {
        var x = col("x").time().inZone(zone);
        for (CalendarUnit unit : CalendarUnit.values()) {
            Expr start = x.truncate(unit);
            List<@Nullable Object> found = values(
                    TIMESTAMP,
                    time,
                    start,
                    start.time().inZone(zone).truncate(unit),
                    start.time().inZone(zone).plus(1, unit));

            assertThat(found.get(0)).as(unit.unitName()).isEqualTo(found.get(1));
            assertThat(instant(found.get(0))).as(unit.unitName()).isBeforeOrEqualTo(time);
            assertThat(instant(found.get(2))).as(unit.unitName()).isAfter(time);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "ab", ",", "::", "é", "🐦", " ", "\t", "1", "\n")
                .list()
                .ofMaxSize(10)
                .map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> separators() {
        return Arbitraries.of(",", "::", "ab", "🐦", " ", "aa");
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("(a|b)+", "([^,]*),", "(\\d)?b", "(?s)(.).", "^(\\W+)", "(🐦)|é", "(\\s*)$");
    }

    @Provide
    Arbitrary<Instant> times() {
        return Arbitraries.longs()
                .between(-631_152_000_000_000L + 86_400_000_000L, 2_524_521_600_000_000L - 86_400_000_000L)
                .map(micros -> Instant.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000));
    }

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of(ZONES);
    }

    private static Instant instant(@Nullable Object value) {
        return (Instant) Objects.requireNonNull(value);
    }

    /** The values of expressions over one row whose column {@code x} is {@code value}. */
    private static List<@Nullable Object> values(DataType type, Object value, Expr... expressions) {
        Schema schema = Schema.of(Field.optional("x", type));
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < expressions.length; i++) {
            steps.add(new ColumnStep.WithColumn("y" + i, expressions[i]));
        }
        List<List<@Nullable Object>> rows = List.of(Arrays.asList(value));
        return Replay.of(schema, steps).run(rows, (converted, result) -> {
            List<@Nullable Object> found = new ArrayList<>();
            for (int i = 0; i < expressions.length; i++) {
                found.add(result.cells(i + 1).value(0));
            }
            return found;
        });
    }
}
