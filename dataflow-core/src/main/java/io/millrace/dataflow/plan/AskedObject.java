package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An object of a document that remembers which members were asked for. One that nobody asked for means nothing to us, so
 * the readers need no second list of what they know.
 */
@SuppressWarnings("unchecked") // the bridge to ObjectNode.deepCopy, which is not ours
final class AskedObject extends ObjectNode {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialised
    private final Set<String> asked = new TreeSet<>();

    private AskedObject(JsonNodeFactory factory) {
        super(factory);
    }

    /** Makes these objects wherever a document has one. */
    static final class Factory extends JsonNodeFactory {
        private static final long serialVersionUID = 1L;

        @Override
        public ObjectNode objectNode() {
            return new AskedObject(this);
        }
    }

    @Override
    public @Nullable JsonNode get(String name) {
        asked.add(name);
        return super.get(name);
    }

    @Override
    public JsonNode path(String name) {
        JsonNode value = get(name);
        return value == null ? MissingNode.getInstance() : value;
    }

    /**
     * Returns when every member of {@code json}, and of all objects in it, was asked for.
     *
     * @throws DataflowException {@code NEWER_PLAN}, naming one that was not
     */
    static void requireAllAsked(JsonNode json) {
        Deque<JsonNode> open = new ArrayDeque<>(List.of(json));
        while (!open.isEmpty()) {
            JsonNode next = open.pop();
            requireAsked(next);
            next.forEach(part -> {
                if (part.isContainerNode()) {
                    open.push(part);
                }
            });
        }
    }

    /** As {@link #requireAllAsked}, for the members of {@code json} itself. */
    static void requireAsked(JsonNode json) {
        if (!(json instanceof AskedObject object)) {
            return;
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!object.asked.contains(name)) {
                String shown = Json.shown(name);
                List<String> details = new ArrayList<>(Suggestion.lines(shown, "Members looked for", object.asked));
                details.add("A plan written by a newer Millrace may hold members that this one does not know");
                throw DataflowException.of(
                        ErrorCode.NEWER_PLAN,
                        "Cannot read the plan: it has an unknown member '" + shown + "'",
                        details);
            }
        }
    }
}
