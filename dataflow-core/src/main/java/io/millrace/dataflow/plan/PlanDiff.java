package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What one dataflow does differently from another: steps that it leaves out, adds and changes, in the order of the steps.
 * Steps that say the same are the same, wherever they were asked for; a step that only takes another's place in the chain
 * is not changed. Prints as text, a line for each change. Shows no secret.
 *
 * @param changes the differences; none when both do the same
 */
public record PlanDiff(List<Change> changes) {
    public PlanDiff {
        changes = List.copyOf(changes);
    }

    /** One difference. */
    public sealed interface Change {}

    /** A step that only the second dataflow has: its position there, and the step as it would be written. */
    public record Added(int position, String step) implements Change {
        @Override
        public String toString() {
            return "+ " + position + "  " + step + "\n";
        }
    }

    /** A step that only the first dataflow has: its position there, and the step as it would be written. */
    public record Removed(int position, String step) implements Change {
        @Override
        public String toString() {
            return "- " + position + "  " + step + "\n";
        }
    }

    /**
     * A step that says something else, or that other steps lead to.
     *
     * @param position where it is in the first dataflow
     * @param newPosition where it is in the second
     * @param step the step as it would be written in the first
     * @param newStep the step as it would be written in the second
     * @param fields what of it differs
     */
    public record Changed(int position, int newPosition, String step, String newStep, List<Field> fields)
            implements Change {
        public Changed {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            StringBuilder text =
                    new StringBuilder("~ ").append(position).append("  ").append(step);
            if (!step.equals(newStep)) {
                text.append("  ->  ").append(newStep);
            }
            text.append('\n');
            fields.forEach(field -> text.append("       ").append(field).append('\n'));
            return text.toString();
        }
    }

    /**
     * A member of a step in a saved plan that differs.
     *
     * @param path its name, through objects and arrays: {@code predicate.arguments[1].literal}
     * @param before its JSON in the first dataflow, "nothing" when it is not there
     * @param after its JSON in the second, "nothing" when it is not there
     */
    public record Field(String path, String before, String after) {
        @Override
        public String toString() {
            return path + ": " + Json.shown(before) + " -> " + Json.shown(after);
        }
    }

    /** The differences between two dataflows. Takes time linear in the steps, and in the square of those that differ. */
    public static PlanDiff between(Node before, Node after) {
        return new PlanDiff(new PlanComparison(before, after).changes());
    }

    /** Whether both do the same. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /**
     * The differences as a document: {@code {"changes": [{"kind": "added", "position": 3, "step": ".."}, ..]}}, the kinds
     * being {@code added}, {@code removed} and {@code changed}; the last has {@code newPosition}, {@code newStep} and
     * {@code fields}.
     */
    public String toJson() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode array = document.putArray("changes");
        for (Change change : changes) {
            ObjectNode json = array.addObject();
            if (change instanceof Added added) {
                json.put("kind", "added").put("position", added.position()).put("step", added.step());
            } else if (change instanceof Removed removed) {
                json.put("kind", "removed").put("position", removed.position()).put("step", removed.step());
            } else if (change instanceof Changed changed) {
                json.put("kind", "changed").put("position", changed.position()).put("step", changed.step());
                json.put("newPosition", changed.newPosition()).put("newStep", changed.newStep());
                ArrayNode fields = json.putArray("fields");
                changed.fields().forEach(field -> fields.addObject()
                        .put("path", field.path())
                        .put("before", field.before())
                        .put("after", field.after()));
            }
        }
        return document.toPrettyString() + "\n";
    }

    /** The changes, one after the other; "no difference" when there is none. */
    @Override
    public String toString() {
        if (changes.isEmpty()) {
            return "no difference\n";
        }
        StringBuilder text = new StringBuilder();
        changes.forEach(text::append);
        return text.toString();
    }
}
