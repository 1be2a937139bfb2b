package io.millrace.dataflow.spark.csv;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.source.SourceFile;
import io.millrace.dataflow.spark.ScanTasks;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A read of files as they were when it was built; one that has changed since is an error. Equal to another read of the same,
 * so that Spark runs it once where a query has it twice.
 */
final class CsvRead implements Scan, Batch, SupportsReportStatistics {
    private final CsvSettings settings;
    private final List<SourceFile> files;
    private final CsvRequest request;
    private @Nullable ScanTasks tasks;
    private InputPartition @Nullable [] partitions;

    CsvRead(CsvSettings settings, List<SourceFile> files, CsvRequest request) {
        this.settings = settings;
        this.files = List.copyOf(files);
        this.request = request;
    }

    @Override
    public StructType readSchema() {
        return request.result();
    }

    /** As a query's plan shows it: the addresses without anything secret, and what was handed down. */
    @Override
    public String description() {
        StringBuilder text = new StringBuilder(settings.toString());
        request.condition().ifPresent(condition -> text.append(", filter: ").append(condition));
        if (request.counted().isPresent()) {
            text.append(", counts only");
        }
        if (request.limit() >= 0) {
            text.append(", limit: ").append(request.limit());
        }
        return text.toString();
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public synchronized InputPartition[] planInputPartitions() {
        InputPartition[] known = partitions;
        if (known == null) {
            known = tasks().splits(context(), operator(), files, settings.credentials()).stream()
                    .map(CsvPartition::new)
                    .toArray(InputPartition[]::new);
            partitions = known;
        }
        return known.clone();
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new CsvReaders(tasks().sharing(context(), planInputPartitions().length), request.shape());
    }

    private synchronized ScanTasks tasks() {
        ScanTasks known = tasks;
        if (known == null) {
            known = ScanTasks.of(context(), operator(), settings.toString(), files, settings.credentials());
            tasks = known;
        }
        return known;
    }

    private Operator.Scan operator() {
        return new Operator.Scan(settings.sources().get(0), settings.fileOptions(request.columns()), request.scanned());
    }

    private static JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(SparkSession.active().sparkContext());
    }

    /** The bytes of the files, in the share that the columns have of all by the sizes of their types. */
    @Override
    public Statistics estimateStatistics() {
        double share = Math.min(
                1.0,
                (double) Math.max(1, readSchema().defaultSize())
                        / Math.max(1, request.columns().table().defaultSize()));
        long bytes = files.stream().mapToLong(SourceFile::length).sum();
        return new Estimate(OptionalLong.of((long) Math.ceil(bytes * share)), OptionalLong.empty());
    }

    private record Estimate(OptionalLong sizeInBytes, OptionalLong numRows) implements Statistics {}

    @Override
    public CustomMetric[] supportedCustomMetrics() {
        return new CustomMetric[] {new RejectedRecords()};
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CsvRead read
                && settings.sources().equals(read.settings.sources())
                && settings.options().equals(read.settings.options())
                && files.equals(read.files)
                && request.equals(read.request);
    }

    @Override
    public int hashCode() {
        return Objects.hash(files, request);
    }

    @Override
    public String toString() {
        return description();
    }
}
