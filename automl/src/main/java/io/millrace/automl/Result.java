package io.millrace.automl;

import static java.util.Objects.requireNonNull;

import io.millrace.automl.pipeline.FittedPipeline;
import io.millrace.automl.trial.Leaderboard;
import java.nio.file.Path;
import java.util.List;

/** What an experiment ends with. Immutable. */
public final class Result {
    private final Leaderboard leaderboard;
    private final FittedPipeline best;
    private final List<Path> files;
    private final boolean cancelled;

    Result(Leaderboard leaderboard, FittedPipeline best, List<Path> files, boolean cancelled) {
        this.leaderboard = requireNonNull(leaderboard, "leaderboard");
        this.best = requireNonNull(best, "best");
        this.files = List.copyOf(files);
        this.cancelled = cancelled;
    }

    /** All trials, and the ensemble. */
    public Leaderboard leaderboard() {
        return leaderboard;
    }

    /** The model: the ensemble that leads the board. */
    public FittedPipeline best() {
        return best;
    }

    /** The files that were written: model, leaderboard, out-of-fold predictions and journal; none without a directory. */
    public List<Path> files() {
        return files;
    }

    /** Whether somebody asked the experiment to stop before its budget was used up. */
    public boolean isCancelled() {
        return cancelled;
    }
}
