package io.millrace.automl;

import io.millrace.automl.feature.FeaturePlan;
import io.millrace.automl.fit.TrainingData;
import io.millrace.automl.pipeline.FittedPipeline;
import io.millrace.automl.search.GreedyEnsemble;
import io.millrace.automl.trial.Leaderboard;
import io.millrace.automl.trial.Metric;
import io.millrace.automl.trial.Outcome;
import io.millrace.automl.trial.Trial;
import io.millrace.automl.trial.TrialListener;
import io.millrace.automl.trial.Validation;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One run of an experiment, from reading the rows to writing the files. */
final class ExperimentRun {
    private final ExperimentSettings settings;
    private final Dataflow training;
    private final Optional<Path> directory;
    private final TrialListener listener;
    private final boolean resumed;
    private final boolean limited;

    /**
     * A run.
     *
     * @param limited whether the budget is of this run, and not what a resumed experiment has left
     */
    ExperimentRun(
            ExperimentSettings settings,
            Dataflow training,
            Optional<Path> directory,
            TrialListener listener,
            boolean resumed,
            boolean limited) {
        this.settings = settings;
        this.training = training;
        this.directory = directory;
        this.listener = listener;
        this.resumed = resumed;
        this.limited = limited;
    }

    /** Runs; {@code before} is the part of a time budget that has passed. */
    Result run(TrialRunner runner, Cancellation cancellation, Duration before) {
        long startNanos = System.nanoTime() - before.toNanos();
        if (!resumed) {
            directory.ifPresent(ExperimentFiles::checkEmpty);
        }
        TrainingRows rows = TrainingRows.read(training, settings, runner.engine(), listener, cancellation);
        Metric metric = settings.metric().orElse(Metric.standardFor(rows.task().objective()));
        metric.checkAppliesTo(rows.task().objective());
        Pace pace = new Pace(rows, settings.budget(), runner.concurrency());
        Validation validation = settings.validation().orElseGet(pace::validation);
        TrainingData data = data(rows, validation);
        Leaderboard.Summary summary = new Leaderboard.Summary(
                rows.task(),
                rows.labels(),
                metric,
                validation,
                settings.seed(),
                data.rows(),
                rows.leftOut(),
                used(rows));
        try (RunRecord record = record(rows, validation)) {
            RunClock clock = RunClock.started(
                    Duration.ofNanos(System.nanoTime() - startNanos),
                    settings.budget(),
                    limited ? 0 : record.past().spentMillis());
            record.sessionStarted(settings.budget());
            checkSameRows(rows, record);
            listener.started(summary);
            Agenda agenda = Agenda.of(
                    metric,
                    settings.budget().trials(),
                    clock.isBounded(),
                    pace.isHasty(validation),
                    data.rows(),
                    settings.seed());
            return run(runner, cancellation, rows, data, summary, record, clock, agenda);
        }
    }

    private Result run(
            TrialRunner runner,
            Cancellation cancellation,
            TrainingRows rows,
            TrainingData data,
            Leaderboard.Summary summary,
            RunRecord record,
            RunClock clock,
            Agenda agenda) {
        OutOfFold places = new OutOfFold(data);
        Standings standings = new Standings(summary.metric(), places, data.foldCount(), clock.isBounded());
        Map<Integer, TrialState> trials;
        try (TrialRunner.Session session = runner.open(data)) {
            trials = new TrialLoop(
                            data,
                            session,
                            runner.concurrency(),
                            record,
                            clock,
                            agenda,
                            standings,
                            listener,
                            cancellation,
                            settings.seed())
                    .run();
        }
        Duration spent = Duration.ofMillis(clock.spentMillis());
        Result result = finish(rows, data, places, summary, record, trials, spent, cancellation);
        record.sessionEnded(clock.spentMillis());
        return result;
    }

    private Result finish(
            TrainingRows rows,
            TrainingData data,
            OutOfFold places,
            Leaderboard.Summary summary,
            RunRecord record,
            Map<Integer, TrialState> trials,
            Duration spent,
            Cancellation cancellation) {
        List<TrialState> scored = scored(trials, summary.metric(), cancellation);
        Leaderboard.Times times = times(trials, spent);
        if (scored.isEmpty()) {
            cancellation.check();
            throw noTrialSucceeded(trials);
        }
        List<double[][]> predictions =
                scored.stream().map(TrialState::predictions).toList();
        List<Double> weights = scored.size() == 1
                ? List.of(1.0)
                : GreedyEnsemble.choose(summary.metric(), places.target(), predictions)
                        .weights();
        double[][] mean = OutOfFold.mean(predictions, weights);
        Map<Integer, Double> weightOfTrial = new TreeMap<>();
        for (int i = 0; i < scored.size(); i++) {
            if (weights.get(i) > 0) {
                weightOfTrial.put(scored.get(i).number(), weights.get(i));
            }
        }
        Leaderboard leaderboard = new Leaderboard(
                summary,
                trials.values().stream()
                        .flatMap(trial -> trial.trial().stream())
                        .toList(),
                Optional.of(ensemble(summary.metric(), places, data.foldCount(), scored, mean, weightOfTrial)),
                times);
        FittedPipeline pipeline = ModelAssembly.assemble(rows, record, scored, weightOfTrial);
        List<Path> files = directory
                .map(path -> write(path, pipeline, leaderboard, new PredictionsFile(rows, places.rows(), mean)))
                .orElse(List.of());
        return new Result(leaderboard, pipeline, files, cancellation.isCancelled());
    }

    private static List<Path> write(
            Path directory, FittedPipeline pipeline, Leaderboard leaderboard, PredictionsFile predictions) {
        Path model = ExperimentFiles.model(directory);
        pipeline.save(model);
        Path board = ExperimentFiles.leaderboard(directory);
        ExperimentFiles.write(board, out -> out.write((leaderboard.toJson() + "\n").getBytes(StandardCharsets.UTF_8)));
        Path outOfFold = ExperimentFiles.predictions(directory);
        ExperimentFiles.write(outOfFold, predictions);
        return List.of(model, board, outOfFold, ExperimentFiles.journal(directory));
    }

    /**
     * The trials that take part in the ensemble: those with a model for every fold, or, if there is none, the one with
     * the most. What was still under way has no outcome and is left out.
     */
    private List<TrialState> scored(Map<Integer, TrialState> trials, Metric metric, Cancellation cancellation) {
        List<TrialState> complete = trials.values().stream()
                .filter(trial -> trial.isFitted() && trial.outcome().orElse(null) instanceof Outcome.Scored)
                .toList();
        if (!complete.isEmpty()
                || (!cancellation.isCancelled() && settings.budget().isBoundedByTrialsAlone())) {
            return complete;
        }
        TrialState most = null;
        for (TrialState trial : trials.values()) {
            boolean usable = trial.outcome().isEmpty()
                    && !trial.hasTrouble()
                    && !trial.fittedFolds().isEmpty();
            if (usable
                    && (most == null
                            || trial.fittedFolds().size() > most.fittedFolds().size())) {
                most = trial;
            }
        }
        if (most == null || !(most.decide(metric) instanceof Outcome.Scored)) {
            return List.of();
        }
        listener.noted("the time was up before any trial was through: the model is of "
                + most.fittedFolds().size() + " of its folds");
        return List.of(most);
    }

    private static Leaderboard.Ensemble ensemble(
            Metric metric,
            OutOfFold places,
            int folds,
            List<TrialState> scored,
            double[][] mean,
            Map<Integer, Double> weights) {
        boolean complete = scored.get(0).isFitted();
        List<Double> scores = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            int[] at = places.placesOf(fold);
            boolean judged = complete || scored.get(0).fittedFolds().contains(fold);
            scores.add(judged ? metric.of(places.targetAt(at), OutOfFold.pick(mean, at)) : Double.NaN);
        }
        int[] all = places.placesOf(scored.get(0).fittedFolds());
        double score = metric.of(places.targetAt(all), OutOfFold.pick(mean, all));
        return new Leaderboard.Ensemble(score, scores, new TreeMap<>(weights));
    }

    private static Leaderboard.Times times(Map<Integer, TrialState> trials, Duration spent) {
        Map<Integer, Duration> fits = new HashMap<>();
        trials.forEach((number, trial) -> fits.put(number, Duration.ofMillis(trial.millis())));
        return new Leaderboard.Times(fits, spent);
    }

    private static DataflowException noTrialSucceeded(Map<Integer, TrialState> trials) {
        List<Trial> ended = trials.values().stream()
                .flatMap(trial -> trial.trial().stream())
                .toList();
        List<Trial> failed = ended.stream()
                .filter(trial -> trial.outcome() instanceof Outcome.Failed)
                .toList();
        List<Trial> skipped = ended.stream()
                .filter(trial -> trial.outcome() instanceof Outcome.Skipped)
                .toList();
        List<String> details = new ArrayList<>();
        if (!failed.isEmpty() && failed.get(0).outcome() instanceof Outcome.Failed first) {
            details.add("first failure: trial " + failed.get(0).number() + ", "
                    + failed.get(0).candidate().learner() + ": " + first.reason());
        }
        if (!skipped.isEmpty() && skipped.get(0).outcome() instanceof Outcome.Skipped first) {
            details.add("first skipped: trial " + skipped.get(0).number() + ", "
                    + skipped.get(0).candidate().learner() + ": " + first.reason());
        }
        int open = trials.size() - ended.size();
        if (open > 0 || trials.isEmpty()) {
            details.add("The time was up; give the experiment a larger budget");
        }
        return DataflowException.of(
                ErrorCode.NO_TRIAL_SUCCEEDED,
                "Cannot choose a model: 0 of " + trials.size() + " trials scored (" + skipped.size() + " skipped, "
                        + failed.size() + " failed, " + open + " not through)",
                details);
    }

    private RunRecord record(TrainingRows rows, Validation validation) {
        if (directory.isEmpty()) {
            return RunRecord.inMemory();
        }
        Path file = ExperimentFiles.journal(directory.get());
        if (resumed) {
            return RunRecord.resume(file);
        }
        ExperimentFiles.create(directory.get());
        // The validation is written as it was decided: what is resumed must have the same folds under any budget.
        ExperimentSettings decided = settings.validation(validation);
        return RunRecord.begin(
                file, decided.describe(rows.original(), Path.of("").toAbsolutePath()));
    }

    private void checkSameRows(TrainingRows rows, RunRecord record) {
        if (directory.isEmpty()) {
            return;
        }
        String fingerprint = rows.fingerprint();
        Optional<String> before = record.past().fingerprint();
        if (before.isPresent() && !before.get().equals(fingerprint)) {
            throw DataflowException.of(
                    ErrorCode.SOURCE_CHANGED,
                    "Cannot resume the experiment in '" + directory.get() + "': the training rows have changed",
                    "Begin another experiment with them");
        }
        record.dataRead(rows.target().length, fingerprint);
    }

    private TrainingData data(TrainingRows rows, Validation validation) {
        int classes = rows.labels().size();
        int[] folds = FoldDealer.deal(validation, rows.task().objective(), classes, rows.target(), settings.seed());
        return new TrainingData(
                rows.frame(),
                rows.target(),
                rows.task().objective(),
                classes,
                folds,
                validation.fits(),
                settings.seed(),
                settings.memoryLimit());
    }

    /** The number of columns that can be learnt from. */
    private int used(TrainingRows rows) {
        FeaturePlan plan = FeaturePlan.of(rows.frame());
        plan.ignored()
                .forEach(planned ->
                        listener.noted("column '" + planned.column() + "' is not learnt from: " + planned.reason()));
        int used = plan.used().size();
        if (used == 0) {
            List<String> reasons = plan.ignored().stream()
                    .limit(10)
                    .map(planned -> "'" + planned.column() + "': " + planned.reason())
                    .toList();
            throw DataflowException.of(
                    ErrorCode.UNUSABLE_TARGET,
                    "Cannot predict '" + settings.target() + "': there is no other column that can be learnt from",
                    reasons);
        }
        return used;
    }
}
