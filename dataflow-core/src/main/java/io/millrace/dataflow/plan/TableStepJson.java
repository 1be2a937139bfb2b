package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.expr.Cardinality;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinKind;
import io.millrace.dataflow.expr.JoinNames;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.expr.PivotColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * Members of the JSON of joins and pivots. A member that has its usual value is left out: {@code on} lists keys that both
 * inputs have under one name, {@code keys} any pairs.
 */
final class TableStepJson {
    private TableStepJson() {}

    static ObjectNode writeJoin(ObjectNode json, JoinOptions options) {
        json.put("kind", StepJson.name(options.kind()));
        List<JoinKeys.Pair> pairs = options.keys().pairs();
        if (pairs.stream().allMatch(JoinKeys.Pair::isShared)) {
            ArrayNode on = json.putArray("on");
            pairs.forEach(pair -> on.add(((Expr.Column) pair.left()).name()));
        } else {
            ArrayNode keys = json.putArray("keys");
            for (JoinKeys.Pair pair : pairs) {
                ObjectNode written = keys.addObject();
                written.set("left", ExprJson.write(pair.left()));
                written.set("right", ExprJson.write(pair.right()));
            }
        }
        if (!options.names().equals(JoinNames.defaults())) {
            json.putObject("names")
                    .put("rule", StepJson.name(options.names().rule()))
                    .put("left", options.names().left())
                    .put("right", options.names().right());
        }
        if (options.expected() != Cardinality.MANY_TO_MANY) {
            json.put("expected", StepJson.name(options.expected()));
        }
        return json;
    }

    static TableStep.Join readJoin(JsonNode json) {
        List<JoinKeys.Pair> pairs = new ArrayList<>();
        if (json.has("keys")) {
            for (JsonNode pair : Json.array(json, "keys")) {
                pairs.add(new JoinKeys.Pair(
                        ExprJson.read(Json.member(pair, "left")), ExprJson.read(Json.member(pair, "right"))));
            }
        } else {
            Json.texts(json, "on").forEach(name -> pairs.add(new JoinKeys.Pair(Expr.col(name), Expr.col(name))));
        }
        JoinNames names = JoinNames.defaults();
        if (json.has("names")) {
            JsonNode written = Json.member(json, "names");
            names = new JoinNames(
                    Json.constant(JoinNames.Rule.class, written, "rule"),
                    Json.text(written, "left"),
                    Json.text(written, "right"));
        }
        Cardinality expected =
                json.has("expected") ? Json.constant(Cardinality.class, json, "expected") : Cardinality.MANY_TO_MANY;
        JoinKind kind = Json.constant(JoinKind.class, json, "kind");
        return new TableStep.Join(new JoinOptions(kind, new JoinKeys(pairs), names, expected));
    }

    static ObjectNode writePivot(ObjectNode json, TableStep.Pivot step) {
        json.put("column", step.column());
        json.set("aggregate", MeasureJson.write(step.aggregate()));
        ArrayNode columns = json.putArray("columns");
        for (PivotColumn column : step.columns()) {
            ObjectNode written = columns.addObject().put("name", column.name());
            if (column.cells() == PivotColumn.Of.VALUE) {
                written.set("value", ExprJson.writeLiteral(column.value()));
            } else {
                written.put("cells", StepJson.name(column.cells()));
            }
        }
        return json;
    }

    static TableStep.Pivot readPivot(JsonNode json) {
        List<PivotColumn> columns = new ArrayList<>();
        for (JsonNode column : Json.array(json, "columns")) {
            columns.add(
                    column.has("cells")
                            ? new PivotColumn(
                                    Json.text(column, "name"),
                                    Json.constant(PivotColumn.Of.class, column, "cells"),
                                    null)
                            : new PivotColumn(
                                    Json.text(column, "name"),
                                    PivotColumn.Of.VALUE,
                                    ExprJson.readLiteral(Json.member(column, "value"))));
        }
        return new TableStep.Pivot(
                Json.texts(json, "keys"),
                Json.text(json, "column"),
                MeasureJson.readAggregate(Json.member(json, "aggregate")),
                columns);
    }
}
