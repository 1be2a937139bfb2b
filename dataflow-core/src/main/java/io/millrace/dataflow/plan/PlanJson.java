package io.millrace.dataflow.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A dataflow as a document: {@code {"millrace": "plan", "version": 1, "steps": [..]}}, steps in topological order, each
 * with its {@code id} and, where it has some, the ids of its {@code inputs}; the last step is the result. No secret is
 * written, and no line of the user's program.
 */
public final class PlanJson {
    /** The newest version that this Millrace writes and reads. */
    public static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PlanJson() {}

    /** The JSON Schema (draft 2020-12) of the documents that this Millrace writes. */
    public static String schema() {
        try (InputStream schema = PlanJson.class.getResourceAsStream("plan.schema.json")) {
            return new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The document of a dataflow, indented. */
    public static String write(Node result) {
        ObjectNode document = MAPPER.createObjectNode().put("millrace", "plan").put("version", VERSION);
        ArrayNode steps = document.putArray("steps");
        IdentityHashMap<Node, Integer> ids = new IdentityHashMap<>();
        for (Node node : result.ordered()) {
            int id = ids.size();
            ids.put(node, id);
            ObjectNode json = steps.addObject().put("id", id);
            if (!node.inputs().isEmpty()) {
                ArrayNode inputs = json.putArray("inputs");
                node.inputs().forEach(input -> inputs.add(ids.get(input)));
            }
            if (node.step() instanceof SourceStep.FromTable held
                    && held.asValues().isEmpty()) {
                throw DataflowException.of(
                        ErrorCode.INVALID_ARGUMENT,
                        "Cannot save " + StepText.of(held) + ": its rows are in memory only",
                        "A saved plan holds up to " + SourceStep.FromTable.MOST_CELLS_SAVED
                                + " cells, and no error values, lists or structs",
                        "Write the table to a file and read it with readCsv");
            }
            json.setAll(saved(node.step()));
        }
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON nodes can be written", impossible);
        }
    }

    /** The JSON of row-wise or other steps without inputs, for documents that hold a recipe. */
    public static ArrayNode writeSteps(List<Step> steps) {
        ArrayNode array = MAPPER.createArrayNode();
        steps.forEach(step -> array.add(saved(step)));
        return array;
    }

    private static ObjectNode saved(Step step) {
        ObjectNode json = StepJson.write(step);
        UserFunctionJson.requireRegistered(json);
        return json;
    }

    /** The steps in an array written by {@link #writeSteps}. */
    public static List<Step> readSteps(JsonNode array) {
        List<Step> steps = new ArrayList<>();
        array.forEach(json -> steps.add(StepJson.read(json)));
        return steps;
    }

    /** Whether {@code text} looks like a saved plan rather than data. */
    public static boolean looksLikePlan(String text) {
        return text.stripLeading().startsWith("{") && text.contains("\"millrace\"");
    }

    /**
     * The dataflow in a document.
     *
     * @param directory what relative paths of files in it are relative to: the directory of the document
     * @throws DataflowException {@code NOT_A_PLAN}; {@code NEWER_PLAN} for a version, step or member that this Millrace does
     *     not know; {@code INVALID_ADDRESS} and {@code UNKNOWN_FUNCTION} for what a step names
     */
    public static Node read(String text, Path directory) {
        return read(text, directory, PlanLimits.defaults());
    }

    /** As {@link #read(String, Path)}, with other limits: {@code new PlanLimits(1 << 30)} for a plan that holds many rows. */
    public static Node read(String text, Path directory, PlanLimits limits) {
        JsonNode document = Document.read(text, limits);
        if (!"plan".equals(document.path("millrace").textValue())) {
            throw Json.malformed("it has no member \"millrace\": \"plan\"");
        }
        long version = Json.whole(document, "version");
        if (version < 1) {
            throw Json.malformed("it has version " + version + ", and versions count from 1");
        }
        if (version > VERSION) {
            throw DataflowException.of(
                    ErrorCode.NEWER_PLAN,
                    "Cannot read the plan: it has version " + version + ", and this Millrace reads up to " + VERSION,
                    "Install a newer Millrace");
        }
        // For editors that check a document while it is written.
        document.get("$schema");
        List<Node> nodes = new ArrayList<>();
        BitSet used = new BitSet();
        for (JsonNode json : Json.array(document, "steps")) {
            if (Json.whole(json, "id") != nodes.size()) {
                throw Json.malformed("step " + nodes.size() + " has id " + Json.whole(json, "id"));
            }
            List<Node> inputs = new ArrayList<>();
            if (json.has("inputs")) {
                for (JsonNode input : Json.array(json, "inputs")) {
                    if (!input.isInt() || input.intValue() < 0 || input.intValue() >= nodes.size()) {
                        throw Json.malformed("step " + nodes.size() + " has an input that is no earlier step");
                    }
                    used.set(input.intValue());
                    inputs.add(nodes.get(input.intValue()));
                }
            }
            try {
                Step step = resolved(StepJson.read(json), directory);
                AskedObject.requireAllAsked(json);
                nodes.add(Node.of(step, inputs, Optional.empty()));
            } catch (DataflowException wrong) {
                throw wrong.at("at the step of id " + nodes.size());
            }
        }
        AskedObject.requireAsked(document);
        if (nodes.isEmpty()) {
            throw Json.malformed("it has no steps");
        }
        int last = nodes.size() - 1;
        if (used.nextClearBit(0) < last) {
            throw Json.malformed("step " + used.nextClearBit(0)
                    + " is the input of no other, and only the last step is the" + " result");
        }
        return nodes.get(last);
    }

    private static Step resolved(Step step, Path directory) {
        if (step instanceof SourceStep.Read read
                && read.source() instanceof Source.File file
                && !path(file).isAbsolute()) {
            String path = directory.toString().isEmpty()
                    ? file.path()
                    : directory.resolve(file.path()).toString();
            return new SourceStep.Read(Source.file(path), read.options(), read.schema());
        }
        return step;
    }

    private static Path path(Source.File file) {
        try {
            return Path.of(file.path());
        } catch (InvalidPathException noPath) {
            throw Json.malformed("'" + Json.shown(file.path()) + "' is not a path: " + noPath.getReason());
        }
    }
}
