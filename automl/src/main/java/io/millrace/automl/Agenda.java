package io.millrace.automl;

import io.millrace.automl.learner.Learner;
import io.millrace.automl.learner.Learners;
import io.millrace.automl.learner.Parameters;
import io.millrace.automl.search.Portfolio;
import io.millrace.automl.search.PortfolioSearch;
import io.millrace.automl.search.Searcher;
import io.millrace.automl.trial.Candidate;
import io.millrace.automl.trial.Metric;
import io.millrace.automl.trial.Trial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Decides which trial is next. In a run bounded by trials alone, a decision looks at the outcomes of trials at least
 * {@link #LAG} before it, and nothing else: what has finished by chance has no say.
 */
final class Agenda {
    /** How far behind a trial those lie whose outcomes its candidate may depend on. */
    static final int LAG = 32;

    /** How many candidates that would take too long are passed over before it is said that none is left. */
    private static final int MOST_PASSED_OVER = 40;

    /**
     * What is next.
     *
     * @param candidate empty if nothing is to be begun, for the time being or at all
     * @param skipReason why the candidate is not tried, if it is not
     */
    record Next(Optional<Candidate> candidate, Optional<String> skipReason) {
        static Next nothing() {
            return new Next(Optional.empty(), Optional.empty());
        }
    }

    private final Searcher searcher;
    private final List<Learner> unavailable;
    private final OptionalInt limit;
    private final boolean bounded;
    private final int mostUseful;
    private final long seed;
    private final Map<Integer, Trial> ended = new TreeMap<>();
    private final Set<Candidate> begun = new HashSet<>();
    private int begunTrials;
    private int proposals;
    private boolean isOver;

    private Agenda(
            Searcher searcher,
            List<Learner> unavailable,
            OptionalInt limit,
            boolean bounded,
            int mostUseful,
            long seed) {
        this.searcher = searcher;
        this.unavailable = unavailable;
        this.limit = limit;
        this.bounded = bounded;
        this.mostUseful = mostUseful;
        this.seed = seed;
    }

    /**
     * The agenda of an experiment.
     *
     * @param limit the number of trials, not counting learners that cannot run on this machine
     * @param bounded whether time bounds the run
     * @param hasty whether so little time that a candidate that learns in large steps comes first
     */
    static Agenda of(Metric metric, OptionalInt limit, boolean bounded, boolean hasty, int rows, long seed) {
        Map<String, Set<String>> available = new TreeMap<>();
        List<Learner> unavailable = new ArrayList<>();
        Set<String> used = new HashSet<>();
        Portfolio.all().forEach(candidate -> used.add(candidate.learner()));
        for (Learner learner : Learners.all()) {
            if (learner.unavailable().isEmpty()) {
                available.put(learner.name(), learner.parameterNames());
            } else if (used.contains(learner.name())) {
                unavailable.add(learner);
            }
        }
        return new Agenda(
                hasty ? PortfolioSearch.inHaste(available, metric) : PortfolioSearch.of(available, metric),
                unavailable,
                limit,
                bounded,
                bounded ? Portfolio.mostTrials(rows) : Integer.MAX_VALUE,
                seed);
    }

    /** Takes note of a trial that was begun. */
    void begun(int number, Candidate candidate) {
        begunTrials = Math.max(begunTrials, number);
        begun.add(candidate);
    }

    /** Takes note of an outcome. */
    void ended(TrialState trial) {
        trial.trial().ifPresent(known -> ended.put(known.number(), known));
    }

    /**
     * What is to be begun as the trial of that number.
     *
     * @param fitsInTime whether a candidate can be through before the time is up
     */
    Next next(int number, Predicate<Candidate> fitsInTime) {
        int tried = number - unavailable.size();
        if (tried <= 0) {
            Learner learner = unavailable.get(number - 1);
            return new Next(Optional.of(new Candidate(learner.name(), Parameters.empty())), learner.unavailable());
        }
        if (isOver || tried > Math.min(limit.orElse(Integer.MAX_VALUE), mostUseful)) {
            return Next.nothing();
        }
        Optional<Candidate> candidate = bounded ? nextInTime(fitsInTime) : nextInOrder(number, tried);
        candidate.ifPresent(chosen -> begun(number, chosen));
        return new Next(candidate, Optional.empty());
    }

    private Optional<Candidate> nextInOrder(int number, int tried) {
        List<Trial> seen = new ArrayList<>();
        for (int earlier = 1; earlier <= number - LAG; earlier++) {
            Trial trial = ended.get(earlier);
            if (trial == null) {
                return Optional.empty();
            }
            seen.add(trial);
        }
        return searcher.propose(tried, seen, seed);
    }

    private Optional<Candidate> nextInTime(Predicate<Candidate> fitsInTime) {
        for (int passedOver = 0; passedOver < MOST_PASSED_OVER; passedOver++) {
            Optional<Candidate> proposed = searcher.propose(++proposals, List.copyOf(ended.values()), seed);
            if (proposed.isEmpty()) {
                break;
            }
            if (!begun.contains(proposed.get()) && fitsInTime.test(proposed.get())) {
                return proposed;
            }
        }
        isOver = true;
        return Optional.empty();
    }
}
