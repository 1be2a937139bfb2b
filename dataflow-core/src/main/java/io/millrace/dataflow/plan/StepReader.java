package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.expr.Window;
import io.millrace.dataflow.expr.WindowColumn;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes steps of JSON, each by the reader of its name. */
final class StepReader {
    private static final Map<String, Function<JsonNode, Step>> READERS = new TreeMap<>(Map.ofEntries(
            Map.entry("values", StepReader::values),
            Map.entry("select", json -> new ColumnStep.Select(columns(json))),
            Map.entry("drop", json -> new ColumnStep.Drop(columns(json))),
            Map.entry("rename_all", json -> new ColumnStep.RenameAll(Json.textMembers(json, "names"))),
            Map.entry("rename_matching", StepReader::renameMatching),
            Map.entry("move", json -> new ColumnStep.Move(columns(json), Json.optionalText(json, "after"))),
            Map.entry("with_columns", StepReader::withColumns),
            Map.entry("filter_columns", StepReader::filterColumns),
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
            Map.entry("fill_null", StepReader::fillNull),
            Map.entry(
                    "explode",
                    json -> new RowStep.Explode(
                            Json.text(json, "column"), Json.constant(RowStep.Explode.Empty.class, json, "empty"))),
            Map.entry("unnest", json -> new ColumnStep.Unnest(Json.text(json, "column"))),
            Map.entry("reject_errors", StepReader::rejectErrors),
            Map.entry("limit", json -> new RowStep.Limit(Json.whole(json, "rows"))),
            Map.entry("sort", StepReader::sort),
            Map.entry("distinct", StepReader::distinct),
            Map.entry("union", StepReader::union),
            Map.entry("join", TableStepJson::readJoin),
            Map.entry("append_columns", StepReader::appendColumns),
            Map.entry("unpivot", StepReader::unpivot),
            Map.entry("pivot", TableStepJson::readPivot),
            Map.entry("group_by", StepReader::groupBy),
            Map.entry("window", StepReader::window)));

    static {
        for (String format : ReadOptionsJson.FORMATS) {
            READERS.put("read_" + format, json -> source(format, json));
        }
    }

    private StepReader() {}

    /** The names of the steps that can be read. */
    static Set<String> names() {
        return READERS.keySet();
    }

    /**
     * Reads a step of one of the {@link #names}.
     *
     * @throws IllegalArgumentException when its members make no such step
     */
    static Step read(String name, JsonNode json) {
        return Objects.requireNonNull(READERS.get(name)).apply(json);
    }

    private static ColumnSelector columns(JsonNode json) {
        return SelectorJson.read(Json.member(json, "columns"));
    }

    private static Step source(String format, JsonNode json) {
        return new SourceStep.Read(
                SourceJson.read(Json.member(json, "source")),
                ReadOptionsJson.read(
                        format, json.has("options") ? json.get("options") : JsonNodeFactory.instance.objectNode()),
                Optional.ofNullable(json.get("schema")).map(SchemaJson::read));
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

    private static Step renameMatching(JsonNode json) {
        if (SelectorJson.read(Json.member(json, "pattern")) instanceof ColumnSelector.Matching matching) {
            return new ColumnStep.RenameMatching(matching, Json.text(json, "replacement"));
        }
        throw Json.malformed("step 'rename_matching' needs a pattern");
    }

    private static Step withColumns(JsonNode json) {
        return new ColumnStep.WithColumns(
                columns(json),
                ExprJson.read(Json.member(json, "value")),
                Json.constant(ColumnStep.WithColumns.Typing.class, json, "typing"));
    }

    private static Step filterColumns(JsonNode json) {
        return new RowStep.FilterColumns(
                columns(json),
                Json.constant(RowStep.FilterColumns.Quantifier.class, json, "quantifier"),
                ExprJson.read(Json.member(json, "predicate")));
    }

    private static Step fillNull(JsonNode json) {
        Object value = ExprJson.readLiteral(Json.member(json, "value"));
        if (value == null) {
            throw Json.malformed("step 'fill_null' needs a value");
        }
        return new ColumnStep.FillNull(Json.text(json, "column"), Objects.requireNonNull(value));
    }

    private static Step rejectErrors(JsonNode json) {
        return new RowStep.RejectErrors(
                Json.texts(json, "columns"),
                json.has("atMost") ? Json.whole(json, "atMost") : RowStep.RejectErrors.ANY_NUMBER,
                json.has("path") ? Optional.of(Json.text(json, "path")) : Optional.empty());
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

    private static Step distinct(JsonNode json) {
        RowStep.Distinct.Keep keep = json.has("keep")
                ? Json.constant(RowStep.Distinct.Keep.class, json, "keep")
                : RowStep.Distinct.Keep.FIRST;
        ColumnSelector columns = columns(json);
        return columns instanceof ColumnSelector.Named named
                ? new RowStep.Distinct(named.names(), keep)
                : new RowStep.Distinct(columns, keep);
    }

    private static Step union(JsonNode json) {
        return new TableStep.Union(
                json.has("match")
                        ? Json.constant(TableStep.Union.Match.class, json, "match")
                        : TableStep.Union.Match.SAME);
    }

    private static Step appendColumns(JsonNode json) {
        return new TableStep.AppendColumns(Json.constant(TableStep.AppendColumns.Lengths.class, json, "lengths"));
    }

    private static Step unpivot(JsonNode json) {
        return new TableStep.Unpivot(
                Json.texts(json, "keep"),
                Json.texts(json, "values"),
                Json.text(json, "name_column"),
                Json.text(json, "value_column"));
    }

    private static Step groupBy(JsonNode json) {
        List<Aggregate> aggregates = new ArrayList<>();
        for (JsonNode aggregate : Json.array(json, "aggregates")) {
            aggregates.add(MeasureJson.readAggregate(aggregate));
        }
        return new TableStep.GroupBy(Json.texts(json, "keys"), aggregates);
    }

    private static Step window(JsonNode json) {
        List<WindowColumn> columns = new ArrayList<>();
        Json.array(json, "columns").forEach(column -> columns.add(MeasureJson.readWindowColumn(column)));
        return new TableStep.Window(new Window(Json.texts(json, "partition_by"), keys(json, "order_by")), columns);
    }
}
