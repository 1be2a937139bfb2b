package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.expr.SortKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes steps as JSON. */
final class StepWriter implements Step.Visitor<ObjectNode> {
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
        return json.put("typing", StepJson.name(step.typing()));
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
        ObjectNode json =
                put(step("filter_columns"), step.columns()).put("quantifier", StepJson.name(step.quantifier()));
        json.set("predicate", ExprJson.write(step.predicate()));
        return json;
    }

    @Override
    public ObjectNode visit(ColumnStep.FillNull step) {
        ObjectNode json = step("fill_null").put("column", step.column());
        json.set("value", ExprJson.writeLiteral(step.value()));
        return json;
    }

    @Override
    public ObjectNode visit(RowStep.Explode step) {
        return step("explode").put("column", step.column()).put("empty", StepJson.name(step.empty()));
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
                    .put("direction", StepJson.name(key.direction()))
                    .put("nulls", StepJson.name(key.nulls()));
        }
    }

    @Override
    public ObjectNode visit(RowStep.Distinct step) {
        boolean all = step.columns() instanceof ColumnSelector.All;
        ObjectNode json = put(step("distinct"), all ? ColumnSelector.columns() : step.columns());
        return step.keep() == RowStep.Distinct.Keep.FIRST ? json : json.put("keep", StepJson.name(step.keep()));
    }

    @Override
    public ObjectNode visit(TableStep.Union step) {
        ObjectNode json = step("union");
        return step.match() == TableStep.Union.Match.SAME ? json : json.put("match", StepJson.name(step.match()));
    }

    @Override
    public ObjectNode visit(TableStep.Join step) {
        return TableStepJson.writeJoin(step("join"), step.options());
    }

    @Override
    public ObjectNode visit(TableStep.AppendColumns step) {
        return step("append_columns").put("lengths", StepJson.name(step.lengths()));
    }

    @Override
    public ObjectNode visit(TableStep.Unpivot step) {
        ObjectNode json = put(put(step("unpivot"), "keep", step.keep()), "values", step.values());
        return json.put("name_column", step.nameColumn()).put("value_column", step.valueColumn());
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

    @Override
    public ObjectNode visit(TableStep.Window step) {
        ObjectNode json = put(step("window"), "partition_by", step.over().keys());
        putKeys(json, "order_by", step.over().order());
        ArrayNode columns = json.putArray("columns");
        step.columns().forEach(column -> columns.add(MeasureJson.write(column)));
        return json;
    }
}
