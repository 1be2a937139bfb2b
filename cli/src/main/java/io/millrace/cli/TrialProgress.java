package io.millrace.cli;

import io.millrace.automl.trial.Candidate;
import io.millrace.automl.trial.Leaderboard;
import io.millrace.automl.trial.Metric;
import io.millrace.automl.trial.Outcome;
import io.millrace.automl.trial.Trial;
import io.millrace.automl.trial.TrialListener;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows on standard error how an experiment goes: a bar on a terminal, elsewhere a line now and then. Nothing when
 * asked to be quiet.
 */
final class TrialProgress implements TrialListener, AutoCloseable {
    private static final long LINE_EVERY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int WIDTH = 80;

    private final Surroundings surroundings;
    private final CommonArguments common;
    private final Notes notes;
    private final Limits limits;
    private final long startNanos = System.nanoTime();
    private @Nullable ProgressBar bar;
    private @Nullable Metric metric;
    private long lastLineNanos = startNanos - LINE_EVERY_NANOS;
    private int ended;
    private double best = Double.NaN;

    TrialProgress(Surroundings surroundings, CommonArguments common, Notes notes, Limits limits) {
        this.surroundings = surroundings;
        this.common = common;
        this.notes = notes;
        this.limits = limits;
    }

    @Override
    public void started(Leaderboard.Summary summary) {
        metric = summary.metric();
        say(String.format(
                Locale.ROOT,
                "%s '%s' from %d columns of %,d rows: %s, %s",
                summary.task().text(),
                summary.task().target(),
                summary.columns(),
                summary.rows(),
                summary.metric().text(),
                summary.validation().text()));
        if (surroundings.live() && !common.isQuiet()) {
            bar = bar();
        }
    }

    @Override
    public void noted(String text) {
        if (bar != null) {
            surroundings.err().print("\r" + " ".repeat(WIDTH) + "\r");
        }
        notes.say(text);
    }

    @Override
    public void fitEnded(int trial, Candidate candidate, int done, int fits) {
        show(Optional.of(candidate.learner() + " " + done + "/" + fits));
    }

    @Override
    public void trialEnded(Trial trial) {
        ended++;
        show(Optional.empty());
        long now = System.nanoTime();
        if (bar == null && now - lastLineNanos >= LINE_EVERY_NANOS) {
            lastLineNanos = now;
            say(String.format(
                    Locale.ROOT,
                    "%ds: trial %d, %s: %s%s",
                    Duration.ofNanos(now - startNanos).toSeconds(),
                    trial.number(),
                    trial.candidate().learner(),
                    outcome(trial.outcome()),
                    Double.isNaN(best) ? "" : String.format(Locale.ROOT, ", best %.4f", best)));
        }
    }

    @Override
    public void led(double score) {
        best = score;
        show(Optional.empty());
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
            surroundings.err().print("\r" + " ".repeat(WIDTH) + "\r");
            surroundings.err().flush();
        }
    }

    private String outcome(Outcome outcome) {
        if (outcome instanceof Outcome.Scored scored) {
            return String.format(Locale.ROOT, "%.4f", scored.score());
        }
        return outcome instanceof Outcome.Skipped ? "skipped" : "failed";
    }

    private void say(String line) {
        if (!common.isQuiet()) {
            surroundings.err().println(line);
        }
    }

    /** Moves the bar: by time where time decides, else by trials. */
    private void show(Optional<String> current) {
        ProgressBar shown = bar;
        if (shown == null) {
            return;
        }
        boolean byTime = limits.budget().time().isPresent();
        shown.stepTo(byTime ? Duration.ofNanos(System.nanoTime() - startNanos).toSeconds() : ended);
        String lead =
                Double.isNaN(best) || metric == null ? "" : String.format(Locale.ROOT, "%s %.4f", metric.text(), best);
        shown.setExtraMessage(" " + lead + current.map(text -> " " + text).orElse(""));
    }

    private ProgressBar bar() {
        long most = limits.budget().time().map(Duration::toSeconds).orElseGet(() ->
                (long) limits.budget().trials().orElse(1));
        return new ProgressBarBuilder()
                .setTaskName("")
                .setInitialMax(most)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .setMaxRenderedLength(WIDTH)
                .hideEta()
                .setConsumer(new DelegatingProgressBarConsumer(
                        line -> surroundings.err().print("\r" + line), WIDTH))
                .build();
    }
}
