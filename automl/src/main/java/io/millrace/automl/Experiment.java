package io.millrace.automl;

import static java.util.Objects.requireNonNull;

import io.millrace.automl.journal.Journal;
import io.millrace.automl.trial.Budget;
import io.millrace.automl.trial.Metric;
import io.millrace.automl.trial.Task;
import io.millrace.automl.trial.TrialListener;
import io.millrace.automl.trial.Validation;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a model that predicts one column of a dataflow from the others. Immutable; nothing happens before {@link #run}.
 *
 * <p>The rows are dealt into folds. Candidates are tried in a fixed order, each fitted once a fold on the other folds;
 * a weighted mean of the best of them, chosen by what they predict for rows they have not seen, is the model. Without
 * other words an experiment lasts 60 seconds, uses seed 0, judges by {@link Metric#standardFor} and deals rows as
 * {@link Validation#standardFor} says.
 */
public final class Experiment {
    private final ExperimentSettings settings;
    private final Dataflow training;
    private final Optional<Path> directory;
    private final TrialListener listener;
    private final @Nullable Instant started;
    private final boolean resumed;
    private final boolean limited;

    private Experiment(
            ExperimentSettings settings,
            Dataflow training,
            Optional<Path> directory,
            TrialListener listener,
            @Nullable Instant started,
            boolean resumed,
            boolean limited) {
        this.settings = settings;
        this.training = training;
        this.directory = directory;
        this.listener = listener;
        this.started = started;
        this.resumed = resumed;
        this.limited = limited;
    }

    /**
     * Predicts the target of a task. Rows whose target is null are left out and counted.
     *
     * @param training the rows to learn from, with the target
     */
    public static Experiment predict(Task task, Dataflow training) {
        return begin(ExperimentSettings.of(task.target(), Optional.of(task)), training);
    }

    /**
     * Predicts a column, and infers from its values as what: text and bool as labels, and so are int64 with at most ten
     * different values and other numbers with two; everything else is a number.
     *
     * @param training the rows to learn from, with the target
     */
    public static Experiment predict(String target, Dataflow training) {
        return begin(ExperimentSettings.of(target, Optional.empty()), training);
    }

    /**
     * Goes on with an experiment that was interrupted, or had its budget, with its dataflow and its settings. What it
     * has left of its time is its budget, unless {@link #budget} gives another.
     *
     * @param directory where the experiment is
     * @throws DataflowException {@code NOT_AN_EXPERIMENT} if there is none
     */
    public static Experiment resume(Path directory) {
        Path file = ExperimentFiles.journal(directory);
        if (!java.nio.file.Files.isRegularFile(file)) {
            throw DataflowException.of(
                    ErrorCode.NOT_AN_EXPERIMENT,
                    "Cannot resume the experiment in '" + directory + "': there is no '" + file.getFileName() + "'");
        }
        String description = Journal.description(file);
        return new Experiment(
                ExperimentSettings.settingsOf(description),
                ExperimentSettings.trainingOf(description),
                Optional.of(directory),
                TrialListener.silent(),
                null,
                true,
                false);
    }

    /** Prepares the rows first. The preparation is saved with the model and replayed when it scores. */
    public Experiment prepare(Recipe recipe) {
        refuseIfResumed("the preparation");
        return new Experiment(settings, training.apply(recipe), directory, listener, started, resumed, limited);
    }

    /** Does not learn from these columns; a model does not need them to score. Replaces what was said before. */
    public Experiment ignore(String... columns) {
        refuseIfResumed("the ignored columns");
        return with(settings.ignored(Arrays.asList(columns)));
    }

    /** Judges models by this metric. */
    public Experiment optimize(Metric metric) {
        refuseIfResumed("the metric");
        return with(settings.metric(requireNonNull(metric, "metric")));
    }

    /** Decides which rows judge models. */
    public Experiment validate(Validation validation) {
        refuseIfResumed("the validation");
        return with(settings.validation(requireNonNull(validation, "validation")));
    }

    /** Decides when to stop. */
    public Experiment budget(Budget budget) {
        return new Experiment(
                settings.budget(requireNonNull(budget, "budget")),
                training,
                directory,
                listener,
                started,
                resumed,
                true);
    }

    /** Decides all that is random. */
    public Experiment seed(long seed) {
        refuseIfResumed("the seed");
        return with(settings.seed(seed));
    }

    /** The memory in bytes that one fit may take; learners that would need more are skipped. 4 GiB if nothing is said. */
    public Experiment memory(long bytes) {
        refuseIfResumed("the memory");
        return with(settings.memoryLimit(bytes));
    }

    /**
     * Keeps a journal in this directory, from which the experiment can be resumed, and writes the model, the leaderboard
     * and the out-of-fold predictions there. The directory is made if it is not there, and must be empty if it is.
     */
    public Experiment directory(Path path) {
        refuseIfResumed("the directory");
        return new Experiment(settings, training, Optional.of(path), listener, started, resumed, limited);
    }

    /** Tells this listener what happens. */
    public Experiment listener(TrialListener told) {
        return new Experiment(settings, training, directory, requireNonNull(told, "told"), started, resumed, limited);
    }

    /** Counts a time budget from this instant instead of the call of {@link #run}. */
    public Experiment startedAt(Instant instant) {
        return new Experiment(
                settings, training, directory, listener, requireNonNull(instant, "instant"), resumed, limited);
    }

    /** As {@link #run(TrialRunner, Cancellation)}, with nobody to cancel. */
    public Result run(TrialRunner runner) {
        return run(runner, Cancellation.create());
    }

    /**
     * Runs the experiment. When cancelled, it ends with the best model so far, if there is one.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}, {@code UNUSABLE_TARGET}, {@code EMPTY_SOURCE} or what reading
     *     the rows throws; {@code OUTPUT_EXISTS} if the directory is not empty; {@code NO_TRIAL_SUCCEEDED};
     *     {@code CANCELLED} if there is no model yet; {@code SOURCE_CHANGED} if a resumed experiment reads other rows
     */
    public Result run(TrialRunner runner, Cancellation cancellation) {
        Duration before = started == null ? Duration.ZERO : Duration.between(started, Instant.now());
        return new ExperimentRun(settings, training, directory, listener, resumed, limited)
                .run(runner, cancellation, before.isNegative() ? Duration.ZERO : before);
    }

    /** The target and what it is predicted from. */
    @Override
    public String toString() {
        return "Experiment[" + settings.target() + "]";
    }

    private static Experiment begin(ExperimentSettings settings, Dataflow training) {
        return new Experiment(settings, training, Optional.empty(), TrialListener.silent(), null, false, true);
    }

    private Experiment with(ExperimentSettings changed) {
        return new Experiment(changed, training, directory, listener, started, resumed, limited);
    }

    private void refuseIfResumed(String what) {
        if (resumed) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot change " + what + " of an experiment that is resumed",
                    "Only its budget can be changed");
        }
    }
}
