package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.UserFunction;
import io.millrace.dataflow.expr.UserFunctions;
import java.util.ArrayList;
import java.util.List;

/** Calls of user functions as JSON: by name. One that is not registered has its identity beside it. */
final class UserFunctionJson {
    private static final String UNREGISTERED = "unregistered";

    private UserFunctionJson() {}

    static ObjectNode write(Expr.Apply apply) {
        ObjectNode json =
                write(apply.function()).put("type", apply.function().type().toString());
        ArrayNode columns = json.putArray("columns");
        apply.columns().forEach(columns::add);
        if (!apply.names().equals(apply.columns())) {
            ArrayNode names = json.putArray("names");
            apply.names().forEach(names::add);
        }
        return json;
    }

    /** The members that name a function. */
    static ObjectNode write(UserFunction function) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("user", function.name());
        return UserFunctions.isRegistered(function) ? json : json.put(UNREGISTERED, function.identity());
    }

    static Expr read(JsonNode json) {
        UserFunction function = function(json);
        String type = Json.text(json, "type");
        if (!type.equals(function.type().toString())) {
            throw DataflowException.of(
                    ErrorCode.TYPE_MISMATCH,
                    "Cannot use user function '" + function.name() + "': it gives " + function.type() + ", and gave "
                            + type + " when the plan was saved");
        }
        List<String> columns = Json.texts(json, "columns");
        return new Expr.Apply(function, columns, json.has("names") ? Json.texts(json, "names") : columns);
    }

    /** The function that the members name. */
    static UserFunction function(JsonNode json) {
        String name = Json.text(json, "user");
        if (json.has(UNREGISTERED)) {
            return UserFunctions.carried(Json.text(json, UNREGISTERED)).orElseThrow(() -> unknown(name));
        }
        return UserFunctions.named(name).orElseThrow(() -> unknown(name));
    }

    private static DataflowException unknown(String name) {
        List<String> details = new ArrayList<>(Suggestion.lines(name, "Functions registered", UserFunctions.names()));
        details.add(
                "Register it before with UserFunctions.register, or put the jar whose UserFunctionProvider has it on"
                        + " the class path");
        return DataflowException.of(ErrorCode.UNKNOWN_FUNCTION, "Cannot find user function '" + name + "'", details);
    }

    /**
     * Returns when every user function in a step to be saved is registered.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT}, naming one that is not
     */
    static void requireRegistered(JsonNode step) {
        for (JsonNode call : step.findParents(UNREGISTERED)) {
            if (call.has("user") && call.has("columns")) {
                throw DataflowException.of(
                        ErrorCode.INVALID_ARGUMENT,
                        "Cannot save a dataflow with user function '"
                                + call.get("user").asText() + "': it is not registered",
                        "Register it with UserFunctions.register where the plan is saved and where it is opened, or say"
                                + " the same with the functions of the catalog");
            }
        }
    }
}
