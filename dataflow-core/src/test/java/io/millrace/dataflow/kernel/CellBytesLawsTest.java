package io.millrace.dataflow.kernel;

import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.ArrowTypes;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;

/** What is decided of the bytes of a cell is what its text means, and plain cells are decided. */
class CellBytesLawsTest {
    private static final String LETTERS = "0123456789.-+eE:TZ /_,\"\0trufalsNnIy\u00df\u0661\u2028";
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private static final List<DataType.Decimal> DECIMALS =
            List.of(new DataType.Decimal(18, 4), new DataType.Decimal(6, 0), new DataType.Decimal(3, 3));

    private static final RootAllocator ALLOCATOR = new RootAllocator();

    @AfterContainer
    static void close() {
        ALLOCATOR.close();
    }

    @Property(seed = "1", tries = 20_000)
    void decidedCellsAreWhatTheirTextMeans(
            @ForAll("cells") String text,
            @ForAll @IntRange(max = 20) int before,
            @ForAll @IntRange(max = 9) int after) {
        agree(text, before, after);
    }

    @Property(seed = "2", tries = 5_000)
    void anyBytesAreUndecidedOrWhatTheirTextMeans(@ForAll @Size(max = 24) byte[] bytes) {
        String text = new String(bytes, UTF_8);
        if (Arrays.equals(text.getBytes(UTF_8), bytes)) {
            agree(text, 0, 0);
        } else {
            assertThat(CellBytes.int64(bytes, 0, bytes.length)).isEqualTo(CellBytes.UNDECIDED);
            assertThat(CellBytes.float64Bits(bytes, 0, bytes.length)).isEqualTo(CellBytes.UNDECIDED_FLOAT64);
            assertThat(CellBytes.date(bytes, 0, bytes.length)).isEqualTo(CellBytes.UNDECIDED_DATE);
            assertThat(CellBytes.timestamp(bytes, 0, bytes.length)).isEqualTo(CellBytes.UNDECIDED);
            assertThat(CellBytes.bool(bytes, 0, bytes.length)).isEqualTo(CellBytes.UNDECIDED_BOOL);
        }
    }

    @Property(seed = "3", tries = 5_000)
    void wholeNumbersAreDecided(
            @ForAll @LongRange(min = -Long.MAX_VALUE) long value, @ForAll @IntRange(max = 20) int before) {
        assertThat(CellBytes.int64(padded(Long.toString(value), before, 3), before, before + length(value)))
                .isEqualTo(value);
    }

    @Property(seed = "4", tries = 5_000)
    void doublesOfAllBitsAreDecided(@ForAll long bits, @ForAll @IntRange(max = 20) int before) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            String text = Double.toString(value);
            assertThat(CellBytes.float64Bits(padded(text, before, 2), before, before + text.length()))
                    .as(text)
                    .isEqualTo(bits);
        }
    }

    @Property(seed = "5", tries = 5_000)
    void fractionsAreDecidedAsTheJdkRoundsThem(
            @ForAll long unscaled, @ForAll @IntRange(max = 30) int scale, @ForAll @IntRange(max = 20) int before) {
        String text = BigDecimal.valueOf(unscaled, scale).toPlainString();
        assertThat(CellBytes.float64Bits(padded(text, before, 2), before, before + text.length()))
                .as(text)
                .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    }

    @Property(seed = "6", tries = 5_000)
    void datesAreDecided(@ForAll @IntRange(min = -719_528, max = 2_932_896) int day) {
        byte[] bytes = LocalDate.ofEpochDay(day).toString().getBytes(UTF_8);
        assertThat(CellBytes.date(bytes, 0, bytes.length)).isEqualTo(day);
        assertThat(CellBytes.timestamp(bytes, 0, bytes.length)).isEqualTo(day * 86_400_000_000L);
    }

    @Property(seed = "7", tries = 5_000)
    void timestampsAreDecided(
            @ForAll @LongRange(min = -62_000_000_000_000_000L, max = 253_000_000_000_000_000L) long micros) {
        byte[] bytes = TimeText.formatTimestamp(micros).getBytes(UTF_8);
        assertThat(CellBytes.timestamp(bytes, 0, bytes.length)).isEqualTo(micros);
    }

    @Property(seed = "8", tries = 5_000)
    void localTimesAreDecided(
            @ForAll @LongRange(min = -62_000_000_000L, max = 253_000_000_000L) long second,
            @ForAll @IntRange(min = -18, max = 18) int offset) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        byte[] seconds = SECONDS.format(time).getBytes(UTF_8);
        assertThat(CellBytes.timestamp(seconds, 0, seconds.length)).isEqualTo(second * 1_000_000);
        String zone = String.format(Locale.ROOT, "%+03d:00", offset);
        byte[] minutes = (MINUTES.format(time) + zone).getBytes(UTF_8);
        assertThat(CellBytes.timestamp(minutes, 0, minutes.length))
                .isEqualTo((Math.floorDiv(second, 60) * 60 - offset * 3600L) * 1_000_000);
    }

    @Property(seed = "9", tries = 5_000)
    void decimalsOfAtMost18DigitsAreDecided(
            @ForAll @LongRange(min = -999_999_999_999_999_999L, max = 999_999_999_999_999_999L) long unscaled,
            @ForAll @IntRange(max = 18) int scale) {
        String text = BigDecimal.valueOf(unscaled, scale).toPlainString();
        // With all of its digits behind the point, a number has one more ahead of it.
        boolean decided = text.chars().filter(Character::isDigit).count() <= 18;
        assertThat(CellBytes.decimal(text.getBytes(UTF_8), 0, text.length(), 18, scale))
                .as(text)
                .isEqualTo(decided ? unscaled : CellBytes.UNDECIDED);
    }

    @Property(seed = "10", tries = 5_000)
    void bytesAreUtf8WhenTheJdkDecodesThem(@ForAll("almostUtf8") byte[] bytes, @ForAll @IntRange(max = 3) int from) {
        int start = Math.min(from, bytes.length);
        boolean valid;
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, bytes.length - start));
            valid = true;
        } catch (CharacterCodingException malformed) {
            valid = false;
        }
        assertThat(Utf8.isValid(bytes, start, bytes.length)).isEqualTo(valid);
        int end = Utf8.validUntil(bytes, start, bytes.length);
        assertThat(new String(bytes, start, end - start, UTF_8).getBytes(UTF_8))
                .isEqualTo(Arrays.copyOfRange(bytes, start, end));
    }

    @Example
    void aNumberOfVeryManyDigitsIsRounded() {
        String text = "0." + "123456789".repeat(20_000) + "e-5";
        assertThat(CellBytes.float64Bits(text.getBytes(UTF_8), 0, text.length()))
                .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    }

    @Example
    void whatTheParserOfDoublesTakesBeyondNumbersIsUndecided() {
        for (String text : new String[] {"0x1p3", "1d", "1f", " 1", "1 ", "NaN", "Infinity", "1e400", "1e", ".", "+"}) {
            assertThat(CellBytes.float64Bits(text.getBytes(UTF_8), 0, text.length()))
                    .as(text)
                    .isEqualTo(CellBytes.UNDECIDED_FLOAT64);
        }
    }

    @Provide
    static Arbitrary<String> cells() {
        Arbitrary<Integer> zeros = Arbitraries.integers().between(0, 4);
        Arbitrary<String> plain = Arbitraries.oneOf(
                Arbitraries.longs().map(value -> Long.toString(value)),
                Arbitraries.longs().map(value -> "+" + (value >>> 1)),
                Arbitraries.doubles().ofScale(9).map(value -> Double.toString(value)),
                Arbitraries.longs().map(bits -> Double.toString(Double.longBitsToDouble(bits))),
                Combinators.combine(Arbitraries.longs(), Arbitraries.integers().between(-6, 24))
                        .as((unscaled, scale) ->
                                BigDecimal.valueOf(unscaled, scale).toPlainString()),
                Combinators.combine(zeros, Arbitraries.longs()).as((count, value) -> "0".repeat(count) + (value >>> 1)),
                Arbitraries.integers().between(-800_000, 3_000_000).map(day -> LocalDate.ofEpochDay(day)
                        .toString()),
                Arbitraries.longs().map(value -> Instant.ofEpochSecond(value >> 28, value & 0x3fff_ffff % 999_999_999)
                        .toString()),
                Arbitraries.longs().map(TimeText::formatTimestamp),
                Combinators.combine(
                                Arbitraries.of("2024-02-29T23:59", "1970-01-01 00:00:00", "0000-01-01 12:30:59"),
                                Arbitraries.of("", ":30", ".5", ".0000010", ".1234560000", ".1234567", ".", ":60"),
                                Arbitraries.of(
                                        "", "Z", "z", "+02", "-0230", "+02:30", "+18:00", "+18:01", "+2", "-1:00"))
                        .as((time, fraction, zone) -> time + fraction + zone),
                Arbitraries.of(
                        "true",
                        "True",
                        "TRUE",
                        "false",
                        "fAlSe",
                        "fal\u017fe",
                        "tru",
                        "truee",
                        "NaN",
                        "-inf",
                        "Infinity",
                        "9223372036854775807",
                        "-9223372036854775808",
                        "9223372036854775808",
                        "1e22",
                        "1e23",
                        "9007199254740993",
                        "9007199254740992",
                        "0.1e-30",
                        "4.9e-324",
                        "2.4e-324",
                        "1.8e308",
                        "999999999999999999",
                        "9999999999999999999",
                        "-0",
                        "-0.0",
                        "-",
                        "+",
                        ".",
                        "",
                        "5.",
                        ".5"),
                Arbitraries.strings().withChars(LETTERS).ofMaxLength(22));
        Arbitrary<String> nearMiss = Combinators.combine(
                        plain, Arbitraries.integers().between(0, 40), Arbitraries.of(chars()), Arbitraries.of(0, 1, 2))
                .as((text, place, letter, kind) -> {
                    int at = text.isEmpty() ? 0 : place % text.length();
                    int rest = Math.min(text.length(), at + (kind == 0 ? 0 : 1));
                    return text.substring(0, at) + (kind == 2 ? "" : letter) + text.substring(rest);
                });
        return Arbitraries.oneOf(plain, nearMiss);
    }

    @Provide
    static Arbitrary<byte[]> almostUtf8() {
        Arbitrary<String> text = Arbitraries.strings()
                .withChars("ab,1\u00e9\u0416\u20ac\u0800\uffff")
                .ofMaxLength(24)
                .map(some -> some.replace("b", "\ud83d\ude00"));
        Arbitrary<Byte> odd = Arbitraries.of(
                        0x80, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xa0, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xf5, 0xff)
                .map(Integer::byteValue);
        Arbitrary<byte[]> damaged = Combinators.combine(
                        text, odd, Arbitraries.integers().between(0, 60))
                .as((some, value, place) -> {
                    byte[] bytes = some.getBytes(UTF_8);
                    if (bytes.length > 0) {
                        bytes[place % bytes.length] = value;
                    }
                    return bytes;
                });
        Arbitrary<byte[]> cut = Combinators.combine(text, Arbitraries.integers().between(0, 3))
                .as((some, less) -> {
                    byte[] bytes = some.getBytes(UTF_8);
                    return Arrays.copyOf(bytes, Math.max(0, bytes.length - less));
                });
        Arbitrary<byte[]> odds = odd.list().ofMaxSize(5).map(list -> {
            byte[] bytes = new byte[list.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = list.get(i);
            }
            return bytes;
        });
        return Arbitraries.oneOf(text.map(some -> some.getBytes(UTF_8)), damaged, cut, odds);
    }

    private static Character[] chars() {
        return LETTERS.chars().mapToObj(c -> (char) c).toArray(Character[]::new);
    }

    private static int length(long value) {
        return Long.toString(value).length();
    }

    private static byte[] padded(String text, int before, int after) {
        byte[] cell = text.getBytes(UTF_8);
        byte[] bytes = new byte[before + cell.length + after];
        Arrays.fill(bytes, (byte) '7');
        System.arraycopy(cell, 0, bytes, before, cell.length);
        return bytes;
    }

    private static void agree(String text, int before, int after) {
        byte[] bytes = padded(text, before, after);
        int to = bytes.length - after;
        long whole = CellBytes.int64(bytes, before, to);
        if (whole != CellBytes.UNDECIDED) {
            assertThat(value(text, INT64)).as(text).isEqualTo(whole);
        }
        long real = CellBytes.float64Bits(bytes, before, to);
        if (real != CellBytes.UNDECIDED_FLOAT64) {
            assertThat(value(text, FLOAT64)).as(text).isEqualTo(real);
        }
        int day = CellBytes.date(bytes, before, to);
        if (day != CellBytes.UNDECIDED_DATE) {
            assertThat(value(text, DATE)).as(text).isEqualTo(day);
        }
        long micros = CellBytes.timestamp(bytes, before, to);
        if (micros != CellBytes.UNDECIDED) {
            assertThat(value(text, TIMESTAMP)).as(text).isEqualTo(micros);
        }
        int bool = CellBytes.bool(bytes, before, to);
        if (bool != CellBytes.UNDECIDED_BOOL) {
            assertThat(value(text, BOOL)).as(text).isEqualTo(bool);
        }
        for (DataType.Decimal type : DECIMALS) {
            long unscaled = CellBytes.decimal(bytes, before, to, type.precision(), type.scale());
            if (unscaled != CellBytes.UNDECIDED) {
                assertThat(value(text, type)).as(text).isEqualTo(BigDecimal.valueOf(unscaled, type.scale()));
            }
        }
    }

    private static Object value(String text, DataType type) {
        try (FieldVector vector = ArrowTypes.vector("x", type, ALLOCATOR)) {
            assertThat(CellText.parse(text, type, vector, 0)).as(text).isTrue();
            vector.setValueCount(1);
            if (vector instanceof BigIntVector whole) {
                return whole.get(0);
            } else if (vector instanceof Float8Vector real) {
                return Double.doubleToRawLongBits(real.get(0));
            } else if (vector instanceof DateDayVector day) {
                return day.get(0);
            } else if (vector instanceof TimeStampMicroTZVector micros) {
                return micros.get(0);
            } else if (vector instanceof BitVector bool) {
                return bool.get(0);
            }
            return ((DecimalVector) vector).getObjectNotNull(0);
        }
    }
}
