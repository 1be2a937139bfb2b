package io.millrace.benchmarks;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/**
 * One CSV file of ten mixed columns, two fifths of the rows (of ten million: four million, 452 MB), read by this engine
 * and by others: a group-by behind a filter, all columns with their types, all cells as strings on one thread, and the
 * same file with line feeds inside the quotes of three rows of ten.
 */
final class CsvBeside implements SideBySide.Works {
    /** The query of the first two works in SQL; the file stands for the {@code %s}. */
    static final String QUERY = "SELECT region, count(*) AS n, sum(quantity) AS quantity, avg(price) AS price,"
            + " max(weight) AS weight FROM %s WHERE visits < 25 GROUP BY region";

    /** The types of the file for DuckDB. */
    private static final String COLUMNS = "columns = {'id': 'BIGINT', 'quantity': 'BIGINT', 'at': 'TIMESTAMPTZ',"
            + " 'comment': 'VARCHAR', 'price': 'DOUBLE', 'visits': 'BIGINT', 'member': 'BOOLEAN', 'region': 'VARCHAR',"
            + " 'weight': 'DOUBLE', 'churned': 'VARCHAR'}";

    private static final int LINES_OF_TEN = 3;

    @Override
    public void time(PairedRun runs, int rows, boolean withSpark) throws Exception {
        Path file = Files.createTempFile("millrace-benchmark", ".csv");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
            execute(duckdb, "SET threads = " + Systems.THREADS);
            GeneratedRows.write(file, rows / 5 * 2);
            Schema schema = schema(file);
            String inferred = "'" + file + "'";
            String given = "read_csv('" + file + "', header = true, auto_detect = false, " + COLUMNS + ")";

            Map<String, Callable<Long>> known = new LinkedHashMap<>();
            known.put("millrace", () -> rows(query(file, csv -> csv.schema(schema))));
            known.put("duckdb", () -> create(duckdb, QUERY.formatted(inferred)));
            known.put("duckdb, types given", () -> create(duckdb, QUERY.formatted(given)));
            runs.time("group by, types known", known, PairedRun.Times.MANY);

            Map<String, Callable<Long>> found = new LinkedHashMap<>();
            found.put("millrace", () -> rows(query(file, csv -> csv)));
            found.put("duckdb", () -> create(duckdb, QUERY.formatted(inferred)));
            runs.time("group by, every value of every column judged", found, PairedRun.Times.MANY);

            Map<String, Callable<Long>> typed = new LinkedHashMap<>();
            typed.put("millrace", () -> rows(Dataflow.readCsv(source(file), csv -> csv.schema(schema))));
            typed.put("duckdb", () -> create(duckdb, "FROM " + inferred));
            typed.put("deephaven-csv", () -> CsvPeers.deephaven(file));
            runs.time("all columns typed", typed, PairedRun.Times.USUAL);

            Map<String, Callable<Long>> judged = new LinkedHashMap<>();
            judged.put("types found", () -> rows(Dataflow.readCsv(source(file), csv -> csv)));
            judged.put("types known", () -> rows(Dataflow.readCsv(source(file), csv -> csv.schema(schema))));
            runs.time("all columns typed, every value judged", judged, PairedRun.Times.USUAL);

            Map<String, Callable<Long>> strings = new LinkedHashMap<>();
            strings.put("millrace", () -> strings(file));
            strings.put("univocity", () -> CsvPeers.univocity(file));
            strings.put("fastcsv", () -> CsvPeers.fastCsv(file));
            runs.time("all cells as strings, one thread", strings, PairedRun.Times.USUAL);

            Path broken = Files.createTempFile("millrace-benchmark", ".csv");
            try {
                GeneratedRows.write(broken, rows / 5 * 2, LINES_OF_TEN);
                Map<String, Callable<Long>> lines = new LinkedHashMap<>();
                lines.put("line feeds in quotes", () -> rows(query(broken, csv -> csv.schema(schema))));
                lines.put("none", () -> rows(query(file, csv -> csv.schema(schema))));
                runs.time("group by, line feeds in three rows of ten", lines, PairedRun.Times.MANY);
            } finally {
                Files.deleteIfExists(broken);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    static Source source(Path file) {
        return Source.file(file.toString());
    }

    static Schema schema(Path file) {
        try (LocalEngine engine = LocalEngine.create()) {
            return Dataflow.readCsv(source(file), csv -> csv).schema(engine);
        }
    }

    /** {@link #QUERY} in our words. */
    static Dataflow query(Path file, UnaryOperator<CsvOptions> options) {
        return Dataflow.readCsv(source(file), options)
                .filter(Expr.col("visits").lt(25))
                .groupBy("region")
                .aggregate(
                        Aggregate.count(), Aggregate.sum("quantity"), Aggregate.mean("price"), Aggregate.max("weight"));
    }

    /** By an engine that knows nothing of the file. */
    private static long rows(Dataflow dataflow) {
        try (LocalEngine engine = LocalEngine.create().threads(Systems.THREADS);
                Table table = dataflow.collect(engine)) {
            return table.rowCount();
        }
    }

    /** Makes a string of every cell. */
    private static long strings(Path file) {
        Dataflow read = Dataflow.readCsv(source(file), CsvOptions::allText);
        long characters = 0;
        try (LocalEngine engine = LocalEngine.create().threads(1);
                BatchStream stream = engine.stream(read.plan(engine), Cancellation.create())) {
            for (Batch batch = stream.next(); batch != null; batch = stream.next()) {
                for (int column = 0; column < batch.columns().size(); column++) {
                    for (int row = 0; row < batch.rowCount(); row++) {
                        Object cell = batch.cells(column).value(row);
                        characters += cell == null ? 0 : ((String) cell).length();
                    }
                }
                batch.close();
            }
        }
        return characters;
    }

    private static long create(Connection duckdb, String select) throws SQLException {
        execute(duckdb, "CREATE OR REPLACE TEMP TABLE answer AS " + select);
        return 0;
    }

    private static void execute(Connection duckdb, String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        }
    }
}
