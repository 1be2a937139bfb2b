package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellError.Code;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions by name; here those that see nulls and errors for themselves. */
final class Functions {
    private static final Map<String, Body> ALL = new HashMap<>();

    static {
        ALL.put("and", call -> threeValued(call, false));
        ALL.put("or", call -> threeValued(call, true));
        ALL.put("is_null", call -> call.cell(0) == null);
        ALL.put("is_error", call -> call.cell(0) instanceof CellError);
        ALL.put("is_not_null", call -> call.cell(0) != null && !(call.cell(0) instanceof CellError));
        ALL.put("if_error", call -> call.cell(0) instanceof CellError ? call.cell(1) : call.cell(0));
        ALL.put("coalesce", call -> {
            for (Object argument : call.arguments()) {
                if (argument != null) {
                    return argument;
                }
            }
            return null;
        });
        ALL.put(
                "error_code",
                call -> call.cell(0) instanceof CellError error ? error.code().name() : null);
        ALL.put("error_text", call -> call.cell(0) instanceof CellError error ? error.text() : null);
        ALL.put("error", orError(call -> {
            throw new Wrong(new Code(call.text(0)), textOrEmpty(call.cell(1)));
        }));
        ALL.put("assert_that", orError(call -> {
            if (!Boolean.TRUE.equals(call.cell(1))) {
                throw new Wrong(new Code(call.text(2)), textOrEmpty(call.cell(0)));
            }
            return call.cell(0);
        }));
        ALL.put("in", orError(Functions::in));
        ALL.put("null_if", orError(call -> {
            Object value = call.cell(0);
            Object other = call.cell(1);
            return value == null || other == null || !Order.equal(value, other) ? value : null;
        }));
        ALL.put("look_up", orError(call -> {
            for (int i = 1; call.cell(0) != null && i < call.size(); i += 2) {
                if (Order.equal(call.value(0), call.value(i))) {
                    return call.cell(i + 1);
                }
            }
            return null;
        }));
        ALL.put("least", orError(call -> extreme(call.arguments(), -1)));
        ALL.put("greatest", orError(call -> extreme(call.arguments(), 1)));
        ALL.put("clip", orError(call -> clip(call, false)));
        ALL.put("clip_to_null", orError(call -> clip(call, true)));
        Comparisons.all().forEach((name, body) -> ALL.put(name, ofValues(body)));
        Arithmetics.all().forEach((name, body) -> ALL.put(name, ofValues(body)));
        Reals.all().forEach((name, body) -> ALL.put(name, ofValues(body)));
        Texts.all().forEach((name, body) -> ALL.put(name, ofValues(body)));
        TextPatterns.all().forEach((name, body) -> ALL.put(name, ofValues(body)));
        Times.all().forEach((name, body) -> ALL.put(name, ofValues(body)));
        Lists.all().forEach((name, body) -> ALL.put(name, ofValues(body)));
        Lists.ofCells().forEach((name, body) -> ALL.put(name, orError(body)));
        ALL.put("parse_json", ofValues(JsonValues::parse));
        ALL.put("to_json", ofValues(call -> CellWords.json(call.value(0))));
    }

    private Functions() {}

    /** What a function gives for its arguments in one row: a value, null or an error. */
    @FunctionalInterface
    interface Body {
        /**
         * The result of a call.
         *
         * @throws Wrong when it has none
         */
        @Nullable
        Object apply(Call call);
    }

    private static String textOrEmpty(@Nullable Object cell) {
        return cell == null ? "" : CellWords.of(cell);
    }

    static boolean knows(String name) {
        return ALL.containsKey(name);
    }

    static Body named(String name) {
        Body body = ALL.get(name);
        if (body == null) {
            throw new NotInReference(name);
        }
        return body;
    }

    /** The rule of most functions: an error argument gives that error, a null argument null. */
    private static Body ofValues(Body body) {
        return orError(call -> call.hasNull() ? null : body.apply(call));
    }

    private static Body orError(Body body) {
        return call -> call.firstError() != null ? call.firstError() : body.apply(call);
    }

    private static @Nullable Object threeValued(Call call, boolean decisive) {
        if (call.firstError() != null) {
            return call.firstError();
        }
        for (Object argument : call.arguments()) {
            if (argument != null && argument.equals(decisive)) {
                return decisive;
            }
        }
        return call.hasNull() ? null : !decisive;
    }

    private static @Nullable Object in(Call call) {
        Object value = call.cell(0);
        if (value == null) {
            return null;
        }
        for (Object choice : call.arguments().subList(1, call.size())) {
            if (choice != null && Order.equal(value, choice)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Object extreme(List<@Nullable Object> arguments, int sign) {
        Object best = null;
        for (Object argument : arguments) {
            if (argument != null && (best == null || Order.compare(argument, best) * sign > 0)) {
                best = argument;
            }
        }
        return best;
    }

    private static @Nullable Object clip(Call call, boolean toNull) {
        Object value = call.cell(0);
        Object lower = call.cell(1);
        Object upper = call.cell(2);
        if (value == null) {
            return null;
        }
        if (lower != null && upper != null && Order.compare(lower, upper) > 0) {
            throw new Wrong(Code.DOMAIN);
        }
        if (value instanceof Double number && Double.isNaN(number)) {
            return value;
        }
        if (lower != null && Order.compare(value, lower) < 0) {
            return toNull ? null : lower;
        }
        if (upper != null && Order.compare(value, upper) > 0) {
            return toNull ? null : upper;
        }
        return value;
    }
}
