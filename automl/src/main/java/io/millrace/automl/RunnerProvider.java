package io.millrace.automl;

import static java.util.Objects.requireNonNull;

import io.millrace.dataflow.Engine;
import io.millrace.dataflow.source.Credentials;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts an engine and the trials on it, for callers that are not compiled against it. Found with
 * {@link java.util.ServiceLoader}.
 */
public interface RunnerProvider {
    /** What a user calls the engine, such as {@code spark}. */
    String name();

    /**
     * Starts the engine and returns when it answers; a time budget's clock starts then.
     *
     * @throws io.millrace.dataflow.error.DataflowException when it does not answer, or the settings do not suit it
     */
    Running start(Settings settings);

    /**
     * How to start.
     *
     * @param master where the cluster is, such as {@code local[2]} or {@code yarn}; if empty, the engine's own default
     * @param credentials what sources are opened with
     */
    record Settings(Optional<String> master, Credentials credentials, Concurrency concurrency) {
        /** Checks the arguments. */
        public Settings {
            requireNonNull(master, "master");
            requireNonNull(credentials, "credentials");
            requireNonNull(concurrency, "concurrency");
        }
    }

    /** An engine that answers. Closing it closes the engine and what was started for it. */
    interface Running extends AutoCloseable {
        /** The engine. */
        Engine engine();

        /**
         * The trials on the engine, as many at a time as the settings say.
         *
         * @param note told in one sentence what people should know
         * @throws io.millrace.dataflow.error.DataflowException {@code CONCURRENCY_UNAVAILABLE}
         */
        TrialRunner trials(Consumer<String> note);

        @Override
        void close();
    }

    /** The number of fits that are under way at a time. */
    sealed interface Concurrency {
        /** What the engine does when nothing is said. */
        record Standard() implements Concurrency {}

        /** That many. */
        record Of(int fits) implements Concurrency {}

        /** As many as there is room for. */
        record All() implements Concurrency {}

        /** See {@link Standard}. */
        static Concurrency standard() {
            return new Standard();
        }

        /** See {@link Of}. */
        static Concurrency of(int fits) {
            return new Of(fits);
        }

        /** See {@link All}. */
        static Concurrency all() {
            return new All();
        }
    }
}
