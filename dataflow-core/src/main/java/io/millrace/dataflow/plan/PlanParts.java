package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.source.Credential;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** What the steps of a dataflow are, and dataflows made of some of them. Takes time linear in the steps. */
public final class PlanParts {
    private PlanParts() {}

    /** The steps as they would be written, inputs before uses. */
    public static List<String> texts(Node result) {
        return result.ordered().stream().map(Node::toString).toList();
    }

    /** The sources that are read, each once. */
    public static List<Source> sources(Node result) {
        Set<Source> sources = new LinkedHashSet<>();
        for (Node node : result.ordered()) {
            if (node.step() instanceof SourceStep.Read read) {
                sources.add(read.source());
            }
        }
        return List.copyOf(sources);
    }

    /** The names of credentials that sources ask for and {@code known} does not have. */
    public static Set<String> missingCredentials(Node result, Credentials known) {
        Set<String> missing = new TreeSet<>();
        for (Source source : sources(result)) {
            if (source instanceof Source.Blob blob
                    && blob.credential() instanceof Credential.Named named
                    && !known.names().contains(named.name())) {
                missing.add(named.name());
            }
        }
        return missing;
    }

    /**
     * The same steps, with each step that {@code change} gives another for replaced by it. Steps before which nothing
     * changes stay the same nodes.
     */
    @SuppressWarnings("ReferenceEquality") // whether it is the same step, not whether it is an equal one
    public static Node changed(Node result, UnaryOperator<Step> change) {
        IdentityHashMap<Node, Node> made = new IdentityHashMap<>();
        for (Node node : result.ordered()) {
            Step step = change.apply(node.step());
            List<Node> inputs = new ArrayList<>();
            boolean same = step == node.step();
            for (Node input : node.inputs()) {
                Node replacement = Objects.requireNonNull(made.get(input));
                same &= replacement == input;
                inputs.add(replacement);
            }
            made.put(node, same ? node : Node.of(step, inputs, node.origin()));
        }
        return Objects.requireNonNull(made.get(result));
    }

    /**
     * The dataflow with another source in place of one.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} when {@code from} is not read
     */
    public static Node replaced(Node result, Source from, Source to) {
        List<Source> sources = sources(result);
        if (!sources.contains(from)) {
            List<String> names = sources.stream().map(Source::display).toList();
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot replace source '" + from.display() + "': the dataflow does not read it",
                    names.isEmpty()
                            ? List.of("It reads no source at all")
                            : Suggestion.lines(from.display(), "Sources here", names));
        }
        return changed(
                result,
                step -> step instanceof SourceStep.Read read && read.source().equals(from)
                        ? new SourceStep.Read(to, read.options(), read.schema())
                        : step);
    }

    /**
     * The steps from one position up to but not including another, the last one being the result.
     *
     * @param over what takes the place of the one step outside whose rows they need; empty when they need none
     * @throws DataflowException {@code INVALID_ARGUMENT}
     */
    @SuppressWarnings("ReferenceEquality") // equality of nodes compares fingerprints, which leave credentials out
    public static Node slice(Node result, int from, int to, Optional<Node> over) {
        List<Node> all = result.ordered();
        String what = "Cannot take steps " + from + " to " + to + " of " + all.size();
        if (from < 0 || from >= to || to > all.size()) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    what + ": positions count from 0, and the second one is not among the steps taken",
                    "Steps there are: 0 to " + all.size());
        }
        IdentityHashMap<Node, Node> made = new IdentityHashMap<>();
        Set<Node> outside = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Node> unused = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node node : all.subList(from, to)) {
            List<Node> inputs = new ArrayList<>();
            boolean inside = true;
            for (Node input : node.inputs()) {
                Node taken = made.get(input);
                unused.remove(input);
                if (taken == null) {
                    outside.add(input);
                    taken = over.orElse(input);
                }
                inside &= taken == input;
                inputs.add(taken);
            }
            made.put(node, inside ? node : Node.of(node.step(), inputs, node.origin()));
            unused.add(node);
        }
        Node last = all.get(to - 1);
        unused.remove(last);
        if (!unused.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    what + ": " + last + " does not need " + unused.iterator().next(),
                    "Take steps that lead to one result");
        }
        if (outside.size() > 1) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    what + ": they need rows of " + outside.size() + " steps before",
                    "Start at a step after which there is one chain of steps");
        }
        if (over.isEmpty() != outside.isEmpty()) {
            throw over.isPresent()
                    ? DataflowException.of(
                            ErrorCode.INVALID_ARGUMENT,
                            what + " over other rows: they start from rows of their own",
                            "Start after the steps that read sources")
                    : DataflowException.of(
                            ErrorCode.INVALID_ARGUMENT,
                            what + ": they need rows of " + outside.iterator().next(),
                            "Start at 0, or say over which rows: steps(" + from + ", " + to + ", dataflow)");
        }
        return Objects.requireNonNull(made.get(last));
    }
}
