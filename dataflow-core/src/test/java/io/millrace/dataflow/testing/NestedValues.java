package io.millrace.dataflow.testing;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random types, lists and structs among them, and random values of them. */
public final class NestedValues {
    private static final List<String> NAMES = List.of("a", "b c", "d, e: <f>", "\"", " ", "größe", "(x)");

    private NestedValues() {}

    /** A type nested at most {@code levels} deep. */
    public static DataType type(Random random, int levels) {
        int kind = random.nextInt(levels > 0 ? 12 : 7);
        return switch (kind) {
            case 0 -> DataTypes.BOOL;
            case 1 -> DataTypes.INT64;
            case 2 -> DataTypes.FLOAT64;
            case 3 -> DataTypes.decimal(20, random.nextInt(6));
            case 4 -> DataTypes.TEXT;
            case 5 -> DataTypes.DATE;
            case 6 -> DataTypes.TIMESTAMP;
            case 7, 8, 9 -> DataTypes.listOf(type(random, levels - 1));
            default -> {
                List<Field> fields = new ArrayList<>();
                for (String name : NAMES.subList(0, 1 + random.nextInt(NAMES.size()))) {
                    fields.add(Field.optional(name, type(random, levels - 1)));
                }
                yield new DataType.Struct(fields);
            }
        };
    }

    /** Values of a type; one in five of them, and of their parts, is null. */
    public static List<@Nullable Object> values(Random random, DataType type, int count) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(random.nextInt(5) == 0 ? null : value(random, type));
        }
        return Collections.unmodifiableList(values);
    }

    private static Object value(Random random, DataType type) {
        if (type instanceof DataType.Bool) {
            return random.nextBoolean();
        }
        if (type instanceof DataType.Int64) {
            return random.nextInt(4) == 0 ? random.nextLong() : (long) random.nextInt(9);
        }
        if (type instanceof DataType.Float64) {
            return random.nextInt(4) == 0 ? Double.longBitsToDouble(0x7ff8000000000000L) : random.nextGaussian() * 1e6;
        }
        if (type instanceof DataType.Decimal decimal) {
            return new BigDecimal(BigInteger.valueOf(random.nextInt()), decimal.scale());
        }
        if (type instanceof DataType.Date) {
            return LocalDate.ofEpochDay(random.nextInt(40_000) - 20_000);
        }
        if (type instanceof DataType.Timestamp) {
            return Instant.EPOCH.plus(random.nextLong() >> 12, ChronoUnit.MICROS);
        }
        if (type instanceof DataType.ListOf list) {
            return values(random, list.element(), random.nextInt(4));
        }
        if (type instanceof DataType.Struct struct) {
            Map<String, @Nullable Object> parts = new LinkedHashMap<>();
            for (Field field : struct.fields()) {
                parts.put(field.name(), values(random, field.type(), 1).get(0));
            }
            return Collections.unmodifiableMap(parts);
        }
        return List.of("", "x", "null", "\"[1]\\", "größe 🐦\n", "a,b").get(random.nextInt(6));
    }
}
