package io.millrace.dataflow.spark.csv;

import org.apache.spark.sql.connector.metric.CustomSumMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/** The records that were left out or cut by the error policy, as Spark's pages show it for a read. Made by Spark by its name. */
public final class RejectedRecords extends CustomSumMetric {
    static final String NAME = "rejectedRecords";

    /** For Spark. */
    public RejectedRecords() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "number of rejected records";
    }

    /** The count of one task. */
    record OfTask(long value) implements CustomTaskMetric {
        @Override
        public String name() {
            return NAME;
        }
    }
}
