package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.expr.Window;
import io.millrace.dataflow.expr.WindowColumn;
import io.millrace.dataflow.schema.Schema;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Steps as JSON objects whose member {@code step} is the name of the step. */
final class StepJson implements Step.Visitor<ObjectNode> {
    private static final StepJson WRITER = new StepJson();
    private static final Map<String, Function<JsonNode, Step>> READERS = new TreeMap<>(Map.ofEntries(
            Map.entry("values", StepJson::values),
            Map.entry("select", json -> new ColumnStep.Select(columns(json))),
            Map.entry("drop", json -> new ColumnStep.Drop(columns(json))),
            Map.entry("rename_all", json -> new ColumnStep.RenameAll(Json.textMembers(json, "names"))),
            Map.entry("rename_matching", StepJson::renameMatching),
            Map.entry("move", json -> new ColumnStep.Move(columns(json), Json.optionalText(json, "after"))),
            Map.entry("with_columns", StepJson::withColumns),
            Map.entry("filter_columns", StepJson::filterColumns),
            Map.entry("skip", json -> new RowStep.Skip(Json.whole(json, "rows"))),
            Map.entry("tail", json -> new RowStep.Tail(Json.whole(json, "rows"))),
            Map.entry("row_number", json -> new RowStep.RowNumber(Json.text(json, "name"))),
            Map.entry(
                    "sample_rows", json -> new RowStep.SampleRows(Json.whole(json, "rows"), Json.whole(json, "seed"))),
            Map.entry("require_rows", json -> new RowStep.RequireRows()),
            Map.entry("rename", json -> new ColumnStep.Rename(Json.text(json, "from"), Json.text(json, "to"))),
            Map.entry(
                    "with_column",
                    json -> new ColumnStep.WithColumn(
                            Json.text(json, "name"), ExprJson.read(Json.member(json, "value")))),
            Map.entry("cast", json -> new ColumnStep.Cast(Json.text(json, "column"), Json.type(json, "to"))),
            Map.entry("filter", json -> new RowStep.Filter(ExprJson.read(Json.member(json, "predicate")))),
            Map.entry("fill_null", StepJson::fillNull),
            Map.entry(
                    "explode",
                    json -> new RowStep.Explode(
                            Json.text(json, "column"), Json.constant(RowStep.Explode.Empty.class, json, "empty"))),
            Map.entry("unnest", json -> new ColumnStep.Unnest(Json.text(json, "column"))),
            Map.entry("reject_errors", StepJson::rejectErrors),
            Map.entry("limit", json -> new RowStep.Limit(Json.whole(json, "rows"))),
            Map.entry("sort", StepJson::sort),
            Map.entry("distinct", StepJson::distinct),
            Map.entry("union", StepJson::union),
            Map.entry("join", TableStepJson::readJoin),
            Map.entry("append_columns", StepJson::appendColumns),
            Map.entry("unpivot", StepJson::unpivot),
            Map.entry("pivot", TableStepJson::readPivot),
            Map.entry("group_by", StepJson::groupBy),
            Map.entry("window", StepJson::window)));

    static {
        for (String format : ReadOptionsJson.FORMATS) {
            READERS.put("read_" + format, json -> read(format, json));
        }
    }

    private StepJson() {}

    /**
     * The JSON of a step.
     *
     * @throws DataflowException {@code UNSUPPORTED_BY_ENGINE} for rows that live in an engine
     */
    static ObjectNode write(Step step) {
        if (step instanceof SourceStep.Hosted hosted) {
            throw DataflowException.of(
                    ErrorCode.UNSUPPORTED_BY_ENGINE,
                    "Cannot save " + StepText.of(step) + ": its rows live in the engine '"
                            + hosted.rows().engine() + "'",
                    "Write the rows to Parquet or CSV first, and save a dataflow that reads these files");
        }
        return step.accept(WRITER);
    }

    /** The names of the steps that a document may hold. */
    static Set<String> names() {
        return READERS.keySet();
    }

    /** What tells a step from others, also where no document can hold it. */
    static ObjectNode shape(Step step) {
        return step.accept(WRITER);
    }

    /** The text that a fingerprint is taken of: the JSON without the name of a credential. */
    static String canonical(Step step) {
        ObjectNode json = shape(step);
        if (json.get("source") instanceof ObjectNode source) {
            source.remove("credential");
        }
        return json.toString();
    }

    static Step read(JsonNode json) {
        String name = Json.text(json, "step");
        Function<JsonNode, Step> reader = READERS.get(name);
        if (reader == null) {
            String shown = Json.shown(name);
            List<String> details = new ArrayList<>(Suggestion.lines(shown, "Steps known", READERS.keySet()));
            details.add("A plan written by a newer Millrace may hold steps that this one does not know");
            throw DataflowException.of(
                    ErrorCode.NEWER_PLAN, "Cannot read the plan: no step is named '" + shown + "'", details);
        }
        try {
            return reader.apply(json);
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw Json.malformed("step '" + name + "': " + wrong.getMessage());
        }
    }

    private static ObjectNode step(String name) {
        return JsonNodeFactory.instance.objectNode().put("step", name);
    }

    private static ObjectNode put(ObjectNode json, String name, List<String> texts) {
        ArrayNode array = json.putArray(name);
        texts.forEach(array::add);
        return json;
    }

    private static ObjectNode put(ObjectNode json, ColumnSelector columns) {
        return json.set("columns", SelectorJson.write(columns));
    }

    private static ColumnSelector columns(JsonNode json) {
        return SelectorJson.read(Json.member(json, "columns"));
    }

    @Override
    public ObjectNode visit(SourceStep.Read step) {
        ObjectNode json = step("read_" + step.options().format());
        json.set("source", SourceJson.write(step.source()));
        ObjectNode options = ReadOptionsJson.write(step.options());
        if (!options.isEmpty()) {
            json.set("options", options);
        }
        step.schema().ifPresent(schema -> json.set("schema", SchemaJson.write(schema)));
        return json;
    }

    private static Step read(String format, JsonNode json) {
        return new SourceStep.Read(
                SourceJson.read(Json.member(json, "source")),
                ReadOptionsJson.read(
                        format, json.has("options") ? json.get("options") : JsonNodeFactory.instance.objectNode()),
                Optional.ofNullable(json.get("schema")).map(SchemaJson::read));
    }

    @Override
    public ObjectNode visit(SourceStep.Values step) {
        ObjectNode json = step("values");
        json.set("schema", SchemaJson.write(step.schema()));
        ArrayNode rows = json.putArray("rows");
        for (List<@Nullable Object> row : step.rows()) {
            ArrayNode values = rows.addArray();
            row.forEach(value -> values.add(ExprJson.writeLiteral(value)));
        }
        return json;
    }

    /** The rows where they are few; else what tells this table from others of this process, which is never saved. */
    @Override
    public ObjectNode visit(SourceStep.FromTable step) {
        return step.asValues().map(this::visit).orElseGet(() -> step("from_table")
                .put("table", step.table().number()));
    }

    private static Step values(JsonNode json) {
        Schema schema = SchemaJson.read(Json.array(json, "schema"));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (JsonNode row : Json.array(json, "rows")) {
            List<@Nullable Object> values = new ArrayList<>();
            row.forEach(value -> values.add(ExprJson.readLiteral(value)));
            rows.add(values);
        }
        return new SourceStep.Values(schema, rows);
    }

    /** For a fingerprint alone: no document holds these rows. */
    @Override
    public ObjectNode visit(SourceStep.Hosted step) {
        return step("hosted")
                .put("engine", step.rows().engine())
                .put("id", step.rows().id());
    }

    @Override
    public ObjectNode visit(ColumnStep.Select step) {
        return put(step("select"), step.columns());
    }

    @Override
    public ObjectNode visit(ColumnStep.Drop step) {
        return put(step("drop"), step.columns());
    }

    @Override
    public ObjectNode visit(ColumnStep.Rename step) {
        return step("rename").put("from", step.from()).put("to", step.to());
    }

    @Override
    public ObjectNode visit(ColumnStep.RenameAll step) {
        ObjectNode json = step("rename_all");
        ObjectNode names = json.putObject("names");
        step.names().forEach(names::put);
        return json;
    }

    @Override
    public ObjectNode visit(ColumnStep.RenameMatching step) {
        ObjectNode json = step("rename_matching");
        json.set("pattern", SelectorJson.write(step.pattern()));
        return json.put("replacement", step.replacement());
    }

    private static Step renameMatching(JsonNode json) {
        if (SelectorJson.read(Json.member(json, "pattern")) instanceof ColumnSelector.Matching matching) {
            return new ColumnStep.RenameMatching(matching, Json.text(json, "replacement"));
        }
        throw Json.malformed("step 'rename_matching' needs a pattern");
    }

    @Override
    public ObjectNode visit(ColumnStep.Move step) {
        ObjectNode json = put(step("move"), step.columns());
        step.after().ifPresent(after -> json.put("after", after));
        return json;
    }

    @Override
    public ObjectNode visit(ColumnStep.WithColumn step) {
        ObjectNode json = step("with_column").put("name", step.name());
        json.set("value", ExprJson.write(step.value()));
        return json;
    }

    @Override
    public ObjectNode visit(ColumnStep.WithColumns step) {
        ObjectNode json = put(step("with_columns"), step.columns());
        json.set("value", ExprJson.write(step.value()));
        return json.put("typing", name(step.typing()));
    }

    private static Step withColumns(JsonNode json) {
        return new ColumnStep.WithColumns(
                columns(json),
                ExprJson.read(Json.member(json, "value")),
                Json.constant(ColumnStep.WithColumns.Typing.class, json, "typing"));
    }

    @Override
    public ObjectNode visit(ColumnStep.Cast step) {
        return step("cast").put("column", step.column()).put("to", step.to().toString());
    }

    @Override
    public ObjectNode visit(RowStep.Filter step) {
        ObjectNode json = step("filter");
        json.set("predicate", ExprJson.write(step.predicate()));
        return json;
    }

    @Override
    public ObjectNode visit(RowStep.FilterColumns step) {
        ObjectNode json = put(step("filter_columns"), step.columns()).put("quantifier", name(step.quantifier()));
        json.set("predicate", ExprJson.write(step.predicate()));
        return json;
    }

    private static Step filterColumns(JsonNode json) {
        return new RowStep.FilterColumns(
                columns(json),
                Json.constant(RowStep.FilterColumns.Quantifier.class, json, "quantifier"),
                ExprJson.read(Json.member(json, "predicate")));
    }

    @Override
    public ObjectNode visit(ColumnStep.FillNull step) {
        ObjectNode json = step("fill_null").put("column", step.column());
        json.set("value", ExprJson.writeLiteral(step.value()));
        return json;
    }

    private static Step fillNull(JsonNode json) {
        Object value = ExprJson.readLiteral(Json.member(json, "value"));
        if (value == null) {
            throw Json.malformed("step 'fill_null' needs a value");
        }
        return new ColumnStep.FillNull(Json.text(json, "column"), Objects.requireNonNull(value));
    }

    @Override
    public ObjectNode visit(RowStep.Explode step) {
        return step("explode").put("column", step.column()).put("empty", name(step.empty()));
    }

    @Override
    public ObjectNode visit(ColumnStep.Unnest step) {
        return step("unnest").put("column", step.column());
    }

    @Override
    public ObjectNode visit(RowStep.RejectErrors step) {
        ObjectNode json = put(step("reject_errors"), "columns", step.columns());
        if (step.atMost() != RowStep.RejectErrors.ANY_NUMBER) {
            json.put("atMost", step.atMost());
        }
        step.path().ifPresent(path -> json.put("path", path));
        return json;
    }

    private static Step rejectErrors(JsonNode json) {
        return new RowStep.RejectErrors(
                Json.texts(json, "columns"),
                json.has("atMost") ? Json.whole(json, "atMost") : RowStep.RejectErrors.ANY_NUMBER,
                json.has("path") ? Optional.of(Json.text(json, "path")) : Optional.empty());
    }

    @Override
    public ObjectNode visit(RowStep.Limit step) {
        return step("limit").put("rows", step.rows());
    }

    @Override
    public ObjectNode visit(RowStep.Skip step) {
        return step("skip").put("rows", step.rows());
    }

    @Override
    public ObjectNode visit(RowStep.Tail step) {
        return step("tail").put("rows", step.rows());
    }

    @Override
    public ObjectNode visit(RowStep.RowNumber step) {
        return step("row_number").put("name", step.name());
    }

    @Override
    public ObjectNode visit(RowStep.SampleRows step) {
        return step("sample_rows").put("rows", step.rows()).put("seed", step.seed());
    }

    @Override
    public ObjectNode visit(RowStep.RequireRows step) {
        return step("require_rows");
    }

    @Override
    public ObjectNode visit(RowStep.Sort step) {
        ObjectNode json = step("sort");
        putKeys(json, "keys", step.keys());
        return json;
    }

    private static void putKeys(ObjectNode json, String name, List<SortKey> keys) {
        ArrayNode array = json.putArray(name);
        for (SortKey key : keys) {
            array.addObject()
                    .put("column", key.column())
                    .put("direction", name(key.direction()))
                    .put("nulls", name(key.nulls()));
        }
    }

    private static Step sort(JsonNode json) {
        return new RowStep.Sort(keys(json, "keys"));
    }

    private static List<SortKey> keys(JsonNode json, String name) {
        List<SortKey> keys = new ArrayList<>();
        for (JsonNode key : Json.array(json, name)) {
            keys.add(new SortKey(
                    Json.text(key, "column"),
                    Json.constant(SortKey.Direction.class, key, "direction"),
                    Json.constant(SortKey.Nulls.class, key, "nulls")));
        }
        return keys;
    }

    @Override
    public ObjectNode visit(RowStep.Distinct step) {
        boolean all = step.columns() instanceof ColumnSelector.All;
        ObjectNode json = put(step("distinct"), all ? ColumnSelector.columns() : step.columns());
        return step.keep() == RowStep.Distinct.Keep.FIRST ? json : json.put("keep", name(step.keep()));
    }

    private static Step distinct(JsonNode json) {
        RowStep.Distinct.Keep keep = json.has("keep")
                ? Json.constant(RowStep.Distinct.Keep.class, json, "keep")
                : RowStep.Distinct.Keep.FIRST;
        ColumnSelector columns = columns(json);
        return columns instanceof ColumnSelector.Named named
                ? new RowStep.Distinct(named.names(), keep)
                : new RowStep.Distinct(columns, keep);
    }

    @Override
    public ObjectNode visit(TableStep.Union step) {
        ObjectNode json = step("union");
        return step.match() == TableStep.Union.Match.SAME ? json : json.put("match", name(step.match()));
    }

    private static Step union(JsonNode json) {
        return new TableStep.Union(
                json.has("match")
                        ? Json.constant(TableStep.Union.Match.class, json, "match")
                        : TableStep.Union.Match.SAME);
    }

    @Override
    public ObjectNode visit(TableStep.Join step) {
        return TableStepJson.writeJoin(step("join"), step.options());
    }

    @Override
    public ObjectNode visit(TableStep.AppendColumns step) {
        return step("append_columns").put("lengths", name(step.lengths()));
    }

    private static Step appendColumns(JsonNode json) {
        return new TableStep.AppendColumns(Json.constant(TableStep.AppendColumns.Lengths.class, json, "lengths"));
    }

    @Override
    public ObjectNode visit(TableStep.Unpivot step) {
        ObjectNode json = put(put(step("unpivot"), "keep", step.keep()), "values", step.values());
        return json.put("name_column", step.nameColumn()).put("value_column", step.valueColumn());
    }

    private static Step unpivot(JsonNode json) {
        return new TableStep.Unpivot(
                Json.texts(json, "keep"),
                Json.texts(json, "values"),
                Json.text(json, "name_column"),
                Json.text(json, "value_column"));
    }

    @Override
    public ObjectNode visit(TableStep.Pivot step) {
        return TableStepJson.writePivot(put(step("pivot"), "keys", step.keys()), step);
    }

    @Override
    public ObjectNode visit(TableStep.GroupBy step) {
        ObjectNode json = put(step("group_by"), "keys", step.keys());
        ArrayNode aggregates = json.putArray("aggregates");
        step.aggregates().forEach(aggregate -> aggregates.add(MeasureJson.write(aggregate)));
        return json;
    }

    private static Step groupBy(JsonNode json) {
        List<Aggregate> aggregates = new ArrayList<>();
        for (JsonNode aggregate : Json.array(json, "aggregates")) {
            aggregates.add(MeasureJson.readAggregate(aggregate));
        }
        return new TableStep.GroupBy(Json.texts(json, "keys"), aggregates);
    }

    @Override
    public ObjectNode visit(TableStep.Window step) {
        ObjectNode json = put(step("window"), "partition_by", step.over().keys());
        putKeys(json, "order_by", step.over().order());
        ArrayNode columns = json.putArray("columns");
        step.columns().forEach(column -> columns.add(MeasureJson.write(column)));
        return json;
    }

    private static Step window(JsonNode json) {
        List<WindowColumn> columns = new ArrayList<>();
        Json.array(json, "columns").forEach(column -> columns.add(MeasureJson.readWindowColumn(column)));
        return new TableStep.Window(new Window(Json.texts(json, "partition_by"), keys(json, "order_by")), columns);
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
