package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.source.ArrowOptions;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.FixedWidthOptions;
import io.millrace.dataflow.source.JsonLinesOptions;
import io.millrace.dataflow.source.LinesOptions;
import io.millrace.dataflow.source.ParquetOptions;
import io.millrace.dataflow.source.ReadOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The options of file formats as JSON, written where they differ from the defaults. Those of CSV are {@link CsvOptionsJson}'s. */
public final class ReadOptionsJson {
    /** The names of the formats that can be read. */
    static final List<String> FORMATS = List.of("csv", "json_lines", "lines", "fixed_width", "arrow", "parquet");

    private ReadOptionsJson() {}

    /** The JSON of options, without the name of their format. */
    public static ObjectNode write(ReadOptions options) {
        if (options instanceof CsvOptions csv) {
            return CsvOptionsJson.write(csv);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (options instanceof JsonLinesOptions lines) {
            lines.schema().ifPresent(schema -> json.set("schema", SchemaJson.write(schema)));
            lines.inferFrom().ifPresent(records -> json.put("inferFrom", records));
            SourceJson.writeErrors(json, lines.errors());
        } else if (options instanceof LinesOptions lines) {
            if (!lines.encoding().equals(StandardCharsets.UTF_8)) {
                json.put("encoding", lines.encoding().name());
            }
            SourceJson.writeErrors(json, lines.errors());
        } else if (options instanceof FixedWidthOptions fixed) {
            ArrayNode offsets = json.putArray("offsets");
            fixed.offsets().forEach(offsets::add);
            if (!fixed.encoding().equals(StandardCharsets.UTF_8)) {
                json.put("encoding", fixed.encoding().name());
            }
            if (!fixed.hasHeader()) {
                json.put("header", false);
            }
            fixed.schema().ifPresent(schema -> json.set("schema", SchemaJson.write(schema)));
            fixed.inferFrom().ifPresent(records -> json.put("inferFrom", records));
            SourceJson.writeErrors(json, fixed.errors());
        }
        return json;
    }

    /**
     * The options of a format in {@code json}.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code NOT_A_PLAN}
     */
    public static ReadOptions read(String format, JsonNode json) {
        return switch (format) {
            case "csv" -> CsvOptionsJson.read(json);
            case "json_lines" -> jsonLines(json);
            case "lines" -> lines(json);
            case "fixed_width" -> fixedWidth(json);
            case "arrow" -> new ArrowOptions();
            case "parquet" -> new ParquetOptions();
            default -> throw Json.malformed("'" + format + "' is not a format");
        };
    }

    private static ReadOptions lines(JsonNode json) {
        LinesOptions lines = LinesOptions.defaults().errors(SourceJson.readErrors(json));
        return json.has("encoding") ? lines.encoding(SourceJson.encoding(json)) : lines;
    }

    private static ReadOptions jsonLines(JsonNode json) {
        JsonLinesOptions options = JsonLinesOptions.defaults().errors(SourceJson.readErrors(json));
        if (json.has("schema")) {
            options = options.schema(SchemaJson.read(json.get("schema")));
        }
        return json.has("inferFrom") ? options.inferFrom(Json.whole(json, "inferFrom")) : options;
    }

    private static ReadOptions fixedWidth(JsonNode json) {
        JsonNode array = Json.array(json, "offsets");
        int[] offsets = new int[array.size()];
        for (int i = 0; i < offsets.length; i++) {
            if (!array.get(i).isIntegralNumber() || !array.get(i).canConvertToInt()) {
                throw Json.malformed("'offsets' holds something that is not a whole number of 32 bits");
            }
            offsets[i] = array.get(i).intValue();
        }
        ErrorPolicy errors = SourceJson.readErrors(json);
        FixedWidthOptions options = FixedWidthOptions.at(offsets).errors(errors);
        if (json.has("encoding")) {
            options = options.encoding(SourceJson.encoding(json));
        }
        if (json.has("header") && !Json.flag(json, "header")) {
            options = options.withoutHeader();
        }
        if (json.has("schema")) {
            options = options.schema(SchemaJson.read(json.get("schema")));
        }
        return json.has("inferFrom") ? options.inferFrom(Json.whole(json, "inferFrom")) : options;
    }
}
