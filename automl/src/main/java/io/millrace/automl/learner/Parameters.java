package io.millrace.automl.learner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a learner: names with a number, a whole number, a text, or true or false, sorted by name. Immutable.
 *
 * <p>Two sets of parameters are equal if their {@link #canonical()} texts are.
 */
public final class Parameters {
    private static final Parameters EMPTY = new Parameters(new TreeMap<>());

    private final SortedMap<String, Object> values;

    private Parameters(SortedMap<String, Object> values) {
        this.values = Collections.unmodifiableSortedMap(values);
    }

    /** No parameters: a learner's defaults. */
    public static Parameters empty() {
        return EMPTY;
    }

    /**
     * The given settings. An {@link Integer} becomes a {@link Long} and a {@link Float} a {@link Double}.
     *
     * @throws IllegalArgumentException if a value is of another type, or is not finite
     */
    public static Parameters of(Map<String, ?> values) {
        SortedMap<String, Object> checked = new TreeMap<>();
        values.forEach((name, value) -> checked.put(name, checkedValue(name, value)));
        return new Parameters(checked);
    }

    /** These settings and one more, which replaces one of the same name. */
    public Parameters with(String name, Object value) {
        SortedMap<String, Object> changed = new TreeMap<>(values);
        changed.put(name, checkedValue(name, value));
        return new Parameters(changed);
    }

    /** The settings by name: {@link Double}, {@link Long}, {@link String} or {@link Boolean}. Cannot be changed. */
    public SortedMap<String, Object> values() {
        return values;
    }

    /** The number of that name, or {@code otherwise} if there is none. */
    public double number(String name, double otherwise) {
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw wrongType(name, value, "a number");
    }

    /** The whole number of that name, or {@code otherwise} if there is none. */
    public long integer(String name, long otherwise) {
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Long whole) {
            return whole;
        }
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1L << 53) {
            return number.longValue();
        }
        throw wrongType(name, value, "a whole number");
    }

    /**
     * The whole number of that name, or {@code otherwise} if there is none.
     *
     * @throws IllegalArgumentException if it is less than {@code least} or more than {@code most}
     */
    public int integer(String name, int otherwise, int least, int most) {
        long value = integer(name, otherwise);
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "Cannot set '" + name + "' to " + value + ": it must be between " + least + " and " + most);
        }
        return (int) value;
    }

    /**
     * The number of that name, or {@code otherwise} if there is none.
     *
     * @throws IllegalArgumentException if it is less than {@code least} or more than {@code most}
     */
    public double number(String name, double otherwise, double least, double most) {
        double value = number(name, otherwise);
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "Cannot set '" + name + "' to " + value + ": it must be between " + least + " and " + most);
        }
        return value;
    }

    /** Whether the setting of that name is true, or {@code otherwise} if there is none. */
    public boolean flag(String name, boolean otherwise) {
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrongType(name, value, "true or false");
    }

    /** The text of that name, or {@code otherwise} if there is none. */
    public String text(String name, String otherwise) {
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof String text) {
            return text;
        }
        throw wrongType(name, value, "a text");
    }

    /**
     * Checks that every name is one of {@code known}.
     *
     * @throws IllegalArgumentException naming the first that is not, with the nearest known name
     */
    public void checkNames(String learner, Collection<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("Cannot set '" + name + "' of " + learner + ": no such parameter"
                        + nearest(name, known)
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElse(""));
            }
        }
    }

    /** One text for equal parameters, such as {@code extra_trees=true, learning_rate=0.05}; texts are quoted. */
    public String canonical() {
        List<String> parts = new ArrayList<>();
        values.forEach((name, value) -> parts.add(name + "=" + (value instanceof String text ? quoted(text) : value)));
        return String.join(", ", parts);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Parameters that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return canonical();
    }

    private static Object checkedValue(String name, Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        Object widened = value instanceof Float single ? Double.valueOf(single.toString()) : value;
        if (widened instanceof Double number) {
            if (!Double.isFinite(number)) {
                throw wrongType(name, value, "a finite number");
            }
            return number == 0 ? 0.0 : number;
        }
        if (widened instanceof Long || widened instanceof String || widened instanceof Boolean) {
            return widened;
        }
        throw wrongType(name, value, "a number, a text, or true or false");
    }

    private static IllegalArgumentException wrongType(String name, Object value, String expected) {
        return new IllegalArgumentException("Cannot set '" + name + "' to " + value + ": it must be " + expected);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static Optional<String> nearest(String name, Collection<String> known) {
        String best = null;
        int bestDistance = Math.max(1, name.length() / 3) + 1;
        for (String candidate : known.stream().sorted().toList()) {
            int distance = editDistance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int editDistance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        int[] current = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int substitution = previous[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(substitution, 1 + Math.min(previous[column], current[column - 1]));
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[right.length()];
    }
}
