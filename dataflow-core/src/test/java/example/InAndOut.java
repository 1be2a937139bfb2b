package example;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.RowIterator;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.format.ErrorCells;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.output.Target;
import io.millrace.dataflow.output.Written;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.Credential;
import io.millrace.dataflow.source.Existing;
import io.millrace.dataflow.source.SasToken;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Java of {@code docs/guides/in-and-out.md} that needs no Spark. */
final class InAndOut {
    private InAndOut() {}

    static Dataflow in(Path directory) {
        Dataflow sales = Dataflow.readCsv(directory + "/sales-*.csv", csv -> csv.delimiter(';'));
        Schema columns = Schema.of(Field.required("shop", DataTypes.TEXT), Field.optional("city", DataTypes.TEXT));
        Dataflow shops = Dataflow.fromMaps(columns, List.of(Map.of("shop", "a", "city", "Oslo"), Map.of("shop", "b")));
        Dataflow joined = sales.leftJoin(shops, "shop");
        return joined;
    }

    static List<Object> named(LocalEngine engine, String token) {
        Source raw = Source.blob("https://acme.blob.core.windows.net/raw/2024/*.csv", Credential.named("lake"));
        Dataflow blobs = Dataflow.readCsv(raw, csv -> csv);
        LocalEngine knowing = engine.credential("lake", SasToken.of(token));
        return List.of(blobs, knowing);
    }

    static long looking(Dataflow joined, LocalEngine engine) {
        Table first = joined.head(engine, 5);
        long count = joined.count(engine);
        Table all = joined.collect(engine);
        long rows = first.rowCount() + count + all.rowCount();
        first.close();
        all.close();
        return rows;
    }

    static List<@Nullable Object> iterating(Dataflow joined, LocalEngine engine) {
        List<@Nullable Object> amounts = new ArrayList<>();
        try (RowIterator rows = joined.iterate(engine)) {
            rows.forEachRemaining(row -> amounts.add(row.get(1)));
        }
        return amounts;
    }

    static Written out(Dataflow joined, LocalEngine engine, Path directory) {
        Written written = joined.write(
                engine,
                Output.to(directory + "/joined.csv"),
                Output.csv(directory + "/joined.txt", csv -> csv.delimiter('|')).errors(ErrorCells.AS_TEXT),
                Output.to(directory + "/joined.jsonl").errors(ErrorCells.IN_COLUMN),
                Output.to(directory + "/joined.arrow"));
        return written;
    }

    static Output blob() {
        Target target =
                Target.of(Source.blob("https://acme.blob.core.windows.net/out/joined.csv", Credential.named("lake")));
        Output blob = Output.to(target).existing(Existing.KEEP);
        return blob;
    }

    static List<Long> severalResults(Dataflow joined, LocalEngine engine) {
        Table cleaned = joined.dropErrors("amount").collect(engine);
        Dataflow byShop = Dataflow.fromTable(cleaned)
                .groupBy("shop")
                .aggregate(Aggregate.sum("amount").as("amount"));
        Dataflow large = Dataflow.fromTable(cleaned).filter(col("amount").gt(100));
        List<Long> counts = List.of(byShop.count(engine), large.count(engine));
        cleaned.close();
        return counts;
    }
}
