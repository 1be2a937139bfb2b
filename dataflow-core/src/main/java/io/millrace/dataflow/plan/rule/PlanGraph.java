package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A plan while a rule changes it: stages that point at their inputs. */
final class PlanGraph {
    private final Plan plan;
    private final List<Vertex> vertices = new ArrayList<>();
    private final Vertex result;
    private boolean changed;

    private PlanGraph(Plan plan) {
        this.plan = plan;
        for (Plan.Stage stage : plan.stages()) {
            Vertex vertex = new Vertex(stage);
            stage.inputs().forEach(input -> vertex.inputs.add(vertices.get(input)));
            vertex.inputs.forEach(input -> input.users++);
            vertices.add(vertex);
        }
        result = vertices.get(vertices.size() - 1);
        result.users++;
    }

    static PlanGraph of(Plan plan) {
        return new PlanGraph(plan);
    }

    /** The stages of the plan, inputs before uses, without those that were added. */
    List<Vertex> vertices() {
        return vertices;
    }

    /** Puts an operator between a stage and its input at {@code index}, which keeps the columns. */
    Vertex insert(Operator operator, Vertex reader, int index, Vertex origin) {
        changed = true;
        Vertex below = reader.input(index);
        Vertex added = new Vertex(operator, below.schema, origin.text, origin.where);
        added.inputs.add(below);
        added.users = 1;
        reader.inputs.set(index, added);
        return added;
    }

    /** Gives a stage another operator and text; its inputs and columns stay. */
    void replace(Vertex vertex, Operator operator, String text) {
        changed = true;
        vertex.operator = operator;
        vertex.text = text;
    }

    /** Lets those that read {@code vertex} read the stage {@code instead}. */
    void bypass(Vertex vertex, Vertex instead) {
        changed = true;
        Vertex target = instead.resolved();
        vertex.forward = target;
        target.users += vertex.users;
        // What only this stage was reading is no longer read by it.
        Deque<Vertex> unread = new ArrayDeque<>();
        unread.push(vertex);
        while (!unread.isEmpty()) {
            for (Vertex input : unread.pop().inputs) {
                Vertex read = input.resolved();
                read.users--;
                if (read.users == 0) {
                    unread.push(read);
                }
            }
        }
        vertex.users = 0;
    }

    /** Takes the columns of the one input of {@code vertex} from the input of that input. */
    void skipInput(Vertex vertex) {
        changed = true;
        Vertex skipped = vertex.input(0);
        vertex.inputs.set(0, skipped.input(0));
        skipped.users = 0;
    }

    /** Exchanges a stage with the one input that it alone reads. */
    void swapWithInput(Vertex upper) {
        changed = true;
        Vertex lower = upper.input(0);
        Operator operator = upper.operator;
        String text = upper.text;
        String where = upper.where;
        upper.operator = lower.operator;
        upper.text = lower.text;
        upper.where = lower.where;
        lower.operator = operator;
        lower.text = text;
        lower.where = where;
        lower.schema = lower.input(0).schema;
    }

    /** The plan of what is still read; the plan itself when nothing changed. */
    Plan toPlan() {
        if (!changed) {
            return plan;
        }
        List<Plan.Stage> stages = new ArrayList<>();
        IdentityHashMap<Vertex, Integer> ids = new IdentityHashMap<>();
        Deque<Vertex> open = new ArrayDeque<>();
        open.push(result.resolved());
        while (!open.isEmpty()) {
            Vertex vertex = open.getFirst();
            boolean ready = true;
            for (int i = vertex.inputs.size() - 1; i >= 0; i--) {
                if (!ids.containsKey(vertex.input(i))) {
                    open.push(vertex.input(i));
                    ready = false;
                }
            }
            if (ready) {
                open.pop();
                if (!ids.containsKey(vertex)) {
                    List<Integer> inputs = new ArrayList<>();
                    for (int i = 0; i < vertex.inputs.size(); i++) {
                        inputs.add(Objects.requireNonNull(ids.get(vertex.input(i))));
                    }
                    ids.put(vertex, stages.size());
                    stages.add(new Plan.Stage(
                            stages.size(), inputs, vertex.operator, vertex.schema, vertex.text, vertex.where));
                }
            }
        }
        return new Plan(stages);
    }

    /** A stage. */
    static final class Vertex {
        private Operator operator;
        private final List<Vertex> inputs = new ArrayList<>();
        private Schema schema;
        private String text;
        private String where;
        private int users;
        private @Nullable Vertex forward;

        private Vertex(Plan.Stage stage) {
            this(stage.operator(), stage.schema(), stage.text(), stage.where());
        }

        private Vertex(Operator operator, Schema schema, String text, String where) {
            this.operator = operator;
            this.schema = schema;
            this.text = text;
            this.where = where;
        }

        Operator operator() {
            return operator;
        }

        Schema schema() {
            return schema;
        }

        String text() {
            return text;
        }

        int inputCount() {
            return inputs.size();
        }

        Vertex input(int index) {
            Vertex found = inputs.get(index).resolved();
            inputs.set(index, found);
            return found;
        }

        /** Whether one stage alone reads it. */
        boolean hasOneUser() {
            return users == 1;
        }

        /** Whether anybody reads it. */
        boolean isRead() {
            return users > 0;
        }

        /** The stage that is read in its place. */
        private Vertex resolved() {
            Vertex found = this;
            for (Vertex next = found.forward; next != null; next = found.forward) {
                found = next;
            }
            for (Vertex each = this; each.forward != null && each.forward != found; ) {
                Vertex next = each.forward;
                each.forward = found;
                each = next;
            }
            return found;
        }
    }
}
