package io.millrace.dataflow.json;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.LineReader;
import io.millrace.dataflow.format.Lines;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.JsonLinesOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Judges the columns of JSON Lines files in one pass and memory that grows with the columns alone: a column for every
 * member of some object, in the order in which they are first seen, of a type that fits every value.
 */
final class JsonLinesInference {
    private final Map<String, JsonEvidence> columns = new LinkedHashMap<>();
    private final ErrorPolicy policy;
    private long left;

    private JsonLinesInference(ErrorPolicy policy, long left) {
        this.policy = policy;
        this.left = left;
    }

    /**
     * The columns of the files of a source.
     *
     * @throws DataflowException {@code EMPTY_SOURCE} when no line holds an object; {@code MALFORMED_ROW} as when reading
     */
    static Schema infer(Source source, JsonLinesOptions options, Reading reading) {
        if (options.schema().isPresent()) {
            return options.schema().get();
        }
        JsonLinesInference inference =
                new JsonLinesInference(options.errors(), options.inferFrom().orElse(Long.MAX_VALUE));
        for (SourceFile file : reading.access().list(source, reading.cancellation())) {
            inference.observe(file, reading);
        }
        if (inference.columns.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.EMPTY_SOURCE,
                    "Cannot find a column in " + source.display() + ": no line holds an object with a member",
                    "Declare the columns with json.schema(...)");
        }
        List<Field> fields = new ArrayList<>();
        inference.columns.forEach((name, evidence) -> fields.add(Field.optional(name, evidence.type())));
        return Schema.of(fields);
    }

    private void observe(SourceFile file, Reading reading) {
        Split whole = new Split(0, 0, file.length(), Split.StartState.OF_FILE);
        try (LineReader reader = LineReader.open(file, whole, reading, StandardCharsets.UTF_8)) {
            for (Lines lines = reader.next(); lines != null && left > 0; lines = reader.next()) {
                for (int line = 0; line < lines.count() && left > 0; line++) {
                    if (!lines.isBlank(line)) {
                        observe(lines, line, file);
                        left--;
                    }
                }
            }
        }
    }

    private void observe(Lines lines, int line, SourceFile file) {
        try {
            if (!(policy instanceof ErrorPolicy.Fail)) {
                // A record that is left out is no evidence, so it must be known to be one first.
                JsonRecord.read(lines, line, (name, value) -> value.skipChildren());
            }
            JsonRecord.read(lines, line, (name, value) -> columns.computeIfAbsent(name, ignored -> new JsonEvidence())
                    .observe(value));
        } catch (JsonRecord.NoObject malformed) {
            if (policy instanceof ErrorPolicy.Fail) {
                throw malformed(lines.first() + line, file.display(), malformed.reason());
            }
        }
    }

    static DataflowException malformed(long line, String file, String reason) {
        return DataflowException.of(
                ErrorCode.MALFORMED_ROW,
                String.format(Locale.ROOT, "Cannot read line %,d of %s: %s", line, file, reason),
                "A JSON Lines file has one object a line; set json.errors(...) to keep or drop other lines");
    }
}
