package io.millrace.automl.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.automl.codec.CodecException;
import io.millrace.automl.pipeline.RecipeLift.Lifted;
import io.millrace.automl.trial.Task;
import io.millrace.dataflow.plan.PlanJson;
import io.millrace.dataflow.plan.SchemaJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a saved pipeline that people can read: what it predicts, from which columns, by which steps and learners.
 *
 * @param members for each its learner, its weight and the position of its features
 */
record Manifest(Task task, List<String> labels, Lifted lifted, List<Entry> members) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    Manifest {
        labels = List.copyOf(labels);
        members = List.copyOf(members);
    }

    record Entry(String learner, double weight, int features) {}

    byte[] write() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("task", task.text()).put("target", task.target());
        if (task instanceof Task.Binary binary) {
            binary.positive().ifPresent(positive -> json.put("positive", positive));
        }
        ArrayNode labelArray = json.putArray("labels");
        labels.forEach(labelArray::add);
        json.set("columns", SchemaJson.write(lifted.inputSchema()));
        ArrayNode others = json.putArray("otherColumns");
        lifted.otherColumns().forEach(others::add);
        json.set("recipe", PlanJson.writeSteps(lifted.steps()));
        ArrayNode memberArray = json.putArray("members");
        for (Entry member : members) {
            memberArray
                    .addObject()
                    .put("learner", member.learner())
                    .put("weight", member.weight())
                    .put("features", member.features());
        }
        try {
            String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
            return (text.replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON nodes can be written", impossible);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws CodecException if it is something else
     */
    static Manifest read(byte[] bytes) {
        JsonNode json;
        try {
            json = MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonProcessingException notJson) {
            throw new CodecException("line " + notJson.getLocation().getLineNr() + " of it is not JSON");
        }
        List<Entry> members = new ArrayList<>();
        for (JsonNode member : json.path("members")) {
            members.add(new Entry(
                    text(member, "learner"),
                    member.path("weight").doubleValue(),
                    member.path("features").intValue()));
        }
        String target = text(json, "target");
        Task task = Task.of(text(json, "task"), target);
        if (task instanceof Task.Binary && json.hasNonNull("positive")) {
            task = Task.binary(target, text(json, "positive"));
        }
        return new Manifest(
                task,
                texts(json.path("labels")),
                new Lifted(
                        SchemaJson.read(json.path("columns")),
                        PlanJson.readSteps(json.path("recipe")),
                        texts(json.path("otherColumns"))),
                members);
    }

    private static String text(JsonNode json, String member) {
        if (!json.path(member).isTextual()) {
            throw new CodecException("it has no text '" + member + "'");
        }
        return json.path(member).textValue();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
