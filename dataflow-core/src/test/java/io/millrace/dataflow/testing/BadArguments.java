package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.expr.WindowColumn;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Arguments that are sometimes right, mostly wrong, and now and then null. */
public final class BadArguments {
    private static final List<String> TEXTS = List.of(
            "a",
            "t",
            "x",
            "e",
            "l",
            "s",
            "f",
            "none",
            "",
            " ",
            "(",
            "\\",
            "$1",
            "%Q",
            "a".repeat(70),
            "Mars/Base",
            "\u00e9",
            "day",
            "UTC",
            ",");
    private static final List<Long> WHOLE = List.of(0L, 1L, 2L, -1L, 7L, 40L, Long.MAX_VALUE, Long.MIN_VALUE);
    private static final List<Double> REAL = List.of(0.0, 0.5, -1.0, 2.0, 1e300, Double.NaN, Double.NEGATIVE_INFINITY);
    private static final List<DataType> TYPES = List.of(
            DataTypes.BOOL,
            DataTypes.INT64,
            DataTypes.TEXT,
            DataTypes.DATE,
            DataTypes.BINARY,
            DataTypes.decimal(3, 1),
            DataTypes.listOf(DataTypes.INT64));

    private final Random random;
    private final Dataflow dataflow;

    /** @param dataflow what stands for another dataflow */
    public BadArguments(Random random, Dataflow dataflow) {
        this.random = random;
        this.dataflow = dataflow;
    }

    /** One for each parameter of a method. */
    public @Nullable Object[] of(Method method) {
        return Arrays.stream(method.getGenericParameterTypes())
                .map(type -> type instanceof ParameterizedType generic ? container(generic) : of((Class<?>) type))
                .toArray();
    }

    /** Whether something is null, or has a null in it. */
    public static boolean hasNull(@Nullable Object value) {
        if (value instanceof Object[] array) {
            return hasNull(Arrays.asList(array));
        }
        return value == null
                || (value instanceof Collection<?> some && some.stream().anyMatch(BadArguments::hasNull))
                || (value instanceof Map<?, ?> map && (hasNull(map.keySet()) || hasNull(map.values())));
    }

    private @Nullable Object container(ParameterizedType type) {
        if (random.nextInt(12) == 0) {
            return null;
        }
        Type last = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
        if (last instanceof WildcardType any) {
            last = any.getUpperBounds()[0];
        }
        Class<?> element = last instanceof Class<?> plain
                ? plain
                : last instanceof ParameterizedType of ? (Class<?>) of.getRawType() : Object.class;
        Class<?> raw = (Class<?>) type.getRawType();
        if (raw == Map.class) {
            Map<@Nullable Object, @Nullable Object> map = new HashMap<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                Object key = type.getActualTypeArguments()[0].getTypeName().contains("List<")
                        ? Collections.singletonList(any())
                        : oneOf(TEXTS);
                map.put(key, of(element));
            }
            return map;
        }
        if (Collection.class.isAssignableFrom(raw)) {
            List<@Nullable Object> list = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                list.add(element == Map.class ? container((ParameterizedType) last) : of(element));
            }
            return list;
        }
        return of(raw);
    }

    private <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private @Nullable Object of(Class<?> type) {
        if (!type.isPrimitive() && random.nextInt(12) == 0) {
            return null;
        }
        if (type.isArray()) {
            Object array = Array.newInstance(type.getComponentType(), random.nextInt(3));
            for (int i = 0; i < Array.getLength(array); i++) {
                Array.set(array, i, of(type.getComponentType()));
            }
            return array;
        }
        if (type.isEnum()) {
            return oneOf(Arrays.asList(type.getEnumConstants()));
        }
        if (type == long.class || type == Long.class) {
            return oneOf(WHOLE);
        }
        if (type == int.class || type == Integer.class) {
            return (int) (long) oneOf(WHOLE);
        }
        if (type == double.class || type == Double.class) {
            return oneOf(REAL);
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        return value(type);
    }

    private @Nullable Object value(Class<?> type) {
        if (type == String.class) {
            return oneOf(TEXTS);
        }
        if (type == Object.class) {
            return any();
        }
        if (type == Expr.class) {
            return random.nextInt(3) == 0 ? lit(any()) : col(oneOf(TEXTS));
        }
        if (type == DataType.class) {
            return oneOf(TYPES);
        }
        if (type == ColumnSelector.class) {
            return oneOf(List.of(ColumnSelector.columns(oneOf(TEXTS)), ColumnSelector.numeric(), ColumnSelector.all()));
        }
        if (type == List.class) {
            return Collections.nCopies(random.nextInt(3), oneOf(TEXTS));
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(oneOf(WHOLE));
        }
        if (type == BigDecimal.class) {
            return new BigDecimal("1.25");
        }
        return part(type);
    }

    /** A part of the language. */
    private @Nullable Object part(Class<?> type) {
        if (type == Dataflow.class) {
            return dataflow;
        }
        if (type == Recipe.class) {
            return Recipe.empty().drop(oneOf(TEXTS));
        }
        if (type == Aggregate.class || type == WindowColumn.class) {
            return type == WindowColumn.class && random.nextBoolean()
                    ? WindowFunction.rank()
                    : Aggregate.sum(oneOf(TEXTS));
        }
        if (type == SortKey.class) {
            return SortKey.ascending(oneOf(TEXTS));
        }
        if (type == Frame.class) {
            return Frame.running();
        }
        if (type == JoinKeys.class) {
            return JoinKeys.of(oneOf(TEXTS));
        }
        if (type == JoinOptions.class) {
            return JoinOptions.left(JoinKeys.of(oneOf(TEXTS)));
        }
        if (type == Optional.class) {
            return Optional.empty();
        }
        if (type == OptionalDouble.class) {
            return OptionalDouble.of(oneOf(REAL));
        }
        if (type == OptionalLong.class) {
            return OptionalLong.of(oneOf(WHOLE));
        }
        return type == UnaryOperator.class ? UnaryOperator.identity() : null;
    }

    private @Nullable Object any() {
        return switch (random.nextInt(9)) {
            case 0 -> oneOf(WHOLE);
            case 1 -> oneOf(REAL);
            case 2 -> LocalDate.of(2024, 2, 29);
            case 3 -> Instant.EPOCH;
            case 4 -> col(oneOf(TEXTS));
            case 5 -> List.of(1, 2);
            case 6 -> null;
            case 7 -> new BigDecimal("12345678901234567890.5");
            default -> oneOf(TEXTS);
        };
    }
}
