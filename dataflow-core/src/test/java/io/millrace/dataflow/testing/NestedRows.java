package io.millrace.dataflow.testing;

import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Rows of any types, with nulls, extremes and every kind of text. */
public record NestedRows(Schema schema, List<List<@Nullable Object>> rows) {
    private static final List<DataType> LEAVES = List.of(
            DataTypes.BOOL,
            DataTypes.INT64,
            DataTypes.FLOAT64,
            DataTypes.decimal(38, 10),
            DataTypes.decimal(5, 0),
            DataTypes.TEXT,
            DataTypes.DATE,
            DataTypes.TIMESTAMP);

    /** Rows with lists and structs, three levels deep at most. */
    public static Arbitrary<NestedRows> any() {
        return of(types(2));
    }

    /** Rows that CSV can hold: without lists, structs and NUL characters, of two columns or more. */
    public static Arbitrary<NestedRows> flat() {
        return of(Arbitraries.of(LEAVES)).map(NestedRows::withoutNul);
    }

    private NestedRows withoutNul() {
        List<List<@Nullable Object>> clean = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> cells = new ArrayList<>(row);
            cells.replaceAll(cell -> cell instanceof String text ? text.replace('\0', ' ') : cell);
            clean.add(cells);
        }
        return new NestedRows(schema, clean);
    }

    /** The rows as a batch without positions. */
    public Batch batch(BufferAllocator allocator) {
        List<Cells> columns = new ArrayList<>();
        for (int column = 0; column < schema.size(); column++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (List<@Nullable Object> row : rows) {
                values.add(row.get(column));
            }
            columns.add(CellValues.of(schema.field(column).type(), values, allocator));
        }
        return Batch.of(schema, columns, rows.size(), null);
    }

    /** Rows as text, so that what is printed alike is equal: bytes by their content, NaN by its name. */
    public static List<String> printed(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(NestedRows::print).toList().toString())
                .toList();
    }

    private static String print(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(NestedRows::print).toList().toString();
        }
        if (value instanceof Map<?, ?> map) {
            StringBuilder text = new StringBuilder("{");
            map.forEach((name, part) ->
                    text.append(name).append('=').append(print(part)).append(';'));
            return text.append('}').toString();
        }
        return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
    }

    private static Arbitrary<NestedRows> of(Arbitrary<DataType> types) {
        return types.list().ofMinSize(2).ofMaxSize(4).flatMap(columns -> {
            List<Field> fields = new ArrayList<>();
            List<Arbitrary<@Nullable Object>> cells = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                fields.add(Field.optional("c " + i, columns.get(i)));
                cells.add(values(columns.get(i)));
            }
            Arbitrary<List<@Nullable Object>> row = Combinators.combine(cells).as(ArrayList::new);
            return row.list().ofMaxSize(6).map(rows -> new NestedRows(Schema.of(fields), rows));
        });
    }

    private static Arbitrary<DataType> types(int levels) {
        Arbitrary<DataType> leaf = Arbitraries.of(LEAVES);
        if (levels == 0) {
            return leaf;
        }
        Arbitrary<DataType> list = types(levels - 1).map(DataTypes::listOf);
        Arbitrary<DataType> struct = types(levels - 1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> {
                    List<Field> fields = new ArrayList<>();
                    parts.forEach(part -> fields.add(Field.optional("p" + fields.size(), part)));
                    return new DataType.Struct(fields);
                });
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(2, leaf), net.jqwik.api.Tuple.of(1, list), net.jqwik.api.Tuple.of(1, struct));
    }

    private static Arbitrary<@Nullable Object> values(DataType type) {
        return some(type).injectNull(0.2);
    }

    private static Arbitrary<@Nullable Object> some(DataType type) {
        if (type instanceof DataType.Bool) {
            return Arbitraries.of(true, false).map(value -> value);
        }
        if (type instanceof DataType.Int64) {
            return Arbitraries.longs().map(value -> value);
        }
        if (type instanceof DataType.Float64) {
            return Arbitraries.doubles()
                    .map(value -> (Object) value)
                    .edgeCases(edges -> edges.add(
                            Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE));
        }
        if (type instanceof DataType.Decimal decimal) {
            BigInteger most = BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.ONE);
            return Arbitraries.bigIntegers()
                    .between(most.negate(), most)
                    .map(digits -> new BigDecimal(digits, decimal.scale()));
        }
        if (type instanceof DataType.Text) {
            return Arbitraries.strings()
                    .ofMaxLength(12)
                    .filter(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF))
                    .map(text -> text);
        }
        if (type instanceof DataType.Date) {
            return Arbitraries.longs().between(-800_000, 3_000_000).map(LocalDate::ofEpochDay);
        }
        if (type instanceof DataType.Timestamp) {
            return Arbitraries.longs()
                    .between(-60_000_000_000_000_000L, 200_000_000_000_000_000L)
                    .map(micros -> Instant.EPOCH.plus(micros, java.time.temporal.ChronoUnit.MICROS));
        }
        if (type instanceof DataType.ListOf list) {
            return values(list.element()).list().ofMaxSize(3).map(elements -> new ArrayList<>(elements));
        }
        DataType.Struct struct = (DataType.Struct) type;
        List<Arbitrary<@Nullable Object>> parts = new ArrayList<>();
        struct.fields().forEach(field -> parts.add(values(field.type())));
        return Combinators.combine(parts).as(cells -> {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = 0; i < cells.size(); i++) {
                map.put(struct.fields().get(i).name(), cells.get(i));
            }
            return map;
        });
    }
}
