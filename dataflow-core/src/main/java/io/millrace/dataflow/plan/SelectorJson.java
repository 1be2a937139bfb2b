package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.dataflow.expr.ColumnSelector;
import java.util.ArrayList;
import java.util.List;

/**
 * Selectors as JSON: names are an array, everything else is an object of one member: {@code {"matching": "x_.*"}},
 * {@code {"matching_ignoring_case": ..}}, {@code {"of_type": [..]}}, {@code {"numeric": true}}, {@code {"all": true}},
 * {@code {"not": ..}}, {@code {"both": [.., ..]}}, {@code {"either": [..]}}, {@code {"optional": ..}}.
 */
final class SelectorJson implements ColumnSelector.Visitor<JsonNode> {
    private static final SelectorJson WRITER = new SelectorJson();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SelectorJson() {}

    static JsonNode write(ColumnSelector selector) {
        return selector.accept(WRITER);
    }

    static ColumnSelector read(JsonNode json) {
        if (json.isArray()) {
            List<String> names = new ArrayList<>();
            for (JsonNode name : json) {
                if (!name.isTextual()) {
                    throw Json.malformed("a selector holds a name that is not text");
                }
                names.add(name.textValue());
            }
            return new ColumnSelector.Named(names);
        }
        if (json.has("matching")) {
            return ColumnSelector.matching(Json.text(json, "matching"));
        }
        if (json.has("matching_ignoring_case")) {
            return ColumnSelector.matching(Json.text(json, "matching_ignoring_case"))
                    .ignoringCase();
        }
        if (json.has("of_type")) {
            return new ColumnSelector.OfType(
                    Json.texts(json, "of_type").stream().map(Json::type).toList());
        }
        if (json.has("numeric") && Json.flag(json, "numeric")) {
            return ColumnSelector.numeric();
        }
        if (json.has("all") && Json.flag(json, "all")) {
            return ColumnSelector.all();
        }
        if (json.has("not")) {
            return read(json.get("not")).not();
        }
        if (json.has("both") && json.get("both").size() == 2) {
            return read(json.get("both").get(0)).and(read(json.get("both").get(1)));
        }
        if (json.has("either")) {
            List<ColumnSelector> parts = new ArrayList<>();
            Json.array(json, "either").forEach(part -> parts.add(read(part)));
            return new ColumnSelector.Either(parts);
        }
        if (json.has("optional")) {
            return read(json.get("optional")).optional();
        }
        throw Json.malformed("a selector is an array of names, or has one of matching, matching_ignoring_case, of_type,"
                + " numeric, all, not, both, either, optional");
    }

    @Override
    public JsonNode visit(ColumnSelector.Named names) {
        ArrayNode array = JSON.arrayNode();
        names.names().forEach(array::add);
        return array;
    }

    @Override
    public JsonNode visit(ColumnSelector.Matching matching) {
        String member = matching.letters() == ColumnSelector.Letters.AS_WRITTEN ? "matching" : "matching_ignoring_case";
        return JSON.objectNode().put(member, matching.pattern());
    }

    @Override
    public JsonNode visit(ColumnSelector.OfType types) {
        ArrayNode array = JSON.arrayNode();
        types.types().forEach(type -> array.add(type.toString()));
        return JSON.objectNode().set("of_type", array);
    }

    @Override
    public JsonNode visit(ColumnSelector.Numeric numeric) {
        return JSON.objectNode().put("numeric", true);
    }

    @Override
    public JsonNode visit(ColumnSelector.All all) {
        return JSON.objectNode().put("all", true);
    }

    @Override
    public JsonNode visit(ColumnSelector.Not not) {
        return JSON.objectNode().set("not", not.selected().accept(this));
    }

    @Override
    public JsonNode visit(ColumnSelector.Both both) {
        return JSON.objectNode()
                .set(
                        "both",
                        JSON.arrayNode()
                                .add(both.first().accept(this))
                                .add(both.second().accept(this)));
    }

    @Override
    public JsonNode visit(ColumnSelector.Either either) {
        ArrayNode array = JSON.arrayNode();
        either.parts().forEach(part -> array.add(part.accept(this)));
        return JSON.objectNode().set("either", array);
    }

    @Override
    public JsonNode visit(ColumnSelector.Lenient optional) {
        return JSON.objectNode().set("optional", optional.selected().accept(this));
    }
}
