package io.millrace.automl.search;

import io.millrace.automl.trial.Candidate;
import io.millrace.automl.trial.Metric;
import io.millrace.automl.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The portfolio in its order, and then candidates drawn at random. */
public final class PortfolioSearch implements Searcher {
    private final List<Candidate> portfolio;
    private final RandomSearch afterwards;

    private PortfolioSearch(List<Candidate> portfolio, RandomSearch afterwards) {
        this.portfolio = portfolio;
        this.afterwards = afterwards;
    }

    /**
     * A search with these learners.
     *
     * @param available the learners that can run, with the names of their parameters
     * @param metric what is optimised
     */
    public static PortfolioSearch of(Map<String, Set<String>> available, Metric metric) {
        return new PortfolioSearch(Portfolio.of(available), new RandomSearch(available.keySet(), metric));
    }

    /** The same, and before it a candidate that learns in large steps, for little time. */
    public static PortfolioSearch inHaste(Map<String, Set<String>> available, Metric metric) {
        return new PortfolioSearch(Portfolio.inHaste(available), new RandomSearch(available.keySet(), metric));
    }

    @Override
    public Optional<Candidate> propose(int number, List<Trial> seen, long seed) {
        if (number <= portfolio.size()) {
            return Optional.of(portfolio.get(number - 1));
        }
        return afterwards.propose(number, seen, seed);
    }
}
