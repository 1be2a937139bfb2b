package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.FileColumns;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;

/** The options of CSV files as JSON, written where they differ from the defaults. */
final class CsvOptionsJson {
    private static final CsvOptions DEFAULTS = CsvOptions.defaults();

    private CsvOptionsJson() {}

    /** The JSON of options: only what differs from {@link CsvOptions#defaults}. */
    static ObjectNode write(CsvOptions options) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        writeDialect(json, options);
        writeTable(json, options);
        writeCells(json, options);
        if (options.isAllText()) {
            json.put("allText", true);
        }
        options.schema().ifPresent(schema -> json.set("schema", SchemaJson.write(schema)));
        options.inferFrom().ifPresent(records -> json.put("inferFrom", records));
        SourceJson.writeErrors(json, options.errors());
        return json;
    }

    private static void writeDialect(ObjectNode json, CsvOptions options) {
        if (!options.delimiter().equals(DEFAULTS.delimiter())) {
            json.put("delimiter", options.delimiter());
        }
        if (options.quote().isEmpty()) {
            json.put("quote", false);
        } else if (!options.quote().equals(DEFAULTS.quote())) {
            json.put("quote", String.valueOf(options.quote().get()));
        }
        if (!options.escape().equals(options.quote())) {
            options.escape().ifPresent(escape -> json.put("escape", String.valueOf(escape)));
        }
        if (!options.encoding().equals(StandardCharsets.UTF_8)) {
            json.put("encoding", options.encoding().name());
        }
    }

    private static void writeTable(ObjectNode json, CsvOptions options) {
        if (!options.hasHeader()) {
            json.put("header", false);
        } else if (options.headerRows() != DEFAULTS.headerRows()) {
            json.put("headerRows", options.headerRows());
        }
        if (options.skipRows() > 0) {
            json.put("skipRows", options.skipRows());
        }
        options.comment().ifPresent(comment -> json.put("comment", String.valueOf(comment)));
        flag(json, "firstTableOnly", options.isFirstTableOnly());
        flag(json, "padShortRows", options.padsShortRows());
        if (options.columns() != DEFAULTS.columns()) {
            json.put("columns", StepJson.name(options.columns()));
        }
        options.overflowColumn().ifPresent(name -> json.put("overflowColumn", name));
        options.pathColumn().ifPresent(name -> json.put("pathColumn", name));
        options.recordColumn().ifPresent(name -> json.put("recordColumn", name));
    }

    private static void writeCells(ObjectNode json, CsvOptions options) {
        if (!options.nullTokens().isEmpty()) {
            ArrayNode tokens = json.putArray("nullTokens");
            options.nullTokens().forEach(tokens::add);
        }
        if (!options.nullTokensByColumn().isEmpty()) {
            ObjectNode columns = json.putObject("nullTokensOf");
            options.nullTokensByColumn().forEach((column, tokens) -> {
                ArrayNode array = columns.putArray(column);
                tokens.forEach(array::add);
            });
        }
        flag(json, "quotedEmptyAsNull", options.isQuotedEmptyNull());
    }

    private static void flag(ObjectNode json, String name, boolean set) {
        if (set) {
            json.put(name, true);
        }
    }

    /**
     * The options in {@code json}.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code NOT_A_PLAN}
     */
    static CsvOptions read(JsonNode json) {
        try {
            CsvOptions options = readCells(json, readTable(json, readDialect(json)));
            options = Json.isTrue(json, "allText") ? options.allText() : options;
            if (json.has("schema")) {
                options = options.schema(SchemaJson.read(json.get("schema")));
            }
            if (json.has("inferFrom")) {
                options = options.inferFrom(Json.whole(json, "inferFrom"));
            }
            return options.errors(SourceJson.readErrors(json));
        } catch (IllegalArgumentException refused) {
            throw Json.malformed(String.valueOf(refused.getMessage()));
        }
    }

    private static CsvOptions readDialect(JsonNode json) {
        CsvOptions options = DEFAULTS;
        if (json.has("delimiter")) {
            options = options.delimiter(Json.text(json, "delimiter"));
        }
        if (json.path("quote").isBoolean() && !Json.flag(json, "quote")) {
            options = options.withoutQuote();
        } else if (json.has("quote")) {
            options = options.quote(character(json, "quote"));
        }
        if (json.has("escape")) {
            options = options.escape(character(json, "escape"));
        }
        return json.has("encoding") ? options.encoding(SourceJson.encoding(json)) : options;
    }

    private static CsvOptions readTable(JsonNode json, CsvOptions dialect) {
        CsvOptions options = dialect;
        if (json.has("headerRows")) {
            options =
                    options.headerRows((int) Math.max(-1, Math.min(Json.whole(json, "headerRows"), Integer.MAX_VALUE)));
        }
        if (json.has("header") && !Json.flag(json, "header")) {
            options = options.withoutHeader();
        }
        if (json.has("skipRows")) {
            options = options.skipRows(Json.whole(json, "skipRows"));
        }
        if (json.has("comment")) {
            options = options.comment(character(json, "comment"));
        }
        options = Json.isTrue(json, "firstTableOnly") ? options.firstTableOnly() : options;
        options = Json.isTrue(json, "padShortRows") ? options.padShortRows() : options;
        if (json.has("columns")) {
            options = options.columns(Json.constant(FileColumns.class, json, "columns"));
        }
        options = named(json, "overflowColumn", options, CsvOptions::overflowColumn);
        options = named(json, "pathColumn", options, CsvOptions::pathColumn);
        return named(json, "recordColumn", options, CsvOptions::recordColumn);
    }

    private static CsvOptions readCells(JsonNode json, CsvOptions table) {
        CsvOptions options = table;
        if (json.has("nullTokens")) {
            options = options.nullTokens(Json.texts(json, "nullTokens").toArray(new String[0]));
        }
        if (json.has("nullTokensOf")) {
            JsonNode columns = json.get("nullTokensOf");
            if (!columns.isObject()) {
                throw Json.malformed("'nullTokensOf' is not an object");
            }
            for (Iterator<String> names = columns.fieldNames(); names.hasNext(); ) {
                String column = names.next();
                List<String> tokens = Json.texts(columns, column);
                options = options.nullTokensOf(column, tokens.toArray(new String[0]));
            }
        }
        return Json.isTrue(json, "quotedEmptyAsNull") ? options.quotedEmptyAsNull() : options;
    }

    private static CsvOptions named(
            JsonNode json, String member, CsvOptions options, BiFunction<CsvOptions, String, CsvOptions> set) {
        return json.has(member) ? set.apply(options, Json.text(json, member)) : options;
    }

    private static char character(JsonNode json, String name) {
        String text = Json.text(json, name);
        if (text.length() != 1) {
            throw Json.malformed("'" + name + "' is not one character");
        }
        return text.charAt(0);
    }
}
