package io.millrace.automl.fit;

import io.millrace.automl.learner.FitRequest;
import io.millrace.automl.learner.Learner;
import io.millrace.automl.learner.Learners;
import io.millrace.automl.learner.Model;
import io.millrace.automl.learner.Shape;
import io.millrace.automl.learner.StopSignal;
import io.millrace.automl.trial.Candidate;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** One fit: a candidate learns from all folds but one, and predicts that one. */
public final class FoldFit {
    private FoldFit() {}

    /**
     * Carries out an order. A pure function of data and order, unless {@code stop} ends it early. What goes wrong is a
     * result too: a bad candidate must not end the process that tries it.
     *
     * @throws CancellationException if {@code stop} says so
     */
    public static FoldResult run(TrainingData data, FitOrder order, StopSignal stop) {
        Candidate candidate = order.candidate();
        Optional<Learner> learner = Learners.byName(candidate.learner());
        if (learner.isEmpty()) {
            return new FoldResult.Failed("there is no learner '" + candidate.learner() + "'", "");
        }
        try {
            return run(data, order, learner.get(), stop);
        } catch (CancellationException cancelled) {
            throw cancelled;
        } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError failure) {
            return failed(failure, order);
        }
    }

    private static FoldResult run(TrainingData data, FitOrder order, Learner learner, StopSignal stop) {
        Optional<String> unavailable = learner.unavailable();
        if (unavailable.isPresent()) {
            return new FoldResult.NotApplicable(unavailable.get());
        }
        stop.throwIfCancelled();
        FoldMatrices.Encoded encoded = data.matrices().of(order.fold(), learner.encoding());
        Shape shape = new Shape(
                encoded.train().rows(),
                encoded.train().matrix().features().size(),
                data.classes(),
                data.objective(),
                data.memoryLimit());
        Optional<String> inapplicable = learner.inapplicable(shape);
        if (inapplicable.isPresent()) {
            return new FoldResult.NotApplicable(inapplicable.get());
        }
        stop.throwIfCancelled();
        Model model = learner.fit(new FitRequest(
                encoded.train(), encoded.judged(), order.candidate().parameters(), order.seed(), stop));
        double[][] predictions = model.predict(encoded.judged().matrix());
        for (double[] output : predictions) {
            for (double value : output) {
                if (!Double.isFinite(value)) {
                    return new FoldResult.Failed("fold " + (order.fold() + 1) + " was predicted as " + value, "");
                }
            }
        }
        return FoldResult.Fitted.of(predictions, encoded.features(), model);
    }

    private static FoldResult failed(Throwable failure, FitOrder order) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        String firstLine = message.lines().findFirst().orElse("");
        return new FoldResult.Failed("fold " + (order.fold() + 1) + ": " + firstLine, trace.toString());
    }
}
