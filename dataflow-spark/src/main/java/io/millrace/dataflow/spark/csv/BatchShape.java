package io.millrace.dataflow.spark.csv;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * How the batches of a scan become those that Spark gets. Travels to the executors.
 *
 * @param types of the columns of the scan, as Spark sees them
 * @param sources for each column that Spark gets its position in the scan; {@link #NO_COLUMN} for the one that lists errors,
 *     and for the count of all rows
 * @param result the columns that Spark gets
 * @param limit the most rows of a partition; none when negative
 * @param program as JSON, what decides which rows there are, of the columns of the scan; null for all rows
 */
record BatchShape(
        Kind kind,
        List<DataType> types,
        List<Integer> sources,
        StructType result,
        int limit,
        @Nullable String program) implements Serializable {
    static final int NO_COLUMN = -1;

    /** What Spark gets. */
    enum Kind {
        /** The rows of the scan. */
        ROWS,
        /** One row for each partition, with how many there are. */
        COUNTS
    }

    BatchShape {
        types = List.copyOf(types);
        sources = List.copyOf(sources);
    }
}
