package io.millrace.benchmarks;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.spark.SparkEngine;
import io.millrace.dataflow.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The group-by of {@link CsvBeside} on Spark {@code local[2]}: a plan of ours on our engine there, a query over our data
 * source, and the same query over Spark's own reader.
 */
final class CsvOnSpark implements SideBySide.Works {
    private static final String OURS = "millrace-csv";

    @Override
    public void time(PairedRun runs, int rows, boolean withSpark) throws Exception {
        Path file = Files.createTempFile("millrace-benchmark", ".csv");
        try (SparkSession session = SparkSession.builder()
                .master("local[" + Systems.THREADS + "]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", Systems.THREADS)
                .getOrCreate()) {
            session.sparkContext().setLogLevel("ERROR");
            GeneratedRows.write(file, rows / 5 * 2);
            Schema schema = CsvBeside.schema(file);
            StructType struct = reader(session, "csv")
                    .option("inferSchema", true)
                    .load(file.toString())
                    .schema();

            Map<String, Callable<Long>> known = new LinkedHashMap<>();
            known.put("millrace", () -> rows(session, CsvBeside.query(file, csv -> csv.schema(schema))));
            known.put("data source", () -> rows(session, reader(session, OURS).schema(struct), file));
            known.put("spark", () -> rows(session, reader(session, "csv").schema(struct), file));
            runs.time("on Spark, types known", known, PairedRun.Times.FEW);

            Map<String, Callable<Long>> found = new LinkedHashMap<>();
            found.put("millrace", () -> rows(session, CsvBeside.query(file, csv -> csv)));
            found.put("data source", () -> rows(session, reader(session, OURS), file));
            found.put("spark", () -> rows(session, reader(session, "csv").option("inferSchema", true), file));
            runs.time("on Spark, types found", found, PairedRun.Times.FEW);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static DataFrameReader reader(SparkSession session, String format) {
        DataFrameReader reader = session.read().format(format).option("header", true);
        return format.equals(OURS) ? reader : reader.option("escape", "\"");
    }

    /** By an engine that knows nothing of the file. */
    private static long rows(SparkSession session, Dataflow dataflow) {
        try (SparkEngine engine = SparkEngine.on(session);
                Table table = dataflow.collect(engine)) {
            return table.rowCount();
        }
    }

    private static long rows(SparkSession session, DataFrameReader reader, Path file) {
        Dataset<Row> rows = reader.load(file.toString());
        rows.createOrReplaceTempView("rows");
        return session.sql(CsvBeside.QUERY.formatted("rows")).collectAsList().size();
    }
}
