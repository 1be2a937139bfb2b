package io.millrace.dataflow;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.plan.Node;
import io.millrace.dataflow.plan.PlanDiff;
import io.millrace.dataflow.plan.PlanFile;
import io.millrace.dataflow.plan.PlanJson;
import io.millrace.dataflow.plan.PlanParts;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a dataflow is made of, and dataflows made of parts of it. Nothing is read for it. Steps have the positions that they
 * have in a saved plan: from 0, inputs before uses, the result last.
 */
public sealed interface Inspection permits Dataflow {
    /** The last step and, through it, all before it. */
    Node node();

    /** Every step as it would be written, by position. */
    default List<String> steps() {
        return PlanParts.texts(node());
    }

    /**
     * The steps from position {@code from} up to but not including {@code to}; the last of them gives the result.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} when there are no such steps, when one of them needs rows of a step
     *     before {@code from}, or when the last one does not need all others
     */
    default Dataflow steps(int from, int to) {
        return Dataflow.of(PlanParts.slice(node(), from, to, Optional.empty()));
    }

    /**
     * The steps from position {@code from} up to but not including {@code to}, done to the rows of {@code over} in place of
     * those that they were done to.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} as for {@link #steps(int, int)}, when the steps need rows of
     *     several steps before {@code from}, and when they need none
     */
    default Dataflow steps(int from, int to, Dataflow over) {
        return Dataflow.of(PlanParts.slice(node(), from, to, Optional.of(over.node())));
    }

    /** The sources that are read, each once, in the order of the steps. Rows in memory have none. */
    default List<Source> sources() {
        return PlanParts.sources(node());
    }

    /** As {@link #replaceSource(Source, Source)}, for addresses as {@link Source#of} takes them. */
    default Dataflow replaceSource(String from, String to) {
        return replaceSource(Source.of(from), Source.of(to));
    }

    /**
     * The same steps over another source, wherever {@code from} is read, with the options and the schema, if one is
     * declared or frozen, that are there: so that what was built on a sample runs on everything. Where no schema is known
     * it is inferred anew, and the steps are checked against it when the dataflow is planned.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} when {@code from} is not read, naming the sources that are
     */
    default Dataflow replaceSource(Source from, Source to) {
        return Dataflow.of(PlanParts.replaced(node(), from, to));
    }

    /** What {@code other} does differently: the steps that it adds, leaves out and changes. */
    default PlanDiff diff(Dataflow other) {
        return PlanDiff.between(node(), other.node());
    }

    /** The names of the credentials that the sources ask for and {@code known} does not have, in order. */
    default Set<String> missingCredentials(Credentials known) {
        return PlanParts.missingCredentials(node(), known);
    }

    /** This dataflow as a document, without secrets, of the form that {@link PlanJson#schema} says. */
    default String toJson() {
        return PlanJson.write(node());
    }

    /**
     * Writes {@link #toJson} to a file, whole or not at all. Relative paths of sources become relative to its directory, so
     * that {@link Dataflow#open} finds the same files.
     *
     * @throws DataflowException {@code IO_FAILED}; what {@link #toJson} throws for rows that no document can hold
     */
    default void save(Path file) {
        PlanFile.save(node(), file);
    }
}
