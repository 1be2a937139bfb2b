package io.millrace.dataflow.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The JSON of a document that anybody may have written: one value and nothing after it, no member twice, and neither deeper
 * nor longer than allowed, so that no document overflows a stack or takes all memory.
 */
final class Document {
    /** What Jackson reads at most, where it has a limit of its own. */
    static final int MOST_LEVELS = 1_000;

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .setNodeFactory(new AskedObject.Factory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private Document() {}

    /**
     * The value in {@code text}, whose objects are {@link AskedObject}s. A byte order mark before it is passed over.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code NOT_A_PLAN}
     */
    static JsonNode read(String text, PlanLimits limits) {
        if (text.length() > limits.characters()) {
            throw Json.malformed("it has " + text.length() + " characters, and at most " + limits.characters()
                    + " are read unless PlanLimits say otherwise");
        }
        requireShallow(text);
        try {
            return MAPPER.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (JsonProcessingException notJson) {
            String message = String.valueOf(notJson.getOriginalMessage());
            String twice = message.startsWith("Duplicate field") ? " has a member twice" : " is not JSON";
            int line = notJson.getLocation() == null ? 1 : notJson.getLocation().getLineNr();
            throw Json.malformed("line " + line + twice);
        }
    }

    private static void requireShallow(String text) {
        int level = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                level++;
                if (level > MOST_LEVELS) {
                    throw Json.malformed("it is nested more than " + MOST_LEVELS + " levels deep");
                }
            } else if (c == '}' || c == ']') {
                level--;
            }
        }
    }
}
