package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.source.Credential;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.Source;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

/** Sources, and what options of several formats share, as JSON. A credential is written by its name at most. */
public final class SourceJson {
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

    static void writeErrors(ObjectNode json, ErrorPolicy errors) {
        if (errors instanceof ErrorPolicy.Keep) {
            json.put("errors", "keep");
        } else if (errors instanceof ErrorPolicy.Drop drop) {
            json.putObject("errors").put("drop", drop.atMost());
        } else if (errors instanceof ErrorPolicy.Quarantine quarantine) {
            json.putObject("errors").put("quarantine", quarantine.path());
        }
    }

    private static ErrorPolicy quarantine(String path) {
        try {
            return ErrorPolicy.quarantine(path);
        } catch (IllegalArgumentException notLocal) {
            throw Json.malformed(String.valueOf(notLocal.getMessage()));
        }
    }

    static ErrorPolicy readErrors(JsonNode json) {
        JsonNode errors = json.get("errors");
        if (errors == null) {
            return ErrorPolicy.fail();
        }
        if (errors.isTextual() && !errors.textValue().equals("keep")) {
            throw Json.malformed("'errors' is 'keep' or has a member 'drop' or 'quarantine'");
        }
        if (errors.has("quarantine")) {
            return quarantine(Json.text(errors, "quarantine"));
        }
        return errors.isTextual() ? ErrorPolicy.keep() : ErrorPolicy.drop(Json.whole(errors, "drop"));
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
