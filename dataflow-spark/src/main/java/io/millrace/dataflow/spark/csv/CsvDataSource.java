package io.millrace.dataflow.spark.csv;

import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.sources.RelationProvider;
import org.apache.spark.sql.sources.SchemaRelationProvider;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * CSV files as rows of Spark SQL: {@code spark.read().format("millrace-csv").load(path)}. Found by Spark through its service
 * file. Engines: Spark.
 *
 * <p>Types are judged as by every engine where {@code .schema(...)} declares none. A cell that does not fit its column is
 * null, and the option {@code errorColumn} adds a column that lists such cells by row.
 *
 * <p>Columns are found by name. Options have the names of the command's, in any case, and some of Spark's own: the guide lists
 * them. A signature in a path is refused, for Spark prints paths in plans and events: {@link MillraceCsv} keeps it apart,
 * and so does the option {@code credential}.
 */
public final class CsvDataSource
        implements TableProvider, RelationProvider, SchemaRelationProvider, DataSourceRegister {
    /** The name of the source. */
    static final String NAME = "millrace-csv";

    /** For the service loader. */
    public CsvDataSource() {}

    @Override
    public String shortName() {
        return NAME;
    }

    /**
     * The columns, judged from the files by the driver.
     *
     * @throws io.millrace.dataflow.error.DataflowException for options that are not known; when a file cannot be read
     */
    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        CsvSettings settings = CsvSettings.of(options.asCaseSensitiveMap());
        return CsvColumns.of(settings.infer(), settings).table();
    }

    /** Declared columns are taken. */
    @Override
    public boolean supportsExternalMetadata() {
        return true;
    }

    /**
     * The table of declared columns, or of those that were inferred.
     *
     * @throws io.millrace.dataflow.error.DataflowException for options that are not known; {@code UNSUPPORTED_TYPE}, naming
     *     every column of a type that no text becomes
     */
    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        CsvSettings settings = CsvSettings.of(properties);
        return new CsvTable(settings, CsvColumns.of(schema, settings));
    }

    /** The rows for {@code CREATE TEMPORARY VIEW .. USING `millrace-csv` OPTIONS (..)} and its like. */
    @Override
    public BaseRelation createRelation(SQLContext context, scala.collection.immutable.Map<String, String> options) {
        return new CsvRelation(context, reader(context, options).load());
    }

    /** The same with declared columns. */
    @Override
    public BaseRelation createRelation(
            SQLContext context, scala.collection.immutable.Map<String, String> options, StructType schema) {
        return new CsvRelation(context, reader(context, options).schema(schema).load());
    }

    private static DataFrameReader reader(SQLContext context, scala.collection.immutable.Map<String, String> options) {
        return context.sparkSession().read().format(NAME).options(options);
    }
}
