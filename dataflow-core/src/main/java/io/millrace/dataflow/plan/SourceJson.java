package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.source.Credential;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.Source;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/** Sources and CSV options as JSON. A credential is written by its name at most; options are written where they differ from the defaults. */
public final class SourceJson {
    private static final CsvOptions DEFAULTS = CsvOptions.defaults();

    private SourceJson() {}

    /** The JSON of a source: {@code {"file": ..}}, {@code {"http": ..}} or {@code {"blob": .., "credential": NAME}}. */
    public static ObjectNode write(Source source) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (source instanceof Source.File file) {
            return json.put("file", file.path());
        }
        if (source instanceof Source.Http http) {
            return json.put("http", http.uri().toString());
        }
        Source.Blob blob = (Source.Blob) source;
        json.put("blob", blob.uri().toString());
        if (blob.credential() instanceof Credential.Named named) {
            json.put("credential", named.name());
        } else if (blob.credential() instanceof Credential.Sas sas) {
            json.put("credential", sas.name());
        }
        return json;
    }

    /**
     * The source in {@code json}.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code NOT_A_PLAN}
     */
    public static Source read(JsonNode json) {
        if (json.has("file")) {
            return Source.file(Json.text(json, "file"));
        }
        try {
            if (json.has("http") && Source.of(Json.text(json, "http")) instanceof Source.Http http) {
                return http;
            }
            if (json.has("blob")) {
                Credential credential = json.has("credential")
                        ? Credential.named(Json.text(json, "credential"))
                        : Credential.anonymous();
                return Source.blob(Json.text(json, "blob"), credential);
            }
        } catch (IllegalArgumentException notAnAddress) {
            throw Json.malformed("a source's address is not a URL");
        }
        if (json.has("http")) {
            throw Json.malformed("the address of 'http' is not that of a page");
        }
        throw Json.malformed("a source has one of file, http, blob");
    }

    /** The JSON of options: only what differs from {@link CsvOptions#defaults}. */
    public static ObjectNode writeOptions(CsvOptions options) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (options.delimiter() != DEFAULTS.delimiter()) {
            json.put("delimiter", String.valueOf(options.delimiter()));
        }
        if (options.quote() != DEFAULTS.quote()) {
            json.put("quote", String.valueOf(options.quote()));
        }
        if (options.escape() != options.quote()) {
            json.put("escape", String.valueOf(options.escape()));
        }
        if (!options.encoding().equals(StandardCharsets.UTF_8)) {
            json.put("encoding", options.encoding().name());
        }
        if (!options.hasHeader()) {
            json.put("header", false);
        }
        if (options.skipRows() > 0) {
            json.put("skipRows", options.skipRows());
        }
        options.comment().ifPresent(comment -> json.put("comment", String.valueOf(comment)));
        if (!options.nullTokens().isEmpty()) {
            ArrayNode tokens = json.putArray("nullTokens");
            options.nullTokens().forEach(tokens::add);
        }
        if (options.isAllText()) {
            json.put("allText", true);
        }
        options.schema().ifPresent(schema -> json.set("schema", SchemaJson.write(schema)));
        options.inferFrom().ifPresent(records -> json.put("inferFrom", records));
        writeErrors(json, options.errors());
        return json;
    }

    static void writeErrors(ObjectNode json, ErrorPolicy errors) {
        if (errors instanceof ErrorPolicy.Keep) {
            json.put("errors", "keep");
        } else if (errors instanceof ErrorPolicy.Drop drop) {
            json.putObject("errors").put("drop", drop.atMost());
        }
    }

    static ErrorPolicy readErrors(JsonNode json) {
        JsonNode errors = json.get("errors");
        if (errors == null) {
            return ErrorPolicy.fail();
        }
        if (errors.isTextual() && !errors.textValue().equals("keep")) {
            throw Json.malformed("'errors' is 'keep' or has a member 'drop'");
        }
        return errors.isTextual() ? ErrorPolicy.keep() : ErrorPolicy.drop(Json.whole(errors, "drop"));
    }

    /**
     * The options in {@code json}.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code NOT_A_PLAN}
     */
    public static CsvOptions readOptions(JsonNode json) {
        CsvOptions options = DEFAULTS;
        if (json.has("delimiter")) {
            options = options.delimiter(character(json, "delimiter"));
        }
        if (json.has("quote")) {
            options = options.quote(character(json, "quote"));
        }
        if (json.has("escape")) {
            options = options.escape(character(json, "escape"));
        }
        if (json.has("encoding")) {
            options = options.encoding(encoding(json));
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
        if (json.has("nullTokens")) {
            options = options.nullTokens(Json.texts(json, "nullTokens").toArray(new String[0]));
        }
        if (json.has("allText") && Json.flag(json, "allText")) {
            options = options.allText();
        }
        if (json.has("schema")) {
            options = options.schema(SchemaJson.read(json.get("schema")));
        }
        if (json.has("inferFrom")) {
            options = options.inferFrom(Json.whole(json, "inferFrom"));
        }
        return options.errors(readErrors(json));
    }

    private static char character(JsonNode json, String name) {
        String text = Json.text(json, name);
        if (text.length() != 1) {
            throw Json.malformed("'" + name + "' is not one character");
        }
        return text.charAt(0);
    }

    static Charset encoding(JsonNode json) {
        String name = Json.text(json, "encoding");
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw Json.malformed("'" + Json.shown(name) + "' is not an encoding");
        }
    }
}
