package io.millrace.dataflow.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.Lines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Walks over the members of the object that a line holds. */
final class JsonRecord {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private JsonRecord() {}

    /** Takes the members of an object. */
    interface Members {
        /** Reads the value of a member, at whose first token the parser stands, to its last. */
        void member(String name, JsonParser value) throws IOException;
    }

    /** A line that holds no JSON object; with the reason. */
    static final class NoObject extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        NoObject(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** Hands the members of a line's object to {@code members}, which may have taken some when it turns out to be none. */
    static void read(Lines lines, int line, Members members) throws NoObject {
        int start = lines.start(line);
        try (JsonParser parser = FACTORY.createParser(lines.bytes(), start, lines.length(line))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new NoObject("it is no JSON object");
            }
            Set<String> seen = new HashSet<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (!seen.add(name)) {
                    throw new NoObject("it has two members '" + name + "'");
                }
                parser.nextToken();
                members.member(name, parser);
            }
            if (parser.nextToken() != null) {
                throw new NoObject("it has something after its object");
            }
        } catch (JsonProcessingException malformed) {
            throw new NoObject("it is no JSON object");
        } catch (IOException impossible) {
            throw DataflowException.of(ErrorCode.INTERNAL, "Cannot read JSON from memory")
                    .causedBy(impossible);
        }
    }

    /** The text of a line as far as it is text. */
    static String text(Lines lines, int line) {
        int start = lines.start(line);
        return new String(lines.bytes(), start, lines.length(line), StandardCharsets.UTF_8);
    }
}
