package io.millrace.dataflow.kernel;

import static io.millrace.dataflow.schema.DataTypes.BINARY;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static io.millrace.dataflow.schema.DataTypes.listOf;
import static io.millrace.dataflow.schema.DataTypes.struct;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.ArrowTypes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTextTest {
    private final RootAllocator allocator = new RootAllocator();

    @AfterEach
    void freesEverything() {
        assertThat(allocator.getAllocatedMemory()).isZero();
        allocator.close();
    }

    @Test
    void boolsAreReadInAnyCase() {
        assertThat(parsed("true", BOOL)).isEqualTo(true);
        assertThat(parsed("FALSE", BOOL)).isEqualTo(false);
        assertThat(formatted("True", BOOL)).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t", "1", "yes", " true", "true "})
    void otherTextIsNoBool(String text) {
        assertThat(CellText.fits(text, BOOL)).isFalse();
    }

    @Test
    void int64SpansItsWholeRange() {
        assertThat(parsed("-9223372036854775808", INT64)).isEqualTo(Long.MIN_VALUE);
        assertThat(parsed("9223372036854775807", INT64)).isEqualTo(Long.MAX_VALUE);
        assertThat(parsed("+12", INT64)).isEqualTo(12L);
        assertThat(parsed("007", INT64)).isEqualTo(7L);
        assertThat(parsed("-0", INT64)).isEqualTo(0L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                " 1",
                "1 ",
                "1.0",
                "1,000",
                "1e3",
                "0x10",
                "9223372036854775808",
                "-9223372036854775809",
                "99999999999999999999999",
                "٣",
                "12d"
            })
    void otherTextIsNoInt64(String text) {
        assertThat(CellText.fits(text, INT64)).isFalse();
    }

    @Test
    void float64IsTheNearestDouble() {
        assertThat(parsed("1", FLOAT64)).isEqualTo(1.0);
        assertThat(parsed("-0", FLOAT64)).isEqualTo(-0.0);
        assertThat(parsed("0.1", FLOAT64)).isEqualTo(0.1);
        assertThat(parsed("1.", FLOAT64)).isEqualTo(1.0);
        assertThat(parsed(".5", FLOAT64)).isEqualTo(0.5);
        assertThat(parsed("+2.5E-3", FLOAT64)).isEqualTo(0.0025);
        assertThat(parsed("9007199254740993", FLOAT64)).isEqualTo(9007199254740992.0);
        assertThat(parsed("1.7976931348623157e308", FLOAT64)).isEqualTo(Double.MAX_VALUE);
        assertThat(parsed("4.9E-324", FLOAT64)).isEqualTo(Double.MIN_VALUE);
        assertThat(parsed("1e-400", FLOAT64)).isEqualTo(0.0);
        assertThat(parsed("nan", FLOAT64)).isEqualTo(Double.NaN);
        assertThat(parsed("-inf", FLOAT64)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(parsed("Infinity", FLOAT64)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-", ".", "-.", "1e", "1e+", "e5", "1d", "1f", " 1", "1 ", "0x1p3", "1_0", "1,5", "1.2.3", "1e999",
                "-1e999", "+nan", "--1", "1e5x"
            })
    void otherTextIsNoFloat64(String text) {
        assertThat(CellText.fits(text, FLOAT64)).isFalse();
    }

    @Test
    void decimalsAreExact() {
        assertThat(parsed("12.3", decimal(10, 2))).isEqualTo(new BigDecimal("12.30"));
        assertThat(parsed("-12.3400", decimal(10, 2))).isEqualTo(new BigDecimal("-12.34"));
        assertThat(parsed("1.5e3", decimal(4, 0))).isEqualTo(new BigDecimal("1500"));
        assertThat(parsed("1500e-2", decimal(3, 1))).isEqualTo(new BigDecimal("15.0"));
        assertThat(parsed("0e999999999", decimal(1, 0))).isEqualTo(new BigDecimal("0"));
        assertThat(parsed(".05", decimal(2, 2))).isEqualTo(new BigDecimal("0.05"));
        assertThat(parsed("10.01", decimal(4, 2))).isEqualTo(new BigDecimal("10.01"));
        assertThat(parsed("99999999999999999999999999999999999999", decimal(38, 0)))
                .isEqualTo(new BigDecimal("99999999999999999999999999999999999999"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "1.234", "100", "1e2", "1e999999999", "1e-3", "19,90", "NaN", "1.2e", "1.2x"})
    void textThatIsNoDecimalOfThatSizeDoesNotFit(String text) {
        assertThat(CellText.fits(text, decimal(4, 2))).isFalse();
    }

    @Test
    void datesAreDaysOfTheCalendar() {
        assertThat(parsed("2024-02-29", DATE)).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(parsed("1970-01-01", DATE)).isEqualTo(LocalDate.EPOCH);
        assertThat(parsed("0000-01-01", DATE)).isEqualTo(LocalDate.of(0, 1, 1));
        assertThat(parsed("+12345-06-07", DATE)).isEqualTo(LocalDate.of(12345, 6, 7));
        assertThat(parsed("-0001-12-31", DATE)).isEqualTo(LocalDate.of(-1, 12, 31));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2023-02-29",
                "2024-13-01",
                "2024-00-01",
                "2024-04-31",
                "2024-1-1",
                "24-01-01",
                "2024/01/01",
                "20240101",
                "2024-01-01 ",
                "+2024-01-01",
                "2024-01-01T00:00",
                "+999999999-12-31"
            })
    void otherTextIsNoDate(String text) {
        assertThat(CellText.fits(text, DATE)).isFalse();
    }

    @Test
    void timestampsAreInstants() {
        assertThat(parsed("2024-03-01T12:30:15Z", TIMESTAMP)).isEqualTo(Instant.parse("2024-03-01T12:30:15Z"));
        assertThat(parsed("2024-03-01 12:30", TIMESTAMP)).isEqualTo(Instant.parse("2024-03-01T12:30:00Z"));
        assertThat(parsed("2024-03-01", TIMESTAMP)).isEqualTo(Instant.parse("2024-03-01T00:00:00Z"));
        assertThat(parsed("2024-03-01T01:30:00+02:00", TIMESTAMP)).isEqualTo(Instant.parse("2024-02-29T23:30:00Z"));
        assertThat(parsed("2024-03-01T12:30:00-0530", TIMESTAMP)).isEqualTo(Instant.parse("2024-03-01T18:00:00Z"));
        assertThat(parsed("2024-03-01T12:30:00+02", TIMESTAMP)).isEqualTo(Instant.parse("2024-03-01T10:30:00Z"));
        assertThat(parsed("2024-03-01T12:30:00.5", TIMESTAMP)).isEqualTo(Instant.parse("2024-03-01T12:30:00.500Z"));
        assertThat(parsed("1969-12-31T23:59:59.123456000Z", TIMESTAMP))
                .isEqualTo(Instant.parse("1969-12-31T23:59:59.123456Z"));
        assertThat(formatted("2024-03-01 12:30:15.120", TIMESTAMP)).isEqualTo("2024-03-01T12:30:15.12Z");
        assertThat(formatted("2024-03-01", TIMESTAMP)).isEqualTo("2024-03-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "T",
                "2024-03-01T",
                "2024-03-01T12",
                "2024-03-01T12:3",
                "2024-03-01T24:00",
                "2024-03-01T12:60",
                "2024-03-01T12:30:60",
                "2024-03-01T12:30:",
                "2024-03-01T12:30:15.",
                "2024-03-01T12:30:15.1234567",
                "2024-03-01T12:30:15 Z",
                "2024-03-01T12:30:15+19:00",
                "2024-03-01T12:30:15+1:00",
                "2024-03-01  12:30",
                "12:30",
                "1/8/1990 0:00",
                "+300000-01-01T00:00:00Z"
            })
    void otherTextIsNoTimestamp(String text) {
        assertThat(CellText.fits(text, TIMESTAMP)).isFalse();
    }

    @Test
    void binaryIsHexadecimal() {
        assertThat(formatted("00fF7a", BINARY)).isEqualTo("00ff7a");
        assertThat(CellText.fits("0", BINARY)).isFalse();
        assertThat(CellText.fits("0g", BINARY)).isFalse();
    }

    @Test
    void misfitsWriteNothing() {
        try (FieldVector vector = ArrowTypes.vector("x", INT64, allocator)) {
            assertThat(CellText.parse("4", INT64, vector, 0)).isTrue();
            assertThat(CellText.parse("four", INT64, vector, 1)).isFalse();
            vector.setValueCount(2);
            assertThat(vector.isNull(0)).isFalse();
            assertThat(vector.isNull(1)).isTrue();
        }
    }

    @Test
    void listsAreWrittenAsJsonAndNotRead() {
        DataType type = listOf(TEXT);
        try (FieldVector vector = ArrowTypes.vector("x", type, allocator)) {
            UnionListWriter writer = ((org.apache.arrow.vector.complex.ListVector) vector).getWriter();
            writer.setPosition(0);
            writer.startList();
            writer.writeVarChar("a \"b\"\n");
            writer.writeVarChar("c");
            writer.endList();
            writer.setValueCount(1);
            assertThat(CellText.format(type, vector, 0)).isEqualTo("[\"a \\\"b\\\"\\u000a\",\"c\"]");
        }
        assertThat(CellText.fits("[]", type)).isFalse();
        assertThat(CellText.fits("{}", struct(Field.optional("a", INT64)))).isFalse();
    }

    @Test
    void everyTypeFormatsToTextThatParsesBack() {
        try (FieldVector longs = ArrowTypes.vector("x", INT64, allocator);
                FieldVector doubles = ArrowTypes.vector("x", FLOAT64, allocator);
                FieldVector decimals = ArrowTypes.vector("x", decimal(38, 10), allocator);
                FieldVector texts = ArrowTypes.vector("x", TEXT, allocator);
                FieldVector days = ArrowTypes.vector("x", DATE, allocator);
                FieldVector instants = ArrowTypes.vector("x", TIMESTAMP, allocator);
                FieldVector bytes = ArrowTypes.vector("x", BINARY, allocator)) {
            ((BigIntVector) longs).setSafe(0, Long.MIN_VALUE);
            ((Float8Vector) doubles).setSafe(0, Double.MIN_NORMAL);
            ((DecimalVector) decimals).setSafe(0, new BigDecimal("-1234567890123456789012345678.0987654321"));
            ((VarCharVector) texts).setSafe(0, new byte[] {'a', 0, '"'});
            ((DateDayVector) days).setSafe(0, Integer.MIN_VALUE);
            ((TimeStampMicroTZVector) instants).setSafe(0, Long.MIN_VALUE + 1);
            ((VarBinaryVector) bytes).setSafe(0, new byte[0]);
            assertRoundTrip(INT64, longs);
            assertRoundTrip(FLOAT64, doubles);
            assertRoundTrip(decimal(38, 10), decimals);
            assertRoundTrip(TEXT, texts);
            assertRoundTrip(DATE, days);
            assertRoundTrip(TIMESTAMP, instants);
            assertRoundTrip(BINARY, bytes);
        }
    }

    private void assertRoundTrip(DataType type, FieldVector vector) {
        vector.setValueCount(1);
        String text = CellText.format(type, vector, 0);
        assertThat(parsed(text, type)).isEqualTo(ArrowTypes.value(type, vector, 0));
    }

    private Object parsed(String text, DataType type) {
        try (FieldVector vector = ArrowTypes.vector("x", type, allocator)) {
            assertThat(CellText.parse(text, type, vector, 0)).as(text).isTrue();
            vector.setValueCount(1);
            return Objects.requireNonNull(ArrowTypes.value(type, vector, 0));
        }
    }

    private String formatted(String text, DataType type) {
        try (FieldVector vector = ArrowTypes.vector("x", type, allocator)) {
            assertThat(CellText.parse(text, type, vector, 0)).as(text).isTrue();
            vector.setValueCount(1);
            return CellText.format(type, vector, 0);
        }
    }
}
