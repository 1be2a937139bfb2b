package example;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.spark.SparkEngine;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The Java of {@code docs/guides/in-and-out.md} that needs Spark. */
public final class SparkInAndOut {
    private SparkInAndOut() {}

    /** Each executor writes its own part. */
    public static void parts(SparkEngine spark, Dataflow dataflow, Path directory) {
        Dataset<Row> rows = spark.toSpark(dataflow);
        rows.write().parquet(directory + "/parts");
    }

    /** Rows of Spark, and back. */
    public static List<Dataset<Row>> rows(SparkEngine spark, Dataset<Row> dataset) {
        Dataflow taken = spark.fromSpark(dataset);
        Dataset<Row> given = spark.toSpark(taken.filter(col("id").gt(1)));
        Dataset<Row> told = spark.toSparkWithErrors(taken);
        return List.of(given, told);
    }
}
