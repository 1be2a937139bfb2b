package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.expr.Bytes;
import io.millrace.dataflow.expr.Expr;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Expressions as JSON: {@code {"column": "x"}}, {@code {"literal": 3}}, {@code {"call": "gt", "arguments": [..]}},
 * {@code {"user": "name", "columns": [..], "type": ..}}, {@code {"cast": .., "to": "int64"}}, {@code {"case": [{"when": .., "then": ..}], "otherwise": ..}}.
 */
final class ExprJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ExprJson() {}

    static JsonNode write(Expr expr) {
        return expr.accept(new Writer());
    }

    static Expr read(JsonNode json) {
        if (json.has("column")) {
            return Expr.col(Json.text(json, "column"));
        }
        if (json.has("literal")) {
            return new Expr.Literal(readLiteral(json.get("literal")));
        }
        if (json.has("call")) {
            return call(json);
        }
        if (json.has("user")) {
            return UserFunctionJson.read(json);
        }
        if (json.has("cast")) {
            return new Expr.Cast(read(json.get("cast")), Json.type(json, "to"));
        }
        if (json.has("case")) {
            return choice(json);
        }
        throw Json.malformed("an expression has one of column, literal, call, user, cast, case");
    }

    // Plain loops: the deepest document that is read, see Document, must fit into the stack of any thread.
    private static Expr call(JsonNode json) {
        List<Expr> arguments = new ArrayList<>();
        for (JsonNode argument : Json.array(json, "arguments")) {
            arguments.add(read(argument));
        }
        return new Expr.Call(Json.text(json, "call"), arguments);
    }

    private static Expr choice(JsonNode json) {
        List<Expr.Case.Branch> branches = new ArrayList<>();
        for (JsonNode branch : Json.array(json, "case")) {
            branches.add(new Expr.Case.Branch(read(Json.member(branch, "when")), read(Json.member(branch, "then"))));
        }
        JsonNode otherwise = json.get("otherwise");
        return new Expr.Case(branches, otherwise == null ? Optional.empty() : Optional.of(read(otherwise)));
    }

    /** A literal with its type where JSON has none of its own. */
    static JsonNode writeLiteral(@Nullable Object value) {
        if (value == null) {
            return JSON.nullNode();
        }
        if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        if (value instanceof Long number) {
            return JSON.numberNode(number);
        }
        if (value instanceof String text) {
            return JSON.textNode(text);
        }
        ObjectNode typed = JSON.objectNode();
        if (value instanceof Double number) {
            return typed.put("float64", number.toString());
        }
        if (value instanceof BigDecimal decimal) {
            return typed.put("decimal", decimal.toPlainString());
        }
        if (value instanceof LocalDate date) {
            return typed.put("date", date.toString());
        }
        if (value instanceof Bytes bytes) {
            return typed.put("binary", bytes.toString());
        }
        if (value instanceof List<?> list) {
            ArrayNode elements = typed.putArray("list");
            list.forEach(element -> elements.add(writeLiteral(element)));
            return typed;
        }
        if (value instanceof Map<?, ?> map) {
            ArrayNode fields = typed.putArray("struct");
            map.forEach((name, part) ->
                    fields.addObject().put("name", (String) name).set("value", writeLiteral(part)));
            return typed;
        }
        return typed.put("timestamp", value.toString());
    }

    static @Nullable Object readLiteral(JsonNode json) {
        if (json.isNull()) {
            return null;
        }
        if (json.isBoolean()) {
            return json.booleanValue();
        }
        if (json.isIntegralNumber() && json.canConvertToLong()) {
            return json.longValue();
        }
        if (json.isNumber() && !json.isIntegralNumber() && Double.isFinite(json.doubleValue())) {
            return json.doubleValue();
        }
        if (json.isNumber()) {
            throw Json.malformed("a number of a literal is beyond 64 bits; write it as a decimal");
        }
        if (json.isTextual()) {
            return json.textValue();
        }
        if (json.has("float64")) {
            return Double.valueOf(Json.text(json, "float64"));
        }
        if (json.has("decimal")) {
            return Json.decimal(json, "decimal");
        }
        if (json.has("date")) {
            return LocalDate.parse(Json.text(json, "date"));
        }
        if (json.has("timestamp")) {
            return Instant.parse(Json.text(json, "timestamp"));
        }
        if (json.has("binary")) {
            return Bytes.ofHex(Json.text(json, "binary"));
        }
        if (json.has("list")) {
            List<@Nullable Object> elements = new ArrayList<>();
            Json.array(json, "list").forEach(element -> elements.add(readLiteral(element)));
            return elements;
        }
        if (json.has("struct")) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            for (JsonNode field : Json.array(json, "struct")) {
                String name = Json.text(field, "name");
                if (fields.containsKey(name)) {
                    throw Json.malformed("a literal has the field '" + Json.shown(name) + "' twice");
                }
                fields.put(name, readLiteral(Json.member(field, "value")));
            }
            return fields;
        }
        throw Json.malformed("a literal is null, a boolean, number or text, or has one of float64, decimal, date, "
                + "timestamp, binary, list, struct");
    }

    private static final class Writer implements Expr.Visitor<JsonNode> {
        @Override
        public JsonNode visit(Expr.Column column) {
            return JSON.objectNode().put("column", column.name());
        }

        @Override
        public JsonNode visit(Expr.Literal literal) {
            return JSON.objectNode().set("literal", writeLiteral(literal.value()));
        }

        @Override
        public JsonNode visit(Expr.Call call) {
            ObjectNode json = JSON.objectNode().put("call", call.function());
            ArrayNode arguments = json.putArray("arguments");
            for (Expr argument : call.arguments()) {
                arguments.add(argument.accept(this));
            }
            return json;
        }

        @Override
        public JsonNode visit(Expr.Apply apply) {
            return UserFunctionJson.write(apply);
        }

        @Override
        public JsonNode visit(Expr.Cast cast) {
            ObjectNode json = JSON.objectNode();
            json.set("cast", cast.input().accept(this));
            return json.put("to", cast.to().toString());
        }

        @Override
        public JsonNode visit(Expr.Case choice) {
            ObjectNode json = JSON.objectNode();
            ArrayNode branches = json.putArray("case");
            for (Expr.Case.Branch branch : choice.branches()) {
                ObjectNode written = branches.addObject();
                written.set("when", branch.condition().accept(this));
                written.set("then", branch.value().accept(this));
            }
            choice.otherwise().ifPresent(otherwise -> json.set("otherwise", otherwise.accept(this)));
            return json;
        }
    }
}
