package io.millrace.dataflow.spark.csv;

import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** CSV files as a table that can be read. */
final class CsvTable implements SupportsRead {
    private final CsvSettings settings;
    private final CsvColumns columns;

    CsvTable(CsvSettings settings, CsvColumns columns) {
        this.settings = settings;
        this.columns = columns;
    }

    /** The source and its addresses, without anything secret. */
    @Override
    public String name() {
        return settings.toString();
    }

    /** Deprecated in later versions of Spark, which make their columns of it, and all there is in earlier ones. */
    @Override
    @SuppressWarnings("deprecation")
    public StructType schema() {
        return columns.table();
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ);
    }

    /** A read of the files that are there when it is built. */
    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        return new CsvScanBuilder(settings, columns);
    }

    @Override
    public String toString() {
        return name();
    }
}
