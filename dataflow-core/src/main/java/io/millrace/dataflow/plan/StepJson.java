package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Steps as JSON objects whose member {@code step} is the name of the step. */
final class StepJson {
    private static final StepWriter WRITER = new StepWriter();

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
        return StepReader.names();
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
        if (!StepReader.names().contains(name)) {
            String shown = Json.shown(name);
            List<String> details = new ArrayList<>(Suggestion.lines(shown, "Steps known", StepReader.names()));
            details.add("A plan written by a newer Millrace may hold steps that this one does not know");
            throw DataflowException.of(
                    ErrorCode.NEWER_PLAN, "Cannot read the plan: no step is named '" + shown + "'", details);
        }
        try {
            return StepReader.read(name, json);
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw Json.malformed("step '" + name + "': " + wrong.getMessage());
        }
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
