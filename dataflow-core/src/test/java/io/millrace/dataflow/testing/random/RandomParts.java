package io.millrace.dataflow.testing.random;

import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Random values for the components of records, and so for steps and what they are made of, whatever steps there are. Only
 * what a name means is known here: columns of the input, or names of new ones.
 */
final class RandomParts {
    private static final Set<String> NEW_NAMES = Set.of("name", "to", "nameColumn", "valueColumn", "newName");
    private static final int DEEPEST = 6;

    private final Random random;
    private final Schema left;
    private final Schema right;

    /** @param right the schema of the second input; that of the first when there is one */
    RandomParts(Random random, Schema left, Schema right) {
        this.random = random;
        this.left = left;
        this.right = right;
    }

    /** A record that was refused by its own constructor, or for which nothing fits. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason, null, false, false);
        }
    }

    /**
     * A record with random components.
     *
     * @throws Refused when its constructor does not take them
     */
    <T> T record(Class<T> type) {
        return type.cast(make(type, 0));
    }

    private Object make(Class<?> type, int depth) {
        if (depth > DEEPEST) {
            throw new Refused("too deep");
        }
        if (type.isSealed() && !type.isRecord()) {
            Class<?>[] kinds = type.getPermittedSubclasses();
            return make(kinds[random.nextInt(kinds.length)], depth + 1);
        }
        if (type.equals(JoinKeys.Pair.class)) {
            return pair();
        }
        if (type.equals(Aggregate.class)) {
            return new RandomMeasures(random, left).aggregate();
        }
        if (type.equals(WindowFunction.class)) {
            return new RandomMeasures(random, left).function();
        }
        if (type.equals(Frame.class)) {
            return new RandomMeasures(random, left).frame();
        }
        if (!type.isRecord()) {
            throw new Refused("no random " + type.getName());
        }
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = part(components[i].getGenericType(), components[i].getName(), depth + 1);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            throw new Refused(String.valueOf(refused.getCause()));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private @Nullable Object part(Type type, String name, int depth) {
        if (type instanceof ParameterizedType of) {
            return container(of, name, depth);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            Object[] constants = plain.getEnumConstants();
            return constants[random.nextInt(constants.length)];
        }
        if (plain.equals(String.class)) {
            return name(name);
        }
        if (plain.equals(long.class)) {
            return (long) random.nextInt(9);
        }
        if (plain.equals(int.class)) {
            return random.nextInt(9);
        }
        if (plain.equals(boolean.class)) {
            return random.nextBoolean();
        }
        if (plain.equals(double.class)) {
            return random.nextInt(5) / 4.0;
        }
        if (plain.equals(BigDecimal.class)) {
            return BigDecimal.valueOf(random.nextInt(9), 1);
        }
        if (plain.equals(OptionalDouble.class)) {
            return switch (random.nextInt(3)) {
                case 0 -> OptionalDouble.empty();
                case 1 -> OptionalDouble.of(random.nextInt(5) / 4.0);
                default -> OptionalDouble.of(1 + random.nextInt(3));
            };
        }
        if (plain.equals(OptionalLong.class)) {
            return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(5) - 2);
        }
        if (plain.equals(Object.class)) {
            return random.nextInt(5) == 0 ? null : RandomValues.value(random, anyType());
        }
        if (plain.equals(Expr.class)) {
            RandomExpressions expressions = new RandomExpressions(random, left);
            boolean condition = name.equals("predicate") || name.equals("condition");
            return condition ? expressions.of(DataTypes.BOOL, 2) : expressions.any();
        }
        if (plain.equals(DataType.class)) {
            return anyType();
        }
        return make(plain, depth);
    }

    private Object container(ParameterizedType type, String name, int depth) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] of = type.getActualTypeArguments();
        if (raw.equals(Optional.class)) {
            boolean none = random.nextBoolean() || name.equals("path");
            return none ? Optional.empty() : Optional.ofNullable(part(of[0], name, depth));
        }
        if (raw.equals(List.class)) {
            List<Object> list = new ArrayList<>();
            for (int i = random.nextInt(of[0].equals(Expr.class) ? 3 : 4); i > 0; i--) {
                Object part = part(of[0], name, depth);
                if (part != null && !list.contains(part)) {
                    list.add(part);
                }
            }
            return list;
        }
        if (raw.equals(Map.class)) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                map.put(name(""), name("name"));
            }
            return map;
        }
        throw new Refused("no random " + type);
    }

    private DataType anyType() {
        return RandomValues.oneOf(random, RandomValues.TYPES);
    }

    private String name(String component) {
        boolean fresh = NEW_NAMES.contains(component) ? random.nextInt(4) > 0 : random.nextInt(40) == 0;
        return fresh || left.size() == 0
                ? "n" + random.nextInt(1_000)
                : RandomValues.oneOf(random, left.fields()).name();
    }

    /** Two columns of one type, more often than not of one name; or two expressions. */
    private JoinKeys.Pair pair() {
        List<JoinKeys.Pair> columns = new ArrayList<>();
        for (Field a : left.fields()) {
            for (Field b : right.fields()) {
                if (a.type().equals(b.type())) {
                    JoinKeys.Pair pair = new JoinKeys.Pair(Expr.col(a.name()), Expr.col(b.name()));
                    columns.add(pair);
                    if (pair.isShared()) {
                        columns.addAll(List.of(pair, pair, pair));
                    }
                }
            }
        }
        if (columns.isEmpty() || random.nextInt(5) == 0) {
            DataType type = anyType();
            return new JoinKeys.Pair(
                    new RandomExpressions(random, left).of(type, 1), new RandomExpressions(random, right).of(type, 1));
        }
        return RandomValues.oneOf(random, columns);
    }
}
