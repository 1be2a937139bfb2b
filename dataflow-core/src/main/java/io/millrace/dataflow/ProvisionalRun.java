package io.millrace.dataflow;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.plan.Binder;
import io.millrace.dataflow.plan.Node;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A run that does not wait for its files to be judged: it begins with types judged from their first records, while the
 * engine narrows them by every value that the run reads. When they turn out to be others in the end, what was made is
 * thrown away and made anew. So the result is always the one of judging first.
 */
final class ProvisionalRun<R> {
    private final Engine engine;
    private final Cancellation cancellation;
    private final Function<Plan, R> body;
    private final Consumer<R> discard;
    private final List<Guess> guesses = new ArrayList<>();

    private record Guess(Source source, ReadOptions options, Schema schema) {}

    /**
     * A run of some work.
     *
     * @param body the work, which may be done twice, and shows nothing of it before its result is given
     * @param discard frees a result
     */
    ProvisionalRun(Engine engine, Cancellation cancellation, Function<Plan, R> body, Consumer<R> discard) {
        this.engine = engine;
        this.cancellation = cancellation;
        this.body = body;
        this.discard = discard;
    }

    /**
     * The result for a dataflow.
     *
     * @throws DataflowException what judging the files, binding the steps or the work throws
     */
    R result(Node node) {
        R result;
        try {
            result = body.apply(Binder.bind(node, this::guess));
        } catch (RuntimeException failure) {
            boolean cancelled = failure instanceof DataflowException wrong && wrong.code() == ErrorCode.CANCELLED;
            if (cancelled || hold()) {
                throw failure;
            }
            return body.apply(Binder.bind(node, this::judged));
        }
        boolean kept = false;
        try {
            kept = hold();
        } finally {
            if (!kept) {
                discard.accept(result);
            }
        }
        return kept ? result : body.apply(Binder.bind(node, this::judged));
    }

    private Schema guess(Source source, ReadOptions options) {
        Optional<Schema> guessed = engine.guessSchema(source, options, cancellation);
        guessed.ifPresent(schema -> guesses.add(new Guess(source, options, schema)));
        return guessed.orElseGet(() -> judged(source, options));
    }

    private Schema judged(Source source, ReadOptions options) {
        return engine.inferSchema(source, options, cancellation);
    }

    /** Whether all guesses are right. Judges what the run did not. */
    private boolean hold() {
        for (Guess guess : guesses) {
            if (!judged(guess.source, guess.options).equals(guess.schema)) {
                return false;
            }
        }
        return true;
    }
}
