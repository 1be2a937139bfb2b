package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** Schemas as JSON: an array of {@code {"name": "x", "type": "int64"}}, with {@code "nullable": false} where it is so. */
public final class SchemaJson {
    private SchemaJson() {}

    /** The JSON of a schema. */
    public static ArrayNode write(Schema schema) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Schema.Field field : schema.fields()) {
            ObjectNode json = array.addObject()
                    .put("name", field.name())
                    .put("type", field.type().toString());
            if (!field.nullable()) {
                json.put("nullable", false);
            }
        }
        return array;
    }

    /**
     * The schema in {@code json}.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code NOT_A_PLAN}
     */
    public static Schema read(JsonNode json) {
        List<Schema.Field> fields = new ArrayList<>();
        if (!json.isArray()) {
            throw Json.malformed("a schema is not an array");
        }
        for (JsonNode field : json) {
            fields.add(new Schema.Field(
                    Json.text(field, "name"),
                    Json.type(field, "type"),
                    !field.has("nullable") || Json.flag(field, "nullable")));
        }
        return Schema.of(fields);
    }
}
