package io.millrace.dataflow.kernel;

import static io.millrace.dataflow.schema.DataTypes.BINARY;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
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
import java.math.BigInteger;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;

/** Text of a value parses back to the value, and number parsing agrees with the JDK's. */
class CellTextLawsTest {
    @Property(seed = "1")
    void bools(@ForAll boolean value) {
        roundTrip(BOOL, vector -> ((BitVector) vector).setSafe(0, value ? 1 : 0));
    }

    @Property(seed = "2")
    void longs(@ForAll long value) {
        roundTrip(INT64, vector -> ((BigIntVector) vector).setSafe(0, value));
    }

    @Property(seed = "3")
    void doublesOfAllBits(@ForAll long bits) {
        roundTrip(FLOAT64, vector -> ((Float8Vector) vector).setSafe(0, Double.longBitsToDouble(bits)));
    }

    @Property(seed = "4")
    void decimals(
            @ForAll
                    @BigRange(
                            min = "-99999999999999999999999999999999999999",
                            max = "99999999999999999999999999999999999999")
                    BigInteger unscaled,
            @ForAll @IntRange(max = 38) int scale) {
        DataType type = decimal(38, scale);
        roundTrip(type, vector -> ((DecimalVector) vector).setSafe(0, new BigDecimal(unscaled, scale)));
    }

    @Property(seed = "5")
    void texts(@ForAll String value) {
        String valid = new String(
                value.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
        roundTrip(TEXT, vector -> ((VarCharVector) vector)
                .setSafe(0, valid.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Property(seed = "6")
    void dates(@ForAll int day) {
        roundTrip(DATE, vector -> ((DateDayVector) vector).setSafe(0, day));
    }

    @Property(seed = "7")
    void timestamps(@ForAll @LongRange(min = Long.MIN_VALUE + 1) long micros) {
        roundTrip(TIMESTAMP, vector -> ((TimeStampMicroTZVector) vector).setSafe(0, micros));
    }

    @Property(seed = "8")
    void binaries(@ForAll byte[] bytes) {
        roundTrip(BINARY, vector -> ((VarBinaryVector) vector).setSafe(0, bytes));
    }

    @Property(seed = "9", tries = 5_000)
    void numbersParseAsTheJdkParsesThem(
            @ForAll @StringLength(min = 1, max = 9) @CharRange(from = '0', to = '9') @Chars({'.', '-', '+', 'e', 'E'})
                    String text) {
        BigDecimal exact;
        try {
            exact = new BigDecimal(text);
        } catch (NumberFormatException noNumber) {
            assertThat(CellText.fits(text, FLOAT64)).as(text).isFalse();
            assertThat(CellText.fits(text, decimal(38, 19))).as(text).isFalse();
            return;
        }
        double expected = Double.parseDouble(text);
        if (Double.isInfinite(expected)) {
            assertThat(CellText.fits(text, FLOAT64)).as(text).isFalse();
        } else {
            assertThat(Double.longBitsToDouble(NumberText.parseDouble(text)))
                    .as(text)
                    .isEqualTo(expected);
        }
        assertThat(CellText.fits(text, decimal(12, 6))).as(text).isEqualTo(isDecimal(exact, 12, 6));
    }

    private static boolean isDecimal(BigDecimal exact, int precision, int scale) {
        BigDecimal shortest = exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
        return shortest.scale() <= scale && shortest.precision() - shortest.scale() <= precision - scale;
    }

    private static void roundTrip(DataType type, Consumer<FieldVector> set) {
        try (RootAllocator allocator = new RootAllocator();
                FieldVector first = ArrowTypes.vector("x", type, allocator);
                FieldVector second = ArrowTypes.vector("x", type, allocator)) {
            set.accept(first);
            first.setValueCount(1);
            String text = CellText.format(type, first, 0);
            assertThat(CellText.parse(text, type, second, 0)).as(text).isTrue();
            second.setValueCount(1);
            assertThat(ArrowTypes.value(type, second, 0)).isEqualTo(ArrowTypes.value(type, first, 0));
        }
    }
}
