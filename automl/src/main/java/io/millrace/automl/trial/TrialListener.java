package io.millrace.automl.trial;

/**
 * Told what an experiment does, as it does it. Called from the thread that runs the experiment; every method does
 * nothing unless it is overridden.
 */
public interface TrialListener {
    /** Says nothing to anybody. */
    static TrialListener silent() {
        return new TrialListener() {};
    }

    /**
     * The training rows have been read.
     *
     * @param summary what is to be done with them
     */
    default void started(Leaderboard.Summary summary) {}

    /** Something that people should know, in one sentence without a full stop. */
    default void noted(String text) {}

    /** A fit of a trial has ended; {@code done} of {@code fits} are through. */
    default void fitEnded(int trial, Candidate candidate, int done, int fits) {}

    /** A trial has its outcome. */
    default void trialEnded(Trial trial) {}

    /** The best score so far, of a model or of the ensemble of several, has changed. */
    default void led(double score) {}
}
