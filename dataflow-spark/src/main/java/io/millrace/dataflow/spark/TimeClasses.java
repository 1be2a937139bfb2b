package io.millrace.dataflow.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.internal.SQLConf;
import scala.Function0;

/**
 * Which classes the dates and timestamps of a dataset's rows have is a setting that Spark reads when it makes the
 * dataset. Those of {@code java.sql} follow the calendar and the zone of the JVM, which has no 5 to 14 October 1582, so
 * rows go in and out in those of {@code java.time}, whatever a session says, and without a change of its settings.
 */
public final class TimeClasses {
    private static final String JAVA_TIME = "spark.sql.datetime.java8API.enabled";

    private TimeClasses() {}

    /** What {@code made} gives on this thread where Spark takes and gives {@code java.time}. */
    public static Dataset<Row> javaTime(Function0<Dataset<Row>> made) {
        SQLConf settings = new SQLConf();
        settings.setConfString(JAVA_TIME, "true");
        return SQLConf.withExistingConf(settings, made);
    }
}
