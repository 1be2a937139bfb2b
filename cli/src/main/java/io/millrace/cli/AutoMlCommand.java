package io.millrace.cli;

import io.millrace.automl.Experiment;
import io.millrace.automl.Result;
import io.millrace.automl.RunnerProvider;
import io.millrace.automl.TrialRunner;
import io.millrace.automl.trial.Metric;
import io.millrace.automl.trial.Task;
import io.millrace.automl.trial.Validation;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.lang.management.ManagementFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns a model of one column. */
@Command(
        name = "automl",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {
            "millrace automl SOURCE --target COLUMN [OPTION]...",
            "       millrace automl --resume DIR [--budget TIME] [--trials N]"
        },
        description = {
            "Learns a model that predicts one column from the others.",
            "",
            "Prints the leaderboard and writes to DIR: model.millrace (for millrace predict), leaderboard.json,"
                    + " predictions.csv (of every training row, by models that had not seen it) and the journal, from"
                    + " which an interrupted experiment is resumed.",
            ""
        })
final class AutoMlCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;

    private final CommandFactory context;

    @Parameters(
            arity = "0..1",
            hideParamSyntax = true,
            paramLabel = "SOURCE",
            description = "What to learn from: path, 'glob', URL or saved plan (.json)")
    private @Nullable String source;

    @Option(names = "--target", paramLabel = "COLUMN", description = "The column to predict")
    private @Nullable String target;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "binary, multiclass or regression. Default: judged from the target's values")
    private @Nullable String task;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description =
                    "What models are judged by: roc_auc, log_loss, accuracy, balanced_accuracy, f1; rmse, mae, r2."
                            + " Default: roc_auc, log_loss for more than two labels, rmse for numbers")
    private @Nullable String metric;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description = "How long it may take: 60s, 5m, 1h30m. Default: 60s, or none with --trials")
    private @Nullable String budget;

    @Option(names = "--trials", paramLabel = "N", description = "How many candidates to try")
    private @Nullable Integer trials;

    @Option(names = "--folds", paramLabel = "K", description = "Judge every row by models of the other K - 1 folds")
    private @Nullable Integer folds;

    @Option(names = "--holdout", paramLabel = "F", description = "Judge by this share of the rows, kept apart: 0.2")
    private @Nullable Double holdout;

    @Option(
            names = "--ignore",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "A,B",
            description = "Columns not to learn from")
    private List<String> ignored = List.of();

    @Option(
            names = "--positive",
            paramLabel = "LABEL",
            description = "Of two labels the one to find. Default: the second in sorted order")
    private @Nullable String positive;

    @Option(names = "--seed", paramLabel = "N", description = "Decides all that is random. Default: 0")
    private @Nullable Long seed;

    @Option(names = "--out", paramLabel = "DIR", description = "A new directory. Default: millrace-TARGET")
    private @Nullable String out;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Go on with the experiment in DIR, with its source and target; a new budget may be given")
    private @Nullable String resume;

    @ArgGroup(validate = false, heading = CsvArguments.HEADING)
    private final CsvArguments csv = new CsvArguments();

    @ArgGroup(validate = false, heading = CommonArguments.HEADING)
    private final CommonArguments common = new CommonArguments();

    AutoMlCommand(CommandFactory context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Experiment experiment = resume == null ? begun() : resumed(resume);
        Notes notes = new Notes(context.surroundings(), common);
        Result result;
        try (RunnerProvider.Running running = Engines.start(common)) {
            TrialRunner runner = running.trials(notes::say);
            try (TrialProgress progress = new TrialProgress(context.surroundings(), common, notes, limits())) {
                result = experiment
                        .startedAt(start(running, notes))
                        .listener(progress)
                        .run(runner, context.cancellation());
            }
        }
        ResultText.print(context.surroundings().out(), result, common);
        return result.isCancelled() ? INTERRUPTED : 0;
    }

    private Experiment begun() {
        String column = target;
        if (source == null || column == null) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot run millrace automl without "
                            + (source != null
                                    ? "--target COLUMN"
                                    : column != null ? "SOURCE" : "SOURCE and --target COLUMN"),
                    "See millrace automl --help");
        }
        Dataflow rows = Input.of(source, csv).rows();
        Experiment experiment = task(column)
                .map(given -> Experiment.predict(given, rows))
                .orElseGet(() -> Experiment.predict(column, rows))
                .budget(limits().budget())
                .directory(path("--out", out == null ? directory(column) : out));
        if (!ignored.isEmpty()) {
            experiment = experiment.ignore(ignored.toArray(new String[0]));
        }
        if (metric != null) {
            experiment = experiment.optimize(Metric.named(metric));
        }
        if (folds != null && holdout != null) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT, "Cannot use --folds and --holdout together", "Leave one of them out");
        }
        if (folds != null) {
            experiment = experiment.validate(Validation.folds(folds));
        }
        if (holdout != null) {
            experiment = experiment.validate(Validation.holdout(holdout));
        }
        return seed == null ? experiment : experiment.seed(seed);
    }

    private Experiment resumed(String directory) {
        List<String> given = new ArrayList<>();
        add(given, "SOURCE", source);
        add(given, "--target", target);
        add(given, "--task", task);
        add(given, "--metric", metric);
        add(given, "--folds", folds);
        add(given, "--holdout", holdout);
        add(given, "--ignore", ignored.isEmpty() ? null : ignored);
        add(given, "--positive", positive);
        add(given, "--seed", seed);
        add(given, "--out", out);
        given.addAll(csv.given());
        if (!given.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot use " + String.join(", ", given) + " with --resume",
                    "The experiment in '" + directory + "' says so itself; only --budget and --trials can change");
        }
        Experiment experiment = Experiment.resume(path("--resume", directory));
        return budget == null && trials == null ? experiment : experiment.budget(limits().budget());
    }

    private static void add(List<String> given, String name, @Nullable Object value) {
        if (value != null) {
            given.add(name);
        }
    }

    private Optional<Task> task(String column) {
        if (positive != null) {
            if (task != null && !task.equals("binary")) {
                throw DataflowException.of(
                        ErrorCode.INVALID_ARGUMENT, "Cannot use --positive with a " + task + " task");
            }
            return Optional.of(Task.binary(column, positive));
        }
        return Optional.ofNullable(task).map(word -> Task.of(word, column));
    }

    private Limits limits() {
        return Limits.of(budget, trials);
    }

    /** When a time budget begins: with this process, or when a cluster answers. */
    private Instant start(RunnerProvider.Running running, Notes notes) {
        if (running instanceof LocalRunning) {
            return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        }
        Instant now = Instant.now();
        notes.say("the " + running.engine().name() + " session answered at "
                + DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)
                        .withZone(ZoneId.systemDefault())
                        .format(now)
                + "; a time budget counts from then");
        return now;
    }

    private static String directory(String column) {
        return "millrace-" + column.replaceAll("[^\\p{L}\\p{N}._-]+", "_");
    }

    private static Path path(String option, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException malformed) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT, "Cannot use '" + text + "' as " + option + ": it is not a path");
        }
    }
}
