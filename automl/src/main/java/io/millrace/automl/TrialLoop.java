package io.millrace.automl;

import io.millrace.automl.codec.CodecException;
import io.millrace.automl.fit.FitOrder;
import io.millrace.automl.fit.FoldResult;
import io.millrace.automl.fit.Seeds;
import io.millrace.automl.fit.TrainingData;
import io.millrace.automl.search.CostModel;
import io.millrace.automl.trial.Candidate;
import io.millrace.automl.trial.Outcome;
import io.millrace.automl.trial.TrialListener;
import io.millrace.dataflow.execution.Cancellation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every slot of a runner busy with fits until the budget is used up: those of one trial after the other, the first
 * folds of a trial beside the last of the one before. Runs on one thread.
 */
final class TrialLoop {
    /** How long past its time a fit may take to come to an end before it is abandoned. */
    private static final long GRACE_MILLIS = 400;

    /**
     * If reading took the whole budget, the first fits still have this long: an experiment that ends late with a model
     * is worth more than one that ends late without.
     */
    private static final long LEAST_MILLIS_FOR_A_MODEL = 1_000;

    /** How long past its time the first fit may take, which may have to load a native library. */
    private static final long FIRST_GRACE_MILLIS = 1_500;

    /** How much longer a fit that was told to be content would have taken, at least. */
    private static final double CUT_SHORT = 2;

    /** A fit whose runner was lost is tried again, once. */
    private static final int MOST_LOSSES = 2;

    private record Fit(int trial, int fold) {}

    /** A fit that is under way. */
    private record Running(
            FitOrder order, long startedNanos, CompletableFuture<byte[]> result, CompletableFuture<byte[]> watched) {}

    private final TrainingData data;
    private final TrialRunner.Session session;
    private final int concurrency;
    private final RunRecord record;
    private final RunClock clock;
    private final Agenda agenda;
    private final Standings standings;
    private final TrialListener listener;
    private final Cancellation cancellation;
    private final long seed;

    private final CostModel costs = new CostModel();
    private final Map<Integer, TrialState> trials = new TreeMap<>();
    private final Deque<Fit> waiting = new ArrayDeque<>();
    private final Map<Fit, Running> running = new java.util.HashMap<>();
    private final Map<Fit, Integer> losses = new java.util.HashMap<>();
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private long begunNanos;
    private boolean hasFit;

    TrialLoop(
            TrainingData data,
            TrialRunner.Session session,
            int concurrency,
            RunRecord record,
            RunClock clock,
            Agenda agenda,
            Standings standings,
            TrialListener listener,
            Cancellation cancellation,
            long seed) {
        this.data = data;
        this.session = session;
        this.concurrency = concurrency;
        this.record = record;
        this.clock = clock;
        this.agenda = agenda;
        this.standings = standings;
        this.listener = listener;
        this.cancellation = cancellation;
        this.seed = seed;
    }

    /** Runs trials until the budget is used up, or somebody cancels. Gives every trial that was begun, by number. */
    Map<Integer, TrialState> run() {
        cancellation.onCancel(() -> events.add(() -> {}));
        begunNanos = System.nanoTime();
        goOnWithPastTrials();
        try {
            while (!cancellation.isCancelled()) {
                submitWhatFits();
                if (running.isEmpty()) {
                    break;
                }
                Runnable event = nextEvent();
                if (event == null) {
                    break;
                }
                event.run();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            cancellation.cancel("the thread was interrupted");
        }
        return trials;
    }

    private @Nullable Runnable nextEvent() throws InterruptedException {
        if (!clock.isBounded()) {
            return events.take();
        }
        long patience = fitMillisLeft() + (hasFit ? GRACE_MILLIS : FIRST_GRACE_MILLIS);
        return patience <= 0 ? events.poll() : events.poll(patience, TimeUnit.MILLISECONDS);
    }

    private void goOnWithPastTrials() {
        record.past().trials().forEach((number, past) -> {
            TrialState trial = new TrialState(number, past.candidate(), data.foldCount(), standings.places());
            trials.put(number, trial);
            agenda.begun(number, past.candidate());
            past.fits().forEach((fold, fit) -> {
                trial.ended(fold, decoded(record.result(number, fold)), fit.millis());
                hasFit |= !trial.hasTrouble();
                costs.observe(past.candidate(), fit.millis() / 1000.0);
            });
            if (past.outcome().isPresent()) {
                trial.decide(past.outcome().get());
                agenda.ended(trial);
                standings.add(trial);
            } else if (past.deadly().isPresent()) {
                int fold = past.deadly().get();
                end(
                        trial,
                        new Outcome.Failed(
                                "the process died twice while fold " + (fold + 1) + " was being fitted", ""));
            } else if (trial.isThrough()) {
                end(trial, trial.decide(standings.metric()));
            } else {
                enqueue(trial);
            }
        });
    }

    private void submitWhatFits() {
        while (running.size() < concurrency) {
            if (waiting.isEmpty() && !beginTrial()) {
                return;
            }
            Fit fit = waiting.poll();
            if (fit == null) {
                continue;
            }
            if (clock.isBounded() && fitMillisLeft() <= 0) {
                return;
            }
            submit(fit);
        }
    }

    private boolean beginTrial() {
        int number = trials.isEmpty() ? 1 : ((TreeMap<Integer, TrialState>) trials).lastKey() + 1;
        Agenda.Next next = agenda.next(number, this::fitsInTime);
        if (next.candidate().isEmpty()) {
            return false;
        }
        Candidate candidate = next.candidate().get();
        TrialState trial = new TrialState(number, candidate, data.foldCount(), standings.places());
        trials.put(number, trial);
        record.trialStarted(number, candidate);
        if (next.skipReason().isPresent()) {
            end(trial, new Outcome.Skipped(next.skipReason().get()));
        } else {
            enqueue(trial);
        }
        return true;
    }

    private void enqueue(TrialState trial) {
        for (int fold = 0; fold < data.foldCount(); fold++) {
            if (!trial.hasEnded(fold)) {
                waiting.add(new Fit(trial.number(), fold));
            }
        }
    }

    private boolean fitsInTime(Candidate candidate) {
        if (!clock.isBounded()) {
            return true;
        }
        double seconds = costs.seconds(candidate) * rounds(data.foldCount() + waiting.size() + running.size() / 2.0);
        return seconds * 1000 <= fitMillisLeft();
    }

    private double rounds(double fits) {
        return Math.ceil(fits / concurrency);
    }

    /** The time that is left for fits: what the choice of the ensemble and the files take is set aside. */
    private long fitMillisLeft() {
        long left = clock.leftMillis() - standings.finishingMillis(clock.budgetMillis());
        if (hasFit) {
            return left;
        }
        long spent = (System.nanoTime() - begunNanos) / 1_000_000;
        return Math.max(left, LEAST_MILLIS_FOR_A_MODEL - spent);
    }

    private void submit(Fit fit) {
        TrialState trial = trial(fit);
        record.fitStarted(fit.trial(), fit.fold());
        FitOrder order = new FitOrder(
                fit.trial(), trial.candidate(), fit.fold(), Seeds.of(seed, fit.trial(), fit.fold()), finishBy(trial));
        CompletableFuture<byte[]> result = session.submit(order);
        CompletableFuture<byte[]> watched =
                result.whenComplete((bytes, failure) -> events.add(() -> ended(fit, result, bytes, failure)));
        running.put(fit, new Running(order, System.nanoTime(), result, watched));
    }

    /** A fair share of the time left for each of the fits that the trial still needs; less while there is no model. */
    private OptionalLong finishBy(TrialState trial) {
        if (!clock.isBounded()) {
            return OptionalLong.empty();
        }
        double left = Math.max(0, fitMillisLeft());
        double share = left / Math.max(1, rounds(data.foldCount() - trial.ended()));
        if (standings.isEmpty()) {
            share *= 0.7;
        }
        return OptionalLong.of(System.currentTimeMillis() + (long) share);
    }

    private void ended(
            Fit fit, CompletableFuture<byte[]> result, byte @Nullable [] bytes, @Nullable Throwable failure) {
        Running ended = running.get(fit);
        if (ended == null || ended.result() != result) {
            return;
        }
        running.remove(fit);
        TrialState trial = trial(fit);
        if (trial.outcome().isPresent()) {
            return;
        }
        long millis = (System.nanoTime() - ended.startedNanos()) / 1_000_000;
        if (bytes != null) {
            record.fitEnded(fit.trial(), fit.fold(), millis, clock.spentMillis(), bytes);
            trial.ended(fit.fold(), decoded(bytes), millis);
            hasFit |= !trial.hasTrouble();
            costs.observe(trial.candidate(), millis / 1000.0 * (wasCutShort(ended.order()) ? CUT_SHORT : 1));
        } else if (losses.merge(fit, 1, Integer::sum) < MOST_LOSSES) {
            waiting.addFirst(fit);
            return;
        } else {
            trial.failed(fit.fold(), "the place where it ran was lost, twice", String.valueOf(failure));
        }
        listener.fitEnded(trial.number(), trial.candidate(), trial.ended(), data.foldCount());
        judge(trial);
    }

    private static boolean wasCutShort(FitOrder order) {
        return order.finishByEpochMillis().isPresent()
                && System.currentTimeMillis() >= order.finishByEpochMillis().getAsLong();
    }

    private void judge(TrialState trial) {
        if (trial.isThrough()) {
            end(trial, trial.decide(standings.metric()));
        } else if (clock.isBounded() && trial.hasTrouble()) {
            abandon(trial);
            end(trial, trial.decide(standings.metric()));
        } else if (clock.isBounded()) {
            standings.hopeless(trial).ifPresent(reason -> {
                abandon(trial);
                end(trial, trial.decide(new Outcome.Skipped(reason)));
            });
        }
    }

    /** Leaves the other fits of a trial. */
    private void abandon(TrialState trial) {
        waiting.removeIf(fit -> fit.trial() == trial.number());
        List<Running> left = new ArrayList<>(running.values());
        for (Running each : left) {
            if (each.order().trial() == trial.number()) {
                each.result().cancel(true);
            }
        }
    }

    private void end(TrialState trial, Outcome outcome) {
        trial.decide(outcome);
        record.trialEnded(trial.number(), outcome);
        agenda.ended(trial);
        trial.trial().ifPresent(listener::trialEnded);
        if (standings.add(trial)) {
            listener.led(standings.leadersScore());
        }
    }

    private TrialState trial(Fit fit) {
        TrialState trial = trials.get(fit.trial());
        if (trial == null) {
            throw new IllegalStateException("no trial " + fit.trial());
        }
        return trial;
    }

    private static FoldResult decoded(byte[] bytes) {
        try {
            return FoldResult.decode(bytes);
        } catch (CodecException damaged) {
            return new FoldResult.Failed("the result cannot be read: " + damaged.getMessage(), "");
        }
    }
}
