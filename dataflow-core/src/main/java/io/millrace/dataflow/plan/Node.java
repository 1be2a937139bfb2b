package io.millrace.dataflow.plan;

import io.millrace.dataflow.schema.Schema;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A step and its inputs. Equal when fingerprints are equal; nothing walks the graph by recursion, so chains of any
 * length work. Immutable.
 */
public final class Node {
    private final Step step;
    private final List<Node> inputs;
    private final Optional<StackTraceElement> origin;
    private volatile @Nullable String fingerprint;
    /** How the step was bound the last time. Let go when memory is short, since it can be made again. */
    private volatile @Nullable SoftReference<Binding> binding;

    private Node(Step step, List<Node> inputs, Optional<StackTraceElement> origin) {
        this.step = Objects.requireNonNull(step, "step");
        this.inputs = List.copyOf(inputs);
        this.origin = origin;
    }

    /** A node. {@code origin} is the user's line that asked for the step, if known. */
    public static Node of(Step step, List<Node> inputs, Optional<StackTraceElement> origin) {
        return new Node(step, inputs, origin);
    }

    /** What is done. */
    public Step step() {
        return step;
    }

    /** Whose rows it is done to, in order. */
    public List<Node> inputs() {
        return inputs;
    }

    /** The user's line that asked for the step. Part of no fingerprint and no saved plan. */
    public Optional<StackTraceElement> origin() {
        return origin;
    }

    /** The step bound over inputs of these columns: once for the schema of a dataflow and all its plans. */
    Binding bound(List<Schema> schemas) {
        SoftReference<Binding> kept = binding;
        Binding known = kept == null ? null : kept.get();
        if (known == null || !known.inputs.equals(schemas)) {
            String text = StepText.of(step);
            known = new Binding(List.copyOf(schemas), text, StepBinder.bind(step, text, schemas));
            binding = new SoftReference<>(known);
        }
        return known;
    }

    /** A step over inputs of known columns: how it is written, and what an engine does. */
    record Binding(List<Schema> inputs, String text, StepBinder.Bound bound) {}

    /**
     * SHA-256, in hexadecimal, of the step's canonical JSON and the fingerprints of the inputs. Credentials and origins
     * are left out, so renewing a signature changes nothing. Computed at the first call, then kept.
     */
    public String fingerprint() {
        for (Node node : ordered()) {
            if (node.fingerprint == null) {
                node.fingerprint = node.digest();
            }
        }
        return Objects.requireNonNull(fingerprint);
    }

    /** This node and everything it depends on, each once, inputs before uses, this one last. */
    public List<Node> ordered() {
        List<Node> ordered = new ArrayList<>();
        Set<Node> done = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Node> open = new ArrayDeque<>();
        open.push(this);
        while (!open.isEmpty()) {
            Node node = open.peek();
            boolean ready = true;
            for (int i = node.inputs.size() - 1; i >= 0; i--) {
                Node input = node.inputs.get(i);
                if (!done.contains(input)) {
                    open.push(input);
                    ready = false;
                }
            }
            if (ready) {
                open.pop();
                if (done.add(node)) {
                    ordered.add(node);
                }
            }
        }
        return ordered;
    }

    private String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(StepJson.canonical(step).getBytes(StandardCharsets.UTF_8));
            for (Node input : inputs) {
                sha.update((byte) '\n');
                sha.update(Objects.requireNonNull(input.fingerprint).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Node node && (this == node || fingerprint().equals(node.fingerprint()));
    }

    @Override
    public int hashCode() {
        return fingerprint().hashCode();
    }

    /** The step as it would be written. */
    @Override
    public String toString() {
        return StepText.of(step);
    }
}
