package io.millrace.dataflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.kernel.CellText;
import io.millrace.dataflow.kernel.NumberShape;
import io.millrace.dataflow.schema.DataTypes;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Bytes are judged as their text is, in whatever shares. */
class TextEvidenceLawsTest {
    private static final String LETTERS = "0123456789.-+eETZ: /trufalsnNiIyx\u0131\u017f";

    @Property(seed = "1", tries = 10_000)
    void bytesNarrowAsTheirTextDoes(@ForAll("columns") List<String> cells, @ForAll @IntRange(max = 20) int before) {
        TextEvidence texts = new TextEvidence();
        TextEvidence bytes = new TextEvidence();
        for (String cell : cells) {
            texts.observe(cell);
            byte[] padded = ("7".repeat(before) + cell + ",77777777").getBytes(UTF_8);
            bytes.observe(padded, before, padded.length - 9);
            assertThat(bytes.candidates()).as(cell).isEqualTo(texts.candidates());
        }
        assertThat(bytes.type()).isEqualTo(texts.type());
    }

    @Property(seed = "2", tries = 2_000)
    void sharesThatAreJoinedAreTheWhole(@ForAll("columns") List<String> cells, @ForAll @IntRange(max = 6) int cut) {
        ColumnEvidence whole = evidence(cells, 0);
        int end = Math.min(cut, cells.size());
        ColumnEvidence joined = evidence(cells.subList(0, end), 0);
        joined.join(evidence(cells.subList(end, cells.size()), end));
        assertThat(joined.column("x")).isEqualTo(whole.column("x"));
    }

    @Property(seed = "3", tries = 5_000)
    void aPlainNumberParses(@ForAll("cells") String cell, @ForAll @IntRange(max = 20) int before) {
        byte[] padded = (".".repeat(before) + cell).getBytes(UTF_8);
        NumberShape shape = NumberShape.of(padded, before, padded.length);
        if (shape != NumberShape.OTHER) {
            assertThat(CellText.fits(cell, DataTypes.FLOAT64)).as(cell).isTrue();
            assertThat(CellText.fits(cell, DataTypes.INT64)).as(cell).isEqualTo(shape == NumberShape.WHOLE);
        }
    }

    @Property(seed = "4", tries = 2_000)
    void plainNumbersAreSeen(
            @ForAll long unscaled, @ForAll @IntRange(max = 19) int scale, @ForAll @IntRange(max = 20) int before) {
        BigDecimal number = BigDecimal.valueOf(unscaled, scale);
        String text = number.toPlainString();
        byte[] padded = ("9".repeat(before) + text).getBytes(UTF_8);
        NumberShape shape = NumberShape.of(padded, before, padded.length);
        boolean isLong = scale == 0 && number.precision() > 15;
        assertThat(shape)
                .as(text)
                .isEqualTo(isLong ? NumberShape.OTHER : scale == 0 ? NumberShape.WHOLE : NumberShape.FRACTION);
    }

    @Example
    void bytesThatAreNoTextSayNothing() {
        TextEvidence evidence = new TextEvidence();
        evidence.observe(new byte[] {(byte) 0xe9, 'x'}, 0, 2);
        evidence.observe(new byte[] {'1', (byte) 0xe9}, 0, 2);
        evidence.observe(new byte[] {'x', 0}, 0, 2);
        evidence.observe(new byte[] {'1', '2'}, 0, 2);
        assertThat(evidence.type()).isEqualTo(DataTypes.INT64);
    }

    @Example
    void aFractionBeyondTheRangeOfDoublesIsText() {
        TextEvidence evidence = new TextEvidence();
        byte[] bytes = ("1".repeat(400) + ".5").getBytes(UTF_8);
        evidence.observe(bytes, 0, bytes.length);
        assertThat(evidence.type()).isEqualTo(DataTypes.TEXT);
    }

    private static ColumnEvidence evidence(List<String> cells, int first) {
        ColumnEvidence evidence = new ColumnEvidence("x.csv", 0);
        for (int i = 0; i < cells.size(); i++) {
            evidence.observe(cells.get(i), first + i + 1L);
        }
        return evidence;
    }

    @Provide
    static Arbitrary<List<String>> columns() {
        Arbitrary<Arbitrary<String>> kinds = Arbitraries.of(
                numbers(),
                Arbitraries.oneOf(numbers(), Arbitraries.longs().map(String::valueOf)),
                times(),
                Arbitraries.of("true", "FALSE", "False", ""),
                Arbitraries.of("3/4/2024", "13/4/2024", "4/13/24", "1.2.2003 10:30", "5-5-1999", ""),
                cells());
        return kinds.flatMap(
                kind -> Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(20, kind), net.jqwik.api.Tuple.of(1, cells()))
                        .list()
                        .ofMaxSize(12));
    }

    @Provide
    static Arbitrary<String> cells() {
        return Arbitraries.oneOf(
                numbers(),
                times(),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.of(
                        "true",
                        "false",
                        "fal\u017fe",
                        "t",
                        "nan",
                        "NaN",
                        "\u0131nf",
                        "In",
                        "inf",
                        "-Infinity",
                        "Inf\u0131n\u0131ty",
                        "007",
                        "-007",
                        "0",
                        "-0",
                        "0.",
                        "00.5",
                        "+1",
                        "1e5",
                        "0e5",
                        "1e400",
                        "9007199254740992",
                        "9007199254740993",
                        "-9007199254740993",
                        "9223372036854775807",
                        "9223372036854775808",
                        "123456789012345678901",
                        "1.2.3",
                        "12345678.1234567.",
                        "....",
                        "-",
                        ""),
                Arbitraries.strings().withChars(LETTERS).ofMaxLength(20));
    }

    private static Arbitrary<String> numbers() {
        return Combinators.combine(
                        Arbitraries.longs(), Arbitraries.integers().between(0, 12), Arbitraries.of(8, 30, 50))
                .as((bits, scale, shift) ->
                        BigDecimal.valueOf(bits >> shift, scale).toPlainString());
    }

    private static Arbitrary<String> times() {
        return Arbitraries.of(
                "2024-03-01",
                "1999-12-31",
                "2024-02-30",
                "2024-03-01T12:00",
                "2024-03-01 12:00:00.5+02:00",
                "+12024-03-01",
                "-0001-12-31",
                "2024-03-01T25:00",
                "2024-03-01T12:00:00.1234567",
                "0000-01-01");
    }
}
