package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads members that must be there, with an error that names them. */
final class Json {
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
        if (!value.isIntegralNumber()) {
            throw malformed("'" + name + "' is not a whole number");
        }
        return value.longValue();
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
        return DataflowException.of(ErrorCode.NOT_A_PLAN, "Cannot read the plan: " + reason);
    }
}
