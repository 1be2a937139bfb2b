package io.millrace.dataflow.plan;

import static io.millrace.dataflow.plan.SchemaParts.anyOf;
import static io.millrace.dataflow.plan.SchemaParts.arrayOf;
import static io.millrace.dataflow.plan.SchemaParts.constant;
import static io.millrace.dataflow.plan.SchemaParts.named;
import static io.millrace.dataflow.plan.SchemaParts.object;
import static io.millrace.dataflow.plan.SchemaParts.oneOf;
import static io.millrace.dataflow.plan.SchemaParts.optional;
import static io.millrace.dataflow.plan.SchemaParts.required;
import static io.millrace.dataflow.plan.SchemaParts.text;
import static io.millrace.dataflow.plan.SchemaParts.type;
import static io.millrace.dataflow.plan.SchemaParts.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Cardinality;
import io.millrace.dataflow.expr.EachColumn;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.JoinKind;
import io.millrace.dataflow.expr.JoinNames;
import io.millrace.dataflow.expr.PivotColumn;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.plan.SchemaParts.Member;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.FileColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the JSON Schema of saved plans, with the names of functions, types and constants that the code has. The members
 * of each step are said here once more, and tests compare them with what is written and read.
 */
final class PlanSchema {
    private static final String SIMPLE = Stream.of(
                    DataTypes.BOOL,
                    DataTypes.INT64,
                    DataTypes.FLOAT64,
                    DataTypes.TEXT,
                    DataTypes.DATE,
                    DataTypes.TIMESTAMP,
                    DataTypes.BINARY)
            .map(DataType::toString)
            .collect(Collectors.joining("|"));
    private static final int NO_INPUT = 0;
    private static final int ONE_INPUT = 1;
    private static final int TWO_INPUTS = 2;

    private final Map<String, ObjectNode> steps = new LinkedHashMap<>();

    private PlanSchema() {}

    static ObjectNode make() {
        PlanSchema schema = new PlanSchema();
        schema.addSources();
        schema.addColumnSteps();
        schema.addRowSteps();
        schema.addTableSteps();
        return schema.document();
    }

    private ObjectNode document() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "A saved dataflow of Millrace")
                .put(
                        "description",
                        "Steps in topological order, the ids counting from 0; the last step is the result. No secret is"
                                + " written: a source names its credential at most.");
        json.setAll(object(
                optional("$schema", text()),
                required("millrace", constant("plan")),
                required("version", type("integer").put("minimum", 1).put("maximum", PlanJson.VERSION)),
                required("steps", arrayOf(named("step"), 1))));
        ObjectNode definitions = json.putObject("$defs");
        ArrayNode choices = definitions.putObject("step").putArray("oneOf");
        steps.keySet().forEach(name -> choices.add(named("step_" + name)));
        steps.forEach((name, step) -> definitions.set("step_" + name, step));
        values().forEach((name, value) -> definitions.set(name, value.get()));
        return json;
    }

    private void step(String name, int inputs, Member... members) {
        step(name, arrayOf(whole(0), inputs, inputs), inputs > 0, members);
    }

    private void step(String name, JsonNode inputs, boolean needed, Member... members) {
        List<Member> all = new ArrayList<>(List.of(
                required("id", whole(0)), new Member("inputs", inputs, needed), required("step", constant(name))));
        all.addAll(Arrays.asList(members));
        steps.put(name, object(all));
    }

    private void addSources() {
        Map<String, Member[]> options = new LinkedHashMap<>();
        ObjectNode character = text().put("minLength", 1).put("maxLength", 1);
        Member schema = optional("schema", named("schema"));
        Member inferFrom = optional("inferFrom", whole(1));
        Member encoding = optional("encoding", text());
        Member header = optional("header", type("boolean"));
        Member errors = optional(
                "errors",
                anyOf(constant("keep"), object(required("drop", whole(0))), object(required("quarantine", text()))));
        options.put("csv", new Member[] {
            optional("delimiter", text().put("minLength", 1).put("maxLength", 100)),
            optional("quote", anyOf(character, constant(false))),
            optional("escape", character),
            encoding,
            header,
            optional("headerRows", whole(0).put("maximum", CsvOptions.MOST_HEADER_ROWS)),
            optional("skipRows", whole(0)),
            optional("comment", character),
            optional("firstTableOnly", type("boolean")),
            optional("padShortRows", type("boolean")),
            optional("columns", oneOf(FileColumns.class)),
            optional("overflowColumn", text()),
            optional("pathColumn", text()),
            optional("recordColumn", text()),
            optional("nullTokens", arrayOf(text())),
            optional("nullTokensOf", type("object").set("additionalProperties", arrayOf(text()))),
            optional("quotedEmptyAsNull", type("boolean")),
            optional("allText", type("boolean")),
            schema,
            inferFrom,
            errors
        });
        options.put("json_lines", new Member[] {schema, inferFrom, errors});
        options.put("lines", new Member[] {encoding, errors});
        options.put("fixed_width", new Member[] {
            required("offsets", arrayOf(type("integer"))), encoding, header, schema, inferFrom, errors
        });
        options.put("arrow", new Member[0]);
        options.put("parquet", new Member[0]);
        options.forEach((format, members) -> step(
                "read_" + format,
                NO_INPUT,
                required("source", named("source")),
                optional("options", object(members)),
                schema));
        step(
                "values",
                NO_INPUT,
                required("schema", named("schema")),
                required("rows", arrayOf(arrayOf(named("literal")))));
    }

    private void addColumnSteps() {
        Member columns = required("columns", named("selector"));
        Member column = required("column", text());
        step("select", ONE_INPUT, columns);
        step("drop", ONE_INPUT, columns);
        step("rename", ONE_INPUT, required("from", text()), required("to", text()));
        step("rename_all", ONE_INPUT, required("names", type("object").set("additionalProperties", text())));
        step("rename_matching", ONE_INPUT, required("pattern", named("pattern")), required("replacement", text()));
        step("move", ONE_INPUT, columns, optional("after", text()));
        step("with_column", ONE_INPUT, required("name", text()), required("value", named("expression")));
        step(
                "with_columns",
                ONE_INPUT,
                columns,
                required("value", named("expression")),
                required("typing", oneOf(ColumnStep.WithColumns.Typing.class)));
        step("cast", ONE_INPUT, column, required("to", named("type")));
        step("fill_null", ONE_INPUT, column, required("value", named("literal")));
        step("explode", ONE_INPUT, column, required("empty", oneOf(RowStep.Explode.Empty.class)));
        step("unnest", ONE_INPUT, column);
        step("row_number", ONE_INPUT, required("name", text()));
    }

    private void addRowSteps() {
        Member rows = required("rows", whole(0));
        Member predicate = required("predicate", named("expression"));
        step("filter", ONE_INPUT, predicate);
        step(
                "filter_columns",
                ONE_INPUT,
                required("columns", named("selector")),
                required("quantifier", oneOf(RowStep.FilterColumns.Quantifier.class)),
                predicate);
        step(
                "reject_errors",
                ONE_INPUT,
                required("columns", arrayOf(text())),
                optional("atMost", whole(0)),
                optional("path", text()));
        step("limit", ONE_INPUT, rows);
        step("skip", ONE_INPUT, rows);
        step("tail", ONE_INPUT, rows);
        step("sample_rows", ONE_INPUT, rows, required("seed", whole(Long.MIN_VALUE)));
        step("require_rows", ONE_INPUT);
        step("sort", ONE_INPUT, required("keys", arrayOf(named("sort_key"), 1)));
        step(
                "distinct",
                ONE_INPUT,
                required("columns", named("selector")),
                optional("keep", oneOf(RowStep.Distinct.Keep.class)));
    }

    private void addTableSteps() {
        step("union", arrayOf(whole(0), 1), true, optional("match", oneOf(TableStep.Union.Match.class)));
        step(
                "join",
                TWO_INPUTS,
                required("kind", oneOf(JoinKind.class)),
                optional("on", arrayOf(text())),
                optional(
                        "keys",
                        arrayOf(object(required("left", named("expression")), required("right", named("expression"))))),
                optional(
                        "names",
                        object(
                                required("rule", oneOf(JoinNames.Rule.class)),
                                required("left", text()),
                                required("right", text()))),
                optional("expected", oneOf(Cardinality.class)));
        step("append_columns", TWO_INPUTS, required("lengths", oneOf(TableStep.AppendColumns.Lengths.class)));
        step(
                "unpivot",
                ONE_INPUT,
                required("keep", arrayOf(text())),
                required("values", arrayOf(text())),
                required("name_column", text()),
                required("value_column", text()));
        step(
                "pivot",
                ONE_INPUT,
                required("keys", arrayOf(text())),
                required("column", text()),
                required("aggregate", named("aggregate")),
                required(
                        "columns",
                        arrayOf(anyOf(
                                object(required("name", text()), required("value", named("literal"))),
                                object(
                                        required("name", text()),
                                        required("cells", oneOf(PivotColumn.Of.class, PivotColumn.Of.VALUE)))))));
        step(
                "group_by",
                ONE_INPUT,
                required("keys", arrayOf(text())),
                required("aggregates", arrayOf(named("aggregate"))));
        step(
                "window",
                ONE_INPUT,
                required("partition_by", arrayOf(text())),
                required("order_by", arrayOf(named("sort_key"))),
                required("columns", arrayOf(anyOf(named("framed_aggregate"), named("window_function")))));
    }

    /** What several steps hold. */
    private static Map<String, Supplier<ObjectNode>> values() {
        Map<String, Supplier<ObjectNode>> values = new LinkedHashMap<>();
        values.put(
                "source",
                () -> anyOf(
                        object(required("file", text())),
                        object(required("http", text("^https?://"))),
                        object(required("blob", text("^https?://[^?]*$")), optional("credential", text()))));
        values.put(
                "schema",
                () -> arrayOf(object(
                        required("name", text()),
                        required("type", named("type")),
                        optional("nullable", type("boolean")))));
        values.put("type", () -> text("^(" + SIMPLE + "|decimal\\([0-9]+, [0-9]+\\)|list<.*>|struct<.*>)$")
                .put("description", "As types print: decimal(10, 2), list<int64>, struct<name: text>"));
        values.put("selector", PlanSchema::selector);
        values.put(
                "pattern",
                () -> anyOf(object(required("matching", text())), object(required("matching_ignoring_case", text()))));
        values.put("expression", PlanSchema::expression);
        values.put("literal", PlanSchema::literal);
        values.put(
                "sort_key",
                () -> object(
                        required("column", text()),
                        required("direction", oneOf(SortKey.Direction.class)),
                        required("nulls", oneOf(SortKey.Nulls.class))));
        values.put("aggregate", () -> object(aggregate()));
        values.put("framed_aggregate", () -> {
            List<Member> members = new ArrayList<>(aggregate());
            members.add(optional("frame", named("frame")));
            return object(members);
        });
        values.put(
                "window_function",
                () -> object(
                        required("function", oneOf(WindowFunction.Kind.class)),
                        optional("input", named("expression")),
                        optional("number", whole(Long.MIN_VALUE)),
                        optional("otherwise", named("literal")),
                        optional("frame", named("frame")),
                        required("name", text())));
        values.put(
                "frame",
                () -> object(
                        required("unit", oneOf(Frame.Unit.class)),
                        optional("from", text("^-?[0-9.]+$")),
                        optional("to", text("^-?[0-9.]+$"))));
        return values;
    }

    private static List<Member> aggregate() {
        return List.of(
                required("kind", oneOf(Aggregate.Kind.class)),
                optional("input", named("expression")),
                optional("inputs", arrayOf(named("expression"), 2)),
                optional("parameter", type("number")),
                optional("where", named("expression")),
                required("name", text()));
    }

    private static ObjectNode selector() {
        return anyOf(
                arrayOf(text()),
                named("pattern"),
                object(required("of_type", arrayOf(named("type")))),
                object(required("numeric", constant(true))),
                object(required("all", constant(true))),
                object(required("not", named("selector"))),
                object(required("both", arrayOf(named("selector"), 2, 2))),
                object(required("either", arrayOf(named("selector")))),
                object(required("optional", named("selector"))));
    }

    private static ObjectNode expression() {
        return anyOf(
                object(required("column", text())),
                object(required("literal", named("literal"))),
                object(required("call", oneOf(callable())), required("arguments", arrayOf(named("expression")))),
                object(
                        required("user", text()),
                        required("type", named("type")),
                        required("columns", arrayOf(text(), 1)),
                        optional("names", arrayOf(text(), 1))),
                object(required("cast", named("expression")), required("to", named("type"))),
                object(
                        required(
                                "case",
                                arrayOf(
                                        object(
                                                required("when", named("expression")),
                                                required("then", named("expression"))),
                                        1)),
                        optional("otherwise", named("expression"))));
    }

    /** The functions of the catalog, and what stands for the column at hand in a step over several. */
    private static List<String> callable() {
        List<String> names = new ArrayList<>(Function.names());
        names.add(((Expr.Call) EachColumn.placeholder()).function());
        return names;
    }

    private static ObjectNode literal() {
        return anyOf(
                type("null"),
                type("boolean"),
                type("number"),
                text(),
                object(required("float64", text("^(-?[0-9.]+(E-?[0-9]+)?|NaN|-?Infinity)$"))),
                object(required("decimal", text("^-?[0-9.]+$"))),
                object(required("date", text("^[+-]?[0-9]{4,}-[0-9]{2}-[0-9]{2}$"))),
                object(required("timestamp", text("^[+-]?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$"))),
                object(required("binary", text("^([0-9a-fA-F]{2})*$"))),
                object(required("list", arrayOf(named("literal")))),
                object(required(
                        "struct", arrayOf(object(required("name", text()), required("value", named("literal")))))));
    }
}
