package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** The words of JSON Schema that the schema of a plan is made of. */
final class SchemaParts {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SchemaParts() {}

    /** A member of an object. */
    record Member(String name, JsonNode value, boolean required) {}

    static Member required(String name, JsonNode value) {
        return new Member(name, value, true);
    }

    static Member optional(String name, JsonNode value) {
        return new Member(name, value, false);
    }

    /** An object with these members and no others. */
    static ObjectNode object(List<Member> members) {
        ObjectNode json = type("object");
        ArrayNode required = json.putArray("required");
        ObjectNode properties = json.putObject("properties");
        for (Member member : members) {
            if (member.required()) {
                required.add(member.name());
            }
            properties.set(member.name(), member.value());
        }
        if (required.isEmpty()) {
            json.remove("required");
        }
        return json.put("additionalProperties", false);
    }

    static ObjectNode object(Member... members) {
        return object(Arrays.asList(members));
    }

    static ObjectNode type(String name) {
        return JSON.objectNode().put("type", name);
    }

    static ObjectNode text() {
        return type("string");
    }

    static ObjectNode text(String pattern) {
        return text().put("pattern", pattern);
    }

    /** A whole number of 64 bits. */
    static ObjectNode whole(long least) {
        return type("integer").put("minimum", least).put("maximum", Long.MAX_VALUE);
    }

    static ObjectNode constant(String text) {
        return JSON.objectNode().put("const", text);
    }

    static ObjectNode constant(boolean value) {
        return JSON.objectNode().put("const", value);
    }

    static ObjectNode oneOf(Collection<String> texts) {
        ObjectNode json = JSON.objectNode();
        ArrayNode array = json.putArray("enum");
        texts.forEach(array::add);
        return json;
    }

    /** The names of the constants as documents have them, but for some. */
    static ObjectNode oneOf(Class<? extends Enum<?>> type, Enum<?>... but) {
        return oneOf(Arrays.stream(type.getEnumConstants())
                .filter(constant -> !Arrays.asList(but).contains(constant))
                .map(StepJson::name)
                .toList());
    }

    static ObjectNode anyOf(JsonNode... schemas) {
        ObjectNode json = JSON.objectNode();
        ArrayNode array = json.putArray("anyOf");
        Arrays.asList(schemas).forEach(array::add);
        return json;
    }

    static ObjectNode arrayOf(JsonNode items) {
        return type("array").set("items", items);
    }

    static ObjectNode arrayOf(JsonNode items, int least) {
        return arrayOf(items).put("minItems", least);
    }

    static ObjectNode arrayOf(JsonNode items, int least, int most) {
        return arrayOf(items, least).put("maxItems", most);
    }

    /** What is defined under a name. */
    static ObjectNode named(String name) {
        return JSON.objectNode().put("$ref", "#/$defs/" + name);
    }
}
