package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.FramedAggregate;
import io.millrace.dataflow.expr.WindowColumn;
import io.millrace.dataflow.expr.WindowFunction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Aggregates and what a window computes as JSON, as a user said them and as engines do them. */
final class MeasureJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private MeasureJson() {}

    static ObjectNode write(WindowColumn column) {
        if (column instanceof Aggregate aggregate) {
            return writeAggregate(aggregate);
        }
        if (column instanceof FramedAggregate framed) {
            ObjectNode json = writeAggregate(framed.aggregate());
            json.set("frame", writeFrame(framed.frame()));
            return json;
        }
        WindowFunction function = (WindowFunction) column;
        ObjectNode json = JSON.objectNode().put("function", StepJson.name(function.kind()));
        function.input().ifPresent(input -> json.set("input", ExprJson.write(input)));
        if (function.number() != 0) {
            json.put("number", function.number());
        }
        if (function.otherwise() != null) {
            json.set("otherwise", ExprJson.writeLiteral(function.otherwise()));
        }
        if (!function.frame().equals(Frame.all())) {
            json.set("frame", writeFrame(function.frame()));
        }
        return json.put("name", function.name());
    }

    static WindowColumn readWindowColumn(JsonNode json) {
        if (!json.has("function")) {
            Aggregate aggregate = readAggregate(json);
            return json.has("frame") ? new FramedAggregate(aggregate, readFrame(json)) : aggregate;
        }
        return new WindowFunction(
                Json.constant(WindowFunction.Kind.class, json, "function"),
                Optional.ofNullable(json.get("input")).map(ExprJson::read),
                json.has("number") ? Json.whole(json, "number") : 0,
                json.has("otherwise") ? ExprJson.readLiteral(json.get("otherwise")) : null,
                readFrame(json),
                Json.text(json, "name"));
    }

    private static ObjectNode writeAggregate(Aggregate aggregate) {
        ObjectNode json = JSON.objectNode().put("kind", StepJson.name(aggregate.kind()));
        if (aggregate.inputs().size() == 1) {
            json.set("input", ExprJson.write(aggregate.inputs().get(0)));
        } else if (aggregate.inputs().size() > 1) {
            ArrayNode inputs = json.putArray("inputs");
            aggregate.inputs().forEach(input -> inputs.add(ExprJson.write(input)));
        }
        aggregate.parameter().ifPresent(parameter -> json.put("parameter", parameter));
        aggregate.condition().ifPresent(condition -> json.set("where", ExprJson.write(condition)));
        return json.put("name", aggregate.name());
    }

    static Aggregate readAggregate(JsonNode json) {
        List<Expr> inputs = new ArrayList<>();
        if (json.has("inputs")) {
            Json.array(json, "inputs").forEach(input -> inputs.add(ExprJson.read(input)));
        } else if (json.has("input")) {
            inputs.add(ExprJson.read(json.get("input")));
        }
        return new Aggregate(
                Json.constant(Aggregate.Kind.class, json, "kind"),
                inputs,
                parameter(json),
                Optional.ofNullable(json.get("where")).map(ExprJson::read),
                Json.text(json, "name"));
    }

    private static OptionalDouble parameter(JsonNode json) {
        return json.has("parameter") ? OptionalDouble.of(Json.number(json, "parameter")) : OptionalDouble.empty();
    }

    private static ObjectNode writeFrame(Frame frame) {
        ObjectNode json = JSON.objectNode().put("unit", StepJson.name(frame.unit()));
        frame.from().ifPresent(from -> json.put("from", from.toPlainString()));
        frame.to().ifPresent(to -> json.put("to", to.toPlainString()));
        return json;
    }

    private static Frame readFrame(JsonNode json) {
        JsonNode frame = json.get("frame");
        return frame == null
                ? Frame.all()
                : new Frame(
                        Json.constant(Frame.Unit.class, frame, "unit"), distance(frame, "from"), distance(frame, "to"));
    }

    private static Optional<BigDecimal> distance(JsonNode frame, String name) {
        return frame.has(name) ? Optional.of(Json.decimal(frame, name)) : Optional.empty();
    }

    static ObjectNode write(Operator.GroupBy.Measure measure) {
        ObjectNode json = JSON.objectNode().put("kind", measure.kind().name());
        OperatorJson.put(json, "inputs", measure.inputs());
        measure.parameter().ifPresent(parameter -> json.put("parameter", parameter));
        return json.put("type", measure.type().toString());
    }

    static Operator.GroupBy.Measure readMeasure(JsonNode json) {
        return new Operator.GroupBy.Measure(
                OperatorJson.constant(Aggregate.Kind.class, json, "kind"),
                OperatorJson.numbers(json, "inputs"),
                parameter(json),
                OperatorJson.type(json));
    }

    static ObjectNode write(WindowMeasure measure) {
        if (measure instanceof WindowMeasure.Aggregated aggregated) {
            ObjectNode json = write(aggregated.aggregate());
            json.set("frame", writeFrame(aggregated.frame()));
            return json;
        }
        WindowMeasure.Placed placed = (WindowMeasure.Placed) measure;
        ObjectNode json = JSON.objectNode()
                .put("function", placed.kind().name())
                .put("input", placed.input())
                .put("number", placed.number())
                .put("type", placed.type().toString());
        json.set("otherwise", ExprJson.writeLiteral(placed.otherwise()));
        json.set("frame", writeFrame(placed.frame()));
        return json;
    }

    static WindowMeasure readWindowMeasure(JsonNode json) {
        if (!json.has("function")) {
            return new WindowMeasure.Aggregated(readMeasure(json), readFrame(json));
        }
        return new WindowMeasure.Placed(
                OperatorJson.constant(WindowFunction.Kind.class, json, "function"),
                (int) Json.whole(json, "input"),
                Json.whole(json, "number"),
                ExprJson.readLiteral(Json.member(json, "otherwise")),
                readFrame(json),
                OperatorJson.type(json));
    }
}
