package io.millrace.dataflow.local;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Grouped;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.table.Table;
import io.millrace.dataflow.testing.BadArguments;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every method of the language, found by reflection and called with what does not belong there: wrong names and types,
 * nothing, nulls, the same twice, extremes. It answers with rows, with a {@link DataflowException}, or as Java does for
 * arguments that are wrong by themselves.
 */
class BadInputTest {
    /** How often each method is called. */
    private static final int CALLS = Integer.getInteger("bad.calls", 60);

    /** Those that read or write files, and those of every object. */
    private static final Set<String> LEFT_OUT = Set.of(
            "write",
            "quarantine",
            "iterate",
            "getClass",
            "hashCode",
            "equals",
            "toString",
            "wait",
            "notify",
            "notifyAll");

    private final LocalEngine engine = LocalEngine.create();

    private static Dataflow known() {
        return rows("a", "t", "x", "e: text")
                .of(1, "p", 0.5, "7", null, "q,r", Double.NaN, "no", Long.MIN_VALUE, null, -0.0, null)
                .withColumn("e", col("e").cast(INT64))
                .withColumn("l", col("t").text().splitList(","))
                .withColumn("s", Expr.struct("f", col("a")));
    }

    @Test
    void stepsRefuseBadArgumentsByName() {
        Set<String> wrong = new TreeSet<>();
        for (Class<?> type : List.of(Dataflow.class, Recipe.class, Grouped.class)) {
            for (Method method : methods(type)) {
                BadArguments arguments =
                        new BadArguments(new Random(method.toString().hashCode()), known());
                for (int i = 0; i < CALLS; i++) {
                    Object target =
                            switch (type.getSimpleName()) {
                                case "Dataflow" -> known();
                                case "Recipe" -> Recipe.empty();
                                default -> known().groupBy("t");
                            };
                    tried(method, target, arguments.of(method)).ifPresent(wrong::add);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void expressionsRefuseBadArgumentsByName() {
        Set<String> wrong = new TreeSet<>();
        List<Object> targets = List.of(
                col("a"), col("a").math(), col("t").text(), col("t").time(), col("l").list(), col("s").struct());
        for (Object target : targets) {
            for (Class<?> type : target == targets.get(0) ? List.of(Expr.class) : List.of(target.getClass())) {
                for (Method method : methods(type)) {
                    BadArguments arguments =
                            new BadArguments(new Random(method.toString().hashCode()), known());
                    for (int i = 0; i < CALLS; i++) {
                        tried(method, target, arguments.of(method)).ifPresent(wrong::add);
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void aggregatesAndSelectorsRefuseBadArgumentsByName() {
        Set<String> wrong = new TreeSet<>();
        for (Class<?> type : List.of(Aggregate.class, ColumnSelector.class)) {
            for (Method method : methods(type)) {
                BadArguments arguments =
                        new BadArguments(new Random(method.toString().hashCode()), known());
                for (int i = 0; i < CALLS; i++) {
                    Object target = type == Aggregate.class ? Aggregate.sum("x") : ColumnSelector.numeric();
                    tried(method, target, arguments.of(method)).ifPresent(wrong::add);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static List<Method> methods(Class<?> type) {
        Set<String> seen = new HashSet<>();
        return Arrays.stream(type.getMethods())
                .filter(method -> !LEFT_OUT.contains(method.getName()) && !method.isBridge())
                .filter(method -> !Modifier.isStatic(method.getModifiers())
                        || !method.getName().startsWith("read"))
                .filter(method -> !method.getName().equals("autoRead"))
                .filter(method -> Arrays.stream(method.getParameterTypes())
                        .noneMatch(parameter -> parameter.getName().contains("Engine")))
                .filter(method -> seen.add(method.getName() + Arrays.toString(method.getParameterTypes())))
                .sorted(Comparator.comparing(Method::toString))
                .toList();
    }

    /** What a method made of its arguments when that is neither a result nor a refusal. */
    private Optional<String> tried(Method method, Object target, @Nullable Object[] arguments) {
        try {
            method.setAccessible(true);
            run(method.invoke(target, arguments));
            return Optional.empty();
        } catch (InvocationTargetException thrown) {
            return unexpected(thrown.getTargetException(), method, arguments);
        } catch (RuntimeException | Error thrown) {
            // What is wrong by itself is refused when it is said, not when it runs.
            return thrown instanceof IllegalArgumentException
                    ? Optional.of("when run " + place(thrown) + " of " + call(method, arguments))
                    : unexpected(thrown, method, arguments);
        } catch (IllegalAccessException closed) {
            return Optional.of(closed.toString());
        }
    }

    private void run(@Nullable Object result) {
        Dataflow dataflow = null;
        if (result instanceof Dataflow made) {
            dataflow = made;
        } else if (result instanceof Recipe recipe) {
            dataflow = known().apply(recipe);
        } else if (result instanceof Expr value) {
            dataflow = known().withColumn("new", value);
        } else if (result instanceof Aggregate aggregate) {
            dataflow = known().groupBy("t").aggregate(aggregate);
        } else if (result instanceof ColumnSelector selector) {
            dataflow = known().select(selector);
        }
        if (dataflow != null) {
            assertThat(dataflow.toString()).isNotNull();
            try (Table table = dataflow.collect(engine)) {
                assertThat(table.rowCount()).isNotNegative();
            }
        }
    }

    private static Optional<String> unexpected(Throwable thrown, Method method, @Nullable Object[] arguments) {
        boolean known = thrown instanceof DataflowException
                || thrown instanceof IllegalArgumentException
                || (thrown instanceof NullPointerException && BadArguments.hasNull(Arrays.asList(arguments)));
        return known ? Optional.empty() : Optional.of(place(thrown) + " of " + call(method, arguments));
    }

    private static String place(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return thrown + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    private static String call(Method method, @Nullable Object[] arguments) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName() + Arrays.deepToString(arguments);
    }
}
