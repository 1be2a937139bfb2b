package io.millrace.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.plan.SchemaJson;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.ReadReport;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the command prints when it is asked for JSON: one document, indented. */
final class Json {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    /** Prints a document and a line end. */
    static void print(PrintStream out, JsonNode document) {
        try {
            ObjectMapper mapper = new ObjectMapper().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
            out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON nodes can be written", impossible);
        }
    }

    /** {@code {"error": {"code", "kind", "message", "details"}}}. */
    static ObjectNode ofError(DataflowException error) {
        ObjectNode document = object();
        ObjectNode json = document.putObject("error")
                .put("code", error.code().name())
                .put("kind", error.kind().name().toLowerCase(Locale.ROOT))
                .put("message", error.what());
        ArrayNode details = json.putArray("details");
        error.details().forEach(details::add);
        return document;
    }

    static ArrayNode ofSchema(Schema schema) {
        return SchemaJson.write(schema);
    }

    /** Adds the first {@code count} rows of a batch, each an object by column. An error value is a null. */
    static void addRows(ArrayNode rows, Batch batch, int count) {
        for (int row = 0; row < count; row++) {
            ObjectNode json = rows.addObject();
            for (int column = 0; column < batch.schema().size(); column++) {
                json.set(
                        batch.schema().field(column).name(),
                        value(batch.cells(column).value(row)));
            }
        }
    }

    /** Adds the error values of the first {@code count} rows of a batch whose first row is row {@code start}. */
    static void addErrors(ArrayNode errors, Batch batch, int count, long start) {
        for (int column = 0; column < batch.schema().size(); column++) {
            for (int row = 0; row < count; row++) {
                CellError error = batch.cells(column).errors().at(row).orElse(null);
                if (error != null) {
                    errors.addObject()
                            .put("row", start + row)
                            .put("column", batch.schema().field(column).name())
                            .put("code", error.code().name())
                            .put("text", error.text())
                            .put("file", error.file())
                            .put("record", error.record());
                }
            }
        }
    }

    /** A cell: numbers that JSON does not have, times and bytes are strings. */
    private static JsonNode value(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof Boolean bool) {
            return NODES.booleanNode(bool);
        }
        if (value instanceof Long number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? NODES.numberNode(number) : NODES.textNode(number.toString());
        }
        if (value instanceof BigDecimal decimal) {
            return NODES.numberNode(decimal);
        }
        if (value instanceof byte[] bytes) {
            return NODES.textNode(HexFormat.of().formatHex(bytes));
        }
        if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(element -> array.add(value(element)));
            return array;
        }
        if (value instanceof Map<?, ?> struct) {
            ObjectNode object = NODES.objectNode();
            struct.forEach((name, part) -> object.set(String.valueOf(name), value(part)));
            return object;
        }
        return NODES.textNode(value.toString());
    }

    /** The account of a read: records, and what became of them. */
    static ObjectNode ofReport(ReadReport report) {
        ObjectNode read = object().put("records", report.read())
                .put("rows", report.emitted())
                .put("rejected", report.rejected());
        ArrayNode cells = read.putArray("cellErrors");
        report.cellErrors().forEach(counted -> cells.addObject()
                .put("column", counted.column())
                .put("code", counted.code().name())
                .put("count", counted.count()));
        return read;
    }
}
