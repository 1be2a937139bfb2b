package example;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.output.Written;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The program of {@code docs/guides/dataflow.md}. */
final class Tour {
    private Tour() {}

    static Dataflow orders(String path) {
        return Dataflow.readCsv(path).cast("amount", FLOAT64);
    }

    static String firstRows(Dataflow orders, Engine engine) {
        try (Table rows = orders.head(engine, 10)) {
            return rows + "\n" + rows.errors().get(0);
        }
    }

    static Dataflow clean(Dataflow orders) {
        return orders.withColumn("amount", col("amount").ifError(null))
                .filter(col("status").ne("open"))
                .withColumn("day", col("at").time().toDate())
                .withColumn("large", col("amount").gt(100))
                .drop("at", "status");
    }

    static Dataflow perCustomer(Dataflow cleaned, Dataflow customers) {
        Dataflow totals = cleaned.groupBy("customer")
                .aggregate(
                        Aggregate.count().as("orders"), Aggregate.sum("amount").as("total"));
        return customers
                .join(totals, JoinOptions.left(JoinKeys.of("id", "customer")))
                .select("name", "orders", "total")
                .sort(SortKey.descending("total").nullsLast());
    }

    static Dataflow running(Dataflow cleaned) {
        return cleaned.window(
                over -> over.partitionBy("customer").orderBy("day"),
                WindowFunction.rowNumber().as("nth"),
                Aggregate.sum("amount").running().as("so far"));
    }

    static Recipe amounts() {
        return Recipe.empty()
                .withColumn("amount", col("amount").ifError(null))
                .fillNull("amount", 0.0)
                .clip("amount", 0.0, 100.0);
    }

    static Dataflow mistaken(Dataflow orders) {
        return orders.filter(col("amont").gt(100).and(col("state").eq("paid")));
    }

    static Written saved(Dataflow cleaned, Engine engine, Path directory) throws IOException {
        Files.writeString(
                directory.resolve("clean.json"), cleaned.freeze(engine).toJson());
        return cleaned.write(
                engine,
                Output.to(directory.resolve("clean.csv").toString()),
                Output.to(directory.resolve("clean.arrow").toString()));
    }
}
