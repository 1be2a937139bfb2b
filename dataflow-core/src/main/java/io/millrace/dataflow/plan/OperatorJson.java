package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.expr.Cardinality;
import io.millrace.dataflow.expr.JoinKind;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Operators as JSON, for engines that send them to other processes of the same version: {@code {"project": [..]}},
 * {@code {"filter": ..}}, {@code {"expand": [..]}}, {@code {"explode": ..}},
 * {@code {"sort": [..]}}, {@code {"distinct": [..]}},
 * {@code {"join": ..}}, {@code {"append": ..}}, {@code {"group_by": ..}} and {@code {"window": ..}}. Expressions have
 * their types in them.
 */
public final class OperatorJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OperatorJson() {}

    /**
     * The JSON of an operator that computes something of its inputs.
     *
     * @throws IllegalArgumentException for a scan, values, a limit or a union
     */
    public static ObjectNode write(Operator operator) {
        ObjectNode json = JSON.objectNode();
        Writer writer = new Writer();
        if (operator instanceof Operator.Project project) {
            ArrayNode columns = json.putArray("project");
            project.columns().forEach(column -> columns.add(column.accept(writer)));
        } else if (operator instanceof Operator.Filter filter) {
            json.set("filter", filter.predicate().accept(writer));
        } else if (operator instanceof Operator.Expand expand) {
            ArrayNode rows = json.putArray("expand");
            for (List<TypedExpr> row : expand.rows()) {
                ArrayNode columns = rows.addArray();
                row.forEach(column -> columns.add(column.accept(writer)));
            }
        } else if (operator instanceof Operator.Explode explode) {
            json.put("explode", explode.column()).put("empty", explode.empty().name());
        } else if (operator instanceof Operator.Sort sort) {
            ArrayNode keys = json.putArray("sort");
            sort.keys().forEach(key -> keys.add(key(key)));
        } else if (operator instanceof Operator.Distinct distinct) {
            put(json, "distinct", distinct.columns());
            json.put("keep", distinct.keep().name());
        } else if (operator instanceof Operator.Join join) {
            json.put("join", join.kind().name());
            put(json, "leftKeys", join.leftKeys());
            put(json, "rightKeys", join.rightKeys());
            json.put("expected", join.expected().name());
            ArrayNode columns = json.putArray("columns");
            for (Operator.Join.Column column : join.columns()) {
                columns.addObject().put("side", column.side().name()).put("index", column.index());
            }
        } else if (operator instanceof Operator.Append append) {
            json.put("append", append.lengths().name());
            put(json, "left", append.left());
            put(json, "right", append.right());
        } else if (operator instanceof Operator.GroupBy group) {
            put(json, "group_by", group.keys());
            ArrayNode measures = json.putArray("measures");
            group.measures().forEach(measure -> measures.add(MeasureJson.write(measure)));
        } else if (operator instanceof Operator.Window window) {
            put(json, "window", window.partition());
            put(json, "columns", window.columns());
            ArrayNode order = json.putArray("order");
            window.order().forEach(key -> order.add(key(key)));
            ArrayNode measures = json.putArray("measures");
            window.measures().forEach(measure -> measures.add(MeasureJson.write(measure)));
        } else {
            throw new IllegalArgumentException("computes nothing: " + operator);
        }
        return json;
    }

    private static ObjectNode key(Operator.Sort.Key key) {
        return JSON.objectNode()
                .put("index", key.index())
                .put("direction", key.direction().name())
                .put("nulls", key.nulls().name());
    }

    static void put(ObjectNode json, String name, List<Integer> numbers) {
        ArrayNode array = json.putArray(name);
        numbers.forEach(array::add);
    }

    /**
     * The operator in {@code json}.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code NOT_A_PLAN}
     */
    public static Operator read(JsonNode json) {
        if (json.has("project")) {
            List<TypedExpr> columns = new ArrayList<>();
            Json.array(json, "project").forEach(column -> columns.add(expression(column)));
            return new Operator.Project(columns);
        }
        if (json.has("expand")) {
            List<List<TypedExpr>> rows = new ArrayList<>();
            Json.array(json, "expand").forEach(row -> rows.add(expressions(row)));
            return new Operator.Expand(rows);
        }
        if (json.has("explode")) {
            return new Operator.Explode(
                    (int) Json.whole(json, "explode"), constant(RowStep.Explode.Empty.class, json, "empty"));
        }
        if (json.has("sort")) {
            return new Operator.Sort(keys(json, "sort"));
        }
        if (json.has("distinct")) {
            return new Operator.Distinct(
                    numbers(json, "distinct"), constant(RowStep.Distinct.Keep.class, json, "keep"));
        }
        if (json.has("join")) {
            JoinKind kind = constant(JoinKind.class, json, "join");
            List<Operator.Join.Column> columns = new ArrayList<>();
            for (JsonNode column : Json.array(json, "columns")) {
                columns.add(new Operator.Join.Column(
                        constant(Operator.Join.Side.class, column, "side"), (int) Json.whole(column, "index")));
            }
            return new Operator.Join(
                    kind,
                    numbers(json, "leftKeys"),
                    numbers(json, "rightKeys"),
                    columns,
                    constant(Cardinality.class, json, "expected"));
        }
        if (json.has("append")) {
            return new Operator.Append(
                    constant(TableStep.AppendColumns.Lengths.class, json, "append"),
                    numbers(json, "left"),
                    numbers(json, "right"));
        }
        if (json.has("group_by")) {
            List<Operator.GroupBy.Measure> measures = new ArrayList<>();
            Json.array(json, "measures").forEach(measure -> measures.add(MeasureJson.readMeasure(measure)));
            return new Operator.GroupBy(numbers(json, "group_by"), measures);
        }
        if (json.has("window")) {
            List<WindowMeasure> measures = new ArrayList<>();
            Json.array(json, "measures").forEach(measure -> measures.add(MeasureJson.readWindowMeasure(measure)));
            return new Operator.Window(
                    numbers(json, "columns"), numbers(json, "window"), keys(json, "order"), measures);
        }
        return new Operator.Filter(expression(Json.member(json, "filter")));
    }

    private static List<Operator.Sort.Key> keys(JsonNode json, String name) {
        List<Operator.Sort.Key> keys = new ArrayList<>();
        for (JsonNode key : Json.array(json, name)) {
            keys.add(new Operator.Sort.Key(
                    (int) Json.whole(key, "index"),
                    constant(SortKey.Direction.class, key, "direction"),
                    constant(SortKey.Nulls.class, key, "nulls")));
        }
        return keys;
    }

    static List<Integer> numbers(JsonNode json, String name) {
        List<Integer> numbers = new ArrayList<>();
        Json.array(json, name).forEach(number -> numbers.add(number.intValue()));
        return numbers;
    }

    static <E extends Enum<E>> E constant(Class<E> type, JsonNode json, String name) {
        try {
            return Enum.valueOf(type, Json.text(json, name));
        } catch (IllegalArgumentException unknown) {
            throw Json.malformed("'" + name + "' is not one of " + List.of(type.getEnumConstants()));
        }
    }

    private static TypedExpr expression(JsonNode json) {
        DataType type = type(json);
        boolean nullable = json.has("nullable") && json.get("nullable").booleanValue();
        if (json.has("input")) {
            return new TypedExpr.Input((int) Json.whole(json, "input"), type, nullable);
        }
        if (json.has("constant")) {
            return new TypedExpr.Constant(ExprJson.readLiteral(json.get("constant")), type);
        }
        if (json.has("call")) {
            String name = Json.text(json, "call");
            Function function = Function.named(name).orElseThrow(() -> Json.malformed("no function is named " + name));
            return new TypedExpr.Call(function, expressions(Json.array(json, "arguments")), type, nullable);
        }
        if (json.has("user")) {
            return new TypedExpr.Apply(
                    UserFunctionJson.function(json),
                    Json.texts(json, "names"),
                    expressions(Json.array(json, "arguments")));
        }
        if (json.has("cast")) {
            return new TypedExpr.Cast(expression(json.get("cast")), type);
        }
        List<TypedExpr.Case.Branch> branches = new ArrayList<>();
        for (JsonNode branch : Json.array(json, "case")) {
            branches.add(new TypedExpr.Case.Branch(
                    expression(Json.member(branch, "when")), expression(Json.member(branch, "then"))));
        }
        Optional<TypedExpr> otherwise =
                Optional.ofNullable(json.get("otherwise")).map(OperatorJson::expression);
        return new TypedExpr.Case(branches, otherwise, type, nullable);
    }

    private static List<TypedExpr> expressions(JsonNode array) {
        List<TypedExpr> expressions = new ArrayList<>();
        for (JsonNode json : array) {
            expressions.add(expression(json));
        }
        return expressions;
    }

    static DataType type(JsonNode json) {
        String text = Json.text(json, "type");
        try {
            return DataTypes.parse(text);
        } catch (IllegalArgumentException notAType) {
            throw Json.malformed("'" + text + "' is not a type");
        }
    }

    private static final class Writer implements TypedExpr.Visitor<JsonNode> {
        private static ObjectNode typed(TypedExpr expression) {
            ObjectNode json = JSON.objectNode().put("type", expression.type().toString());
            return expression.nullable() ? json.put("nullable", true) : json;
        }

        @Override
        public JsonNode visit(TypedExpr.Input input) {
            return typed(input).put("input", input.index());
        }

        @Override
        public JsonNode visit(TypedExpr.Constant constant) {
            return typed(constant).set("constant", ExprJson.writeLiteral(constant.value()));
        }

        @Override
        public JsonNode visit(TypedExpr.Call call) {
            ObjectNode json = typed(call).put("call", call.function().catalogName());
            ArrayNode arguments = json.putArray("arguments");
            for (TypedExpr argument : call.arguments()) {
                arguments.add(argument.accept(this));
            }
            return json;
        }

        @Override
        public JsonNode visit(TypedExpr.Apply apply) {
            ObjectNode json = typed(apply).setAll(UserFunctionJson.write(apply.function()));
            ArrayNode names = json.putArray("names");
            apply.names().forEach(names::add);
            ArrayNode arguments = json.putArray("arguments");
            apply.arguments().forEach(argument -> arguments.add(argument.accept(this)));
            return json;
        }

        @Override
        public JsonNode visit(TypedExpr.Cast cast) {
            return typed(cast).set("cast", cast.input().accept(this));
        }

        @Override
        public JsonNode visit(TypedExpr.Case choice) {
            ObjectNode json = typed(choice);
            ArrayNode branches = json.putArray("case");
            for (TypedExpr.Case.Branch branch : choice.branches()) {
                ObjectNode written = branches.addObject();
                written.set("when", branch.condition().accept(this));
                written.set("then", branch.value().accept(this));
            }
            choice.otherwise().ifPresent(otherwise -> json.set("otherwise", otherwise.accept(this)));
            return json;
        }
    }
}
