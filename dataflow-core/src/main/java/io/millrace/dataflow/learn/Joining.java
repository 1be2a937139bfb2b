package io.millrace.dataflow.learn;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Cardinality;
import io.millrace.dataflow.expr.JoinKind;
import io.millrace.dataflow.expr.JoinNames;
import io.millrace.dataflow.expr.JoinOptions;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Columns that two dataflows could be joined by, the most likely first and chosen, and the join. Unless it is said otherwise
 * it is a left join, which loses no row of the left dataflow, and expects what was learnt: a key that was on one row of a
 * side alone, and is on two when the join runs, is a {@code DUPLICATE_KEY} error. Immutable.
 */
public final class Joining {
    private final Dataflow left;
    private final Dataflow right;
    private final List<JoinCandidate> candidates;
    private final JoinOptions options;

    private Joining(Dataflow left, Dataflow right, List<JoinCandidate> candidates, JoinOptions options) {
        this.left = left;
        this.right = right;
        this.candidates = List.copyOf(candidates);
        this.options = options;
    }

    static Joining of(Dataflow left, Dataflow right, List<JoinCandidate> candidates) {
        return new Joining(left, right, candidates, options(candidates.get(0), JoinKind.LEFT, JoinNames.defaults()));
    }

    private static JoinOptions options(JoinCandidate candidate, JoinKind kind, JoinNames names) {
        return new JoinOptions(kind, candidate.joinKeys(), names, candidate.cardinality());
    }

    /** The candidates, from the highest score to the lowest. */
    public List<JoinCandidate> candidates() {
        return candidates;
    }

    /** The join. */
    public JoinOptions options() {
        return options;
    }

    /**
     * The same by other columns: the candidate of this place, from 0. What the join expects is what was learnt of them.
     *
     * @throws IndexOutOfBoundsException when there is no such candidate
     */
    public Joining choose(int place) {
        Objects.checkIndex(place, candidates.size());
        return new Joining(left, right, candidates, options(candidates.get(place), options.kind(), options.names()));
    }

    /**
     * The same as another kind of join.
     *
     * @throws IllegalArgumentException for a cross join, or a kind without right columns after prefixes were given
     */
    public Joining kind(JoinKind kind) {
        return withOptions(old -> new JoinOptions(kind, old.keys(), old.names(), old.expected()));
    }

    /** The same, expecting that a key is on so many rows; {@code MANY_TO_MANY} expects nothing. */
    public Joining expecting(Cardinality cardinality) {
        return withOptions(old -> new JoinOptions(old.kind(), old.keys(), old.names(), cardinality));
    }

    /** The same with other options: {@code withOptions(join -> join.prefixes("l_", "r_"))}. */
    public Joining withOptions(UnaryOperator<JoinOptions> changed) {
        return new Joining(left, right, candidates, changed.apply(options));
    }

    /**
     * The left dataflow joined with the right one. Engines: local, Spark.
     *
     * @throws DataflowException as {@link Dataflow#join} does
     */
    public Dataflow toDataflow() {
        return left.join(right, options);
    }

    /** The candidates with what speaks for them, and the join. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("join: ")
                .append(candidates.size())
                .append(candidates.size() == 1 ? " candidate" : " candidates");
        for (int place = 0; place < candidates.size(); place++) {
            text.append("\n  ")
                    .append(place)
                    .append(") ")
                    .append(candidates.get(place).toString().replace("\n", "\n   "));
        }
        return text.append("\n  ").append(options).toString();
    }
}
