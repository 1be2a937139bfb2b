package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads members that must be there, with an error that names them. */
final class Json {
    private static final int MOST_REASON = 400;
    private static final int MOST_SHOWN = 100;

    private Json() {}

    static JsonNode member(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null) {
            throw malformed("'" + name + "' is missing");
        }
        return value;
    }

    static String text(JsonNode json, String name) {
        JsonNode value = member(json, name);
        if (!value.isTextual()) {
            throw malformed("'" + name + "' is not text");
        }
        return value.textValue();
    }

    static long whole(JsonNode json, String name) {
        JsonNode value = member(json, name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw malformed("'" + name + "' is not a whole number of 64 bits");
        }
        return value.longValue();
    }

    static boolean flag(JsonNode json, String name) {
        JsonNode value = member(json, name);
        if (!value.isBoolean()) {
            throw malformed("'" + name + "' is neither true nor false");
        }
        return value.booleanValue();
    }

    /** Whether a flag is there and true. */
    static boolean isTrue(JsonNode json, String name) {
        return json.has(name) && flag(json, name);
    }

    /** A number of a finite value. */
    static double number(JsonNode json, String name) {
        JsonNode value = member(json, name);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw malformed("'" + name + "' is not a number");
        }
        return value.doubleValue();
    }

    /** A decimal, written as a text so that no reader rounds it. */
    static BigDecimal decimal(JsonNode json, String name) {
        String text = text(json, name);
        try {
            return (BigDecimal) Objects.requireNonNull(Literals.normalised(new BigDecimal(text)));
        } catch (IllegalArgumentException wrong) {
            throw malformed("'" + shown(text) + "' is not a decimal");
        }
    }

    static DataType type(JsonNode json, String name) {
        return type(text(json, name));
    }

    static DataType type(String text) {
        try {
            return DataTypes.parse(text);
        } catch (IllegalArgumentException notAType) {
            throw malformed("'" + shown(text) + "' is not a type");
        }
    }

    /** A constant by its name in small letters. */
    static <E extends Enum<E>> E constant(Class<E> type, JsonNode json, String name) {
        String text = text(json, name);
        for (E constant : type.getEnumConstants()) {
            if (StepJson.name(constant).equals(text)) {
                return constant;
            }
        }
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(StepJson::name).toList();
        throw DataflowException.of(
                ErrorCode.NOT_A_PLAN,
                "Cannot read the plan: '" + name + "' cannot be '" + shown(text) + "'",
                Suggestion.lines(shown(text), "It is one of", names));
    }

    static JsonNode array(JsonNode json, String name) {
        JsonNode value = member(json, name);
        if (!value.isArray()) {
            throw malformed("'" + name + "' is not an array");
        }
        return value;
    }

    static List<String> texts(JsonNode json, String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(json, name)) {
            if (!element.isTextual()) {
                throw malformed("'" + name + "' holds something that is not text");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    static Optional<String> optionalText(JsonNode json, String name) {
        return json.has(name) ? Optional.of(text(json, name)) : Optional.empty();
    }

    /** The members of an object, all of them text, in their order. */
    static Map<String, String> textMembers(JsonNode json, String name) {
        JsonNode object = member(json, name);
        if (!object.isObject()) {
            throw malformed("'" + name + "' is not an object");
        }
        Map<String, String> members = new LinkedHashMap<>();
        object.fieldNames().forEachRemaining(member -> members.put(member, text(object, member)));
        return members;
    }

    static DataflowException malformed(String reason) {
        return DataflowException.of(ErrorCode.NOT_A_PLAN, "Cannot read the plan: " + cut(reason, MOST_REASON));
    }

    /** A text of a document as messages show it: cut when it is long, for it may be anything. */
    static String shown(String text) {
        return cut(text, MOST_SHOWN);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}
