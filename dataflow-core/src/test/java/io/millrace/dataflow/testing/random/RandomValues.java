package io.millrace.dataflow.testing.random;

import io.millrace.dataflow.expr.Bytes;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Values on which engines are likely to differ. */
final class RandomValues {
    /** The types of columns that a plan can hold values of. */
    static final List<DataType> TYPES = List.of(
            DataTypes.BOOL,
            DataTypes.INT64,
            DataTypes.FLOAT64,
            DataTypes.decimal(12, 2),
            DataTypes.TEXT,
            DataTypes.DATE,
            DataTypes.TIMESTAMP,
            DataTypes.BINARY);

    /** The types that most aggregates want, and truth, which some do. */
    static final List<DataType> NUMBERS =
            List.of(DataTypes.INT64, DataTypes.FLOAT64, DataTypes.FLOAT64, DataTypes.decimal(12, 2), DataTypes.BOOL);

    /** Names of units, zones, patterns and forms, and other texts that some function takes as a constant. */
    static final List<String> CONSTANTS = List.of(
            "microsecond",
            "second",
            "hour",
            "day",
            "week",
            "month",
            "quarter",
            "year",
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "-03:30",
            "%Y-%m-%d",
            "%d.%m.%y",
            "%B %d, %Y",
            "%a %j %Y",
            "%Y-%m-%d %H:%M:%S.%f",
            "%Y%m%d%H%M%S",
            "%d %b %Y %I:%M %p %z",
            "yyyy-MM-dd",
            "dd.MM.yyyy HH:mm",
            "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
            "[a-c]+",
            "(?<a>\\w)(.)",
            "\\s",
            "^(.*?),?$",
            "<$0>",
            "$1",
            "NFC",
            "NFD",
            "NFKC",
            ",",
            ".",
            "'",
            "",
            "a",
            "no",
            "yes",
            "int64",
            "list<int64>",
            "struct<a: int64, no: text>",
            "BAD");

    private static final List<Long> WHOLE =
            List.of(0L, 1L, -1L, 2L, 3L, -7L, 12L, 63L, 2024L, 86_400L, 1L << 53, Long.MAX_VALUE, Long.MIN_VALUE);
    private static final List<Double> REAL = List.of(
            0.0,
            -0.0,
            1.0,
            -1.5,
            2.5,
            0.1,
            2.675,
            1e15,
            -3e8,
            1e300,
            -1e300,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY);
    private static final List<String> DECIMAL =
            List.of("0.00", "0.01", "-0.05", "1.50", "-2.50", "12345678.90", "9999999999.99", "-9999999999.99");
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "A",
            "ab",
            "b,c",
            "a,b,,c",
            " x  y\t",
            "12",
            " 12",
            "-3",
            "7.50",
            "1e3",
            "1,234.5",
            "1'000",
            "NaN",
            "-Infinity",
            "true",
            "yes",
            "straße",
            "e\u0301o",
            "\u00e9",
            "🐦",
            "🐦🐦a",
            "\uFFFD",
            "\uFF5E",
            "don't STOP",
            "2024-02-29",
            "29.02.24",
            "February 29, 2024",
            "2024-03-31T01:30:00+01:00",
            "2024-02-29 23:59:59.5",
            "20240229235959",
            "01.03.2024 07:05",
            "[3, null, 1, 3]",
            "{\"no\": {\"x\": [1.50]}, \"a\": 7e1}",
            "{\"a\": 1, \"a\": 2}",
            "[1, 2.5]",
            "-290308-12-21T19:59:05.224192Z",
            "0aff",
            "9223372036854775808");
    private static final List<LocalDate> DATES = List.of(
            LocalDate.EPOCH,
            LocalDate.of(2024, 2, 29),
            LocalDate.of(2024, 12, 30),
            LocalDate.of(1969, 12, 31),
            LocalDate.of(1582, 10, 10),
            LocalDate.of(1, 1, 1),
            LocalDate.of(-44, 3, 15),
            LocalDate.of(12_345, 6, 7),
            LocalDate.ofEpochDay(Integer.MAX_VALUE),
            LocalDate.ofEpochDay(Integer.MIN_VALUE));
    private static final List<Instant> TIMES = List.of(
            Instant.EPOCH,
            Instant.parse("2024-02-29T23:59:59.999999Z"),
            Instant.parse("2024-03-31T00:59:59Z"),
            Instant.parse("2024-03-31T01:00:00Z"),
            Instant.parse("2024-10-27T00:30:00Z"),
            Instant.parse("2024-10-27T01:30:00Z"),
            Instant.parse("2023-11-05T06:30:00.000001Z"),
            Instant.parse("1969-12-31T23:59:59.5Z"),
            Instant.parse("1884-01-01T00:00:00Z"),
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("+12345-06-07T08:09:10Z"),
            Instant.EPOCH.plus(Long.MAX_VALUE, java.time.temporal.ChronoUnit.MICROS),
            Instant.EPOCH.plus(Long.MIN_VALUE, java.time.temporal.ChronoUnit.MICROS));

    private static final List<String> BYTES = List.of("", "00", "0a", "ff", "0aff", "c3a9");

    private RandomValues() {}

    static <T> T oneOf(Random random, List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** A value of a type, one in six null. */
    static @Nullable Object cell(Random random, DataType type) {
        return random.nextInt(6) == 0 ? null : value(random, type);
    }

    /** A value of one of {@link #TYPES}. */
    static Object value(Random random, DataType type) {
        if (type instanceof DataType.Bool) {
            return random.nextBoolean();
        }
        if (type instanceof DataType.Int64) {
            return random.nextInt(3) > 0 ? (Object) (long) (random.nextInt(9) - 2) : oneOf(random, WHOLE);
        }
        if (type instanceof DataType.Float64) {
            return random.nextInt(2) > 0 ? (Object) ((random.nextInt(40) - 10) / 4.0) : oneOf(random, REAL);
        }
        if (type instanceof DataType.Decimal decimal) {
            BigDecimal value = new BigDecimal(oneOf(random, DECIMAL));
            return value.setScale(decimal.scale(), java.math.RoundingMode.DOWN);
        }
        if (type instanceof DataType.Text) {
            return oneOf(random, random.nextInt(5) == 0 ? CONSTANTS : TEXTS);
        }
        if (type instanceof DataType.Date) {
            return oneOf(random, DATES);
        }
        if (type instanceof DataType.Timestamp) {
            return oneOf(random, TIMES);
        }
        if (type instanceof DataType.Binary) {
            return Bytes.ofHex(oneOf(random, BYTES));
        }
        throw new IllegalArgumentException("no values of " + type);
    }
}
