package io.millrace.dataflow.learn;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.Cardinality;
import io.millrace.dataflow.learn.JoinCandidate.KeyColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Learns which columns two dataflows could be joined by. Every column of {@code int64}, decimal, text, date or timestamp is
 * compared with every column of the same type of the other dataflow, by the values that they share, and judged by {@link
 * JoinCandidate#score}. Where no column has different values on every row of either side, pairs of columns are taken
 * together, the most plausible first, until they have. Nothing is cast or cleaned: do that before. Immutable.
 */
public final class JoiningBuilder {
    private static final double LEAST = 0.25;
    private static final double PLAUSIBLE = 0.5;
    private static final int MOST_KEYS = 4;

    private final Dataflow left;
    private final Dataflow right;
    private final double least;

    private JoiningBuilder(Dataflow left, Dataflow right, double least) {
        this.left = Objects.requireNonNull(left, "left");
        this.right = Objects.requireNonNull(right, "right");
        this.least = least;
    }

    static JoiningBuilder of(Dataflow left, Dataflow right) {
        return new JoiningBuilder(left, right, LEAST);
    }

    /**
     * Shows candidates from this score on; 0.25 unless said.
     *
     * @throws IllegalArgumentException unless it is from 0 to 1
     */
    public JoiningBuilder threshold(double score) {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("a threshold must be from 0 to 1: " + score);
        }
        return new JoiningBuilder(left, right, score);
    }

    /**
     * Runs both dataflows several times: to count their rows, the different values of their columns, and those that are
     * shared. Costs about as much as a group-by of all columns on both sides.
     *
     * @throws DataflowException {@code NOTHING_TO_LEARN} when a dataflow has no rows, or there is no candidate
     */
    public Joining learn(Engine engine) {
        KeySearch search = new KeySearch(left, right, engine);
        if (search.leftRows() == 0 || search.rightRows() == 0) {
            throw DataflowException.of(
                    ErrorCode.NOTHING_TO_LEARN,
                    "Cannot suggest a join: the " + (search.leftRows() == 0 ? "left" : "right")
                            + " dataflow has no rows");
        }
        List<JoinCandidate> pairs = search.pairs();
        List<JoinCandidate> candidates = new ArrayList<>(pairs);
        boolean isUnique = pairs.stream()
                .anyMatch(pair -> pair.cardinality() != Cardinality.MANY_TO_MANY && pair.score() >= least);
        if (!isUnique) {
            together(search, pairs).ifPresent(candidates::add);
        }
        List<JoinCandidate> shown = candidates.stream()
                .filter(candidate -> candidate.score() >= least)
                .sorted(Comparator.comparingDouble(JoinCandidate::score).reversed())
                .toList();
        if (shown.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.NOTHING_TO_LEARN,
                    "Cannot suggest a join: no columns of one type share enough values",
                    "Columns of int64, decimal, text, date and timestamp are compared; cast or clean others first, or lower"
                            + " threshold(...)");
        }
        return Joining.of(left, right, shown);
    }

    /** Adds plausible pairs of other columns as long as the keys become more unique. */
    private static Optional<JoinCandidate> together(KeySearch search, List<JoinCandidate> pairs) {
        List<KeyColumns> order = pairs.stream().map(pair -> pair.keys().get(0)).toList();
        List<JoinCandidate> plausible = pairs.stream()
                .filter(pair -> pair.plausibility() >= PLAUSIBLE)
                .sorted(Comparator.comparingDouble(JoinCandidate::plausibility).reversed())
                .toList();
        JoinCandidate best = null;
        for (JoinCandidate next : plausible) {
            if (best == null) {
                best = next;
                continue;
            }
            KeyColumns added = next.keys().get(0);
            boolean taken = best.keys().stream()
                    .anyMatch(pair ->
                            pair.left().equals(added.left()) || pair.right().equals(added.right()));
            if (taken || best.keys().size() == MOST_KEYS || best.cardinality() != Cardinality.MANY_TO_MANY) {
                continue;
            }
            List<KeyColumns> keys = new ArrayList<>(best.keys());
            keys.add(added);
            keys.sort(Comparator.comparingInt(order::indexOf));
            JoinCandidate wider = search.together(keys);
            best = wider.score() > best.score() ? wider : best;
        }
        return Optional.ofNullable(best).filter(candidate -> candidate.keys().size() > 1);
    }
}
