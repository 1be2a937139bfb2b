package io.millrace.dataflow.kernel;

import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.ArrowTypes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.Test;

/** What is appended is what the formatter of cell text gives. */
class CellOutputTest {
    private interface Setting {
        void set(FieldVector vector);
    }

    private static void assertAppended(DataType type, Setting setting) {
        try (BufferAllocator allocator = new RootAllocator();
                FieldVector vector = ArrowTypes.vector("a", type, allocator)) {
            vector.allocateNew();
            setting.set(vector);
            vector.setValueCount(1);
            CellOutput output = new CellOutput(1);
            output.put((byte) '<');
            CellOutput.appender(type).append(output, vector, 0);
            assertThat(new String(output.bytes(), 0, output.size(), StandardCharsets.UTF_8))
                    .isEqualTo("<" + CellText.format(type, vector, 0));
        }
    }

    @Property(seed = "21", tries = 2_000)
    void ofWholeNumbers(@ForAll("longs") long value) {
        assertAppended(INT64, vector -> ((BigIntVector) vector).setSafe(0, value));
    }

    @Property(seed = "22", tries = 2_000)
    void ofNumbers(@ForAll("doubles") double value) {
        assertAppended(FLOAT64, vector -> ((Float8Vector) vector).setSafe(0, value));
    }

    @Property(seed = "23", tries = 1_000)
    void ofDecimals(@ForAll("longs") long unscaled, @ForAll @IntRange(max = 18) int scale) {
        BigDecimal value = BigDecimal.valueOf(unscaled % 1_000_000_000_000_000_000L, scale);
        assertAppended(decimal(18, scale), vector -> ((DecimalVector) vector).setSafe(0, value));
    }

    @Property(seed = "24", tries = 1_000)
    void ofDates(@ForAll("days") int day) {
        assertAppended(DATE, vector -> ((DateDayVector) vector).setSafe(0, day));
    }

    @Property(seed = "25", tries = 2_000)
    void ofTimestamps(@ForAll("micros") long micros) {
        assertAppended(TIMESTAMP, vector -> ((TimeStampMicroTZVector) vector).setSafe(0, micros));
    }

    @Property(seed = "26", tries = 200)
    void ofTexts(@ForAll("texts") String text) {
        assertAppended(TEXT, vector -> ((VarCharVector) vector).setSafe(0, text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void ofEveryDayOfFourHundredYears() {
        int first = (int) LocalDate.of(1800, 1, 1).toEpochDay();
        CellOutput output = new CellOutput(16);
        try (BufferAllocator allocator = new RootAllocator();
                DateDayVector vector = (DateDayVector) ArrowTypes.vector("a", DATE, allocator)) {
            vector.allocateNew(1);
            for (int day = first; day < first + 146_097; day++) {
                vector.setSafe(0, day);
                output.cut(0);
                CellOutput.appender(DATE).append(output, vector, 0);
                assertThat(new String(output.bytes(), 0, output.size(), StandardCharsets.UTF_8))
                        .isEqualTo(LocalDate.ofEpochDay(day).toString());
            }
        }
    }

    @Provide
    Arbitrary<Long> longs() {
        Arbitrary<Long> near = Arbitraries.integers()
                .between(0, 18)
                .flatMap(power -> Arbitraries.longs().between(-2, 2).map(more -> (long) Math.pow(10, power) + more));
        return Arbitraries.oneOf(Arbitraries.longs(), near, near.map(value -> -value));
    }

    @Provide
    Arbitrary<Double> doubles() {
        Arbitrary<Double> written = Arbitraries.longs()
                .between(-1_000_000_000_000_000L, 1_000_000_000_000_000L)
                .flatMap(unscaled -> Arbitraries.integers()
                        .between(0, 20)
                        .map(scale -> BigDecimal.valueOf(unscaled, scale).doubleValue()));
        Arbitrary<Double> bits = Arbitraries.longs().map(Double::longBitsToDouble);
        Arbitrary<Double> odd = Arbitraries.of(
                0.0,
                -0.0,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                0.001,
                0.00099,
                9_999_999.0,
                10_000_000.0,
                9_999_999.9999,
                0.1 + 0.2,
                1 / 3.0);
        return Arbitraries.oneOf(written, written, bits, odd);
    }

    @Provide
    Arbitrary<Integer> days() {
        return Arbitraries.oneOf(Arbitraries.integers(), Arbitraries.integers().between(-800_000, 3_000_000));
    }

    @Provide
    Arbitrary<Long> micros() {
        Arbitrary<Long> usual = Arbitraries.longs().between(-70_000_000_000_000_000L, 260_000_000_000_000_000L);
        return Arbitraries.oneOf(
                Arbitraries.longs(),
                usual,
                usual.map(value -> value / 1_000 * 1_000),
                usual.map(value -> value / 1_000_000 * 1_000_000));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("", "a", "é", "𝄞", "a longer text than eight bytes");
    }
}
