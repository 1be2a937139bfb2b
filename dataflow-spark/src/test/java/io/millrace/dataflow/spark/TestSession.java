package io.millrace.dataflow.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** The session of all tests of this JVM. It writes its events to a directory. */
public final class TestSession {
    private static final Path EVENTS = events();
    private static final SparkSession SESSION = SparkSession.builder()
            .master("local[2]")
            .appName("tests")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.eventLog.enabled", true)
            .config("spark.eventLog.compress", false)
            .config("spark.eventLog.dir", EVENTS.toUri().toString())
            .getOrCreate();

    private TestSession() {}

    /** The session. */
    public static SparkSession session() {
        return SESSION;
    }

    /** Where the events are written. */
    public static Path eventDirectory() {
        return EVENTS;
    }

    private static Path events() {
        try {
            Path directory = Files.createTempDirectory("spark-events");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
