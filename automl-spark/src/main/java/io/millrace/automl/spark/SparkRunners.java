package io.millrace.automl.spark;

import io.millrace.automl.RunnerProvider;
import io.millrace.automl.TrialRunner;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.spark.SparkEngine;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Starts a Spark session, and the engine and the trials on it, for the command. */
public final class SparkRunners implements RunnerProvider {
    private static final String LOOPBACK = "127.0.0.1";

    /** Creates a provider that has started nothing. */
    public SparkRunners() {}

    @Override
    public String name() {
        return "spark";
    }

    /**
     * Starts a session named {@code millrace}, without a web page and on this machine's loopback address when the master
     * is local, and returns when an executor has answered. Without a master, the one that {@code spark-submit} set, else
     * all processors of this machine.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} for what is no master; {@code ENGINE_FAILED} when the cluster
     *     does not answer
     */
    @Override
    public Running start(Settings settings) {
        logToStandardError();
        String given = System.getProperty("spark.master", "local[*]");
        String master = settings.master().orElse(given);
        SparkSession.Builder builder = SparkSession.builder()
                .appName("millrace")
                .master(master)
                .config("spark.executorEnv.OMP_WAIT_POLICY", "PASSIVE");
        if (master.startsWith("local")) {
            builder = builder.config("spark.ui.enabled", false)
                    .config("spark.driver.host", LOOPBACK)
                    .config("spark.driver.bindAddress", LOOPBACK);
        }
        try {
            SparkSession session = builder.getOrCreate();
            if (!master.startsWith("local[")) {
                JavaSparkContext.fromSparkContext(session.sparkContext())
                        .parallelize(List.of(0), 1)
                        .count();
            }
            SparkEngine engine = SparkEngine.on(session).credentials(settings.credentials());
            return new OnSession(session, engine, settings.concurrency());
        } catch (Exception failure) {
            throw refused(master, failure);
        }
    }

    /** The error of a start that failed. */
    static DataflowException refused(String master, Exception failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("Could not parse Master URL")) {
            return DataflowException.of(
                            ErrorCode.INVALID_ARGUMENT,
                            "Cannot start Spark at '" + master + "': that is no master",
                            "A master is local[2], local[*], yarn, spark://HOST:7077 or k8s://HOST")
                    .causedBy(failure);
        }
        String reason = message.contains("stopped SparkContext")
                ? "it does not answer"
                : message.lines().findFirst().orElse("");
        return DataflowException.of(ErrorCode.ENGINE_FAILED, "Cannot start Spark at '" + master + "': " + reason)
                .causedBy(failure);
    }

    /** Warnings of Spark go to standard error, unless this process has a configuration of its own for its log. */
    private static void logToStandardError() {
        boolean configured = System.getProperty("log4j2.configurationFile") != null
                || !(LoggerContext.getContext(false).getConfiguration() instanceof DefaultConfiguration);
        if (configured) {
            return;
        }
        URL file = Objects.requireNonNull(SparkRunners.class.getResource("log4j2-command.properties"));
        try {
            URI uri = file.toURI();
            Configurator.reconfigure(uri);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("a resource has an address", impossible);
        }
    }

    private record OnSession(SparkSession session, SparkEngine sparkEngine, Concurrency concurrency)
            implements Running {
        @Override
        public Engine engine() {
            return sparkEngine;
        }

        @Override
        public TrialRunner trials(Consumer<String> note) {
            SparkTrials trials = SparkTrials.on(sparkEngine);
            if (concurrency instanceof Concurrency.Of wanted) {
                return trials.concurrency(wanted.fits());
            }
            if (concurrency instanceof Concurrency.All) {
                SparkTrials every = trials.everySlot();
                note.accept("fits take every slot of the cluster, " + every.concurrency()
                        + "; other work on it waits for them");
                return every;
            }
            return trials;
        }

        @Override
        public void close() {
            sparkEngine.close();
            session.stop();
        }
    }
}
