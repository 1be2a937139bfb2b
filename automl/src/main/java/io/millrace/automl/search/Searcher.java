package io.millrace.automl.search;

import io.millrace.automl.trial.Candidate;
import io.millrace.automl.trial.Trial;
import java.util.List;
import java.util.Optional;

/** Proposes what to try next. Holds no clock, no thread and no data: given the same arguments it says the same. */
public interface Searcher {
    /**
     * The candidate of the trial of that number.
     *
     * @param number the trial, from 1; every earlier one has been proposed
     * @param seen the trials whose outcomes may be looked at, by number
     * @param seed decides what is random
     * @return empty if there is nothing left to try
     */
    Optional<Candidate> propose(int number, List<Trial> seen, long seed);
}
