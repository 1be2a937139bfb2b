package io.millrace.benchmarks;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The profile of ten mixed columns beside DuckDB's {@code SUMMARIZE}, of a table that each holds in memory and of its
 * file: two fifths of the rows, which is four of ten million and 452 MB. Both find the types of the file in each run.
 */
final class ProfileBeside implements SideBySide.Works {
    @Override
    public void time(PairedRun runs, int rows, boolean withSpark) throws Exception {
        Path file = Files.createTempFile("millrace-benchmark", ".csv");
        try (LocalEngine engine = LocalEngine.create().threads(Systems.THREADS);
                Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
            GeneratedRows.write(file, rows / 5 * 2);
            try (Statement statement = duckdb.createStatement()) {
                statement.execute("SET threads = " + Systems.THREADS);
                statement.execute("CREATE TABLE rows AS FROM '" + file + "'");
            }
            Dataflow read = Dataflow.readCsv(Source.file(file.toString()), csv -> csv);
            Schema schema = read.schema(engine);
            CsvOptions typed = CsvOptions.defaults().schema(schema);
            try (Table table = Dataflow.readCsv(Source.file(file.toString()), ignored -> typed)
                    .collect(engine)) {
                runs.time(
                        "profile of a table",
                        sides(Dataflow.fromTable(table), engine, duckdb, "rows"),
                        PairedRun.Times.USUAL);
            }
            runs.time("profile of a CSV file", sides(read, engine, duckdb, "FROM '" + file + "'"), PairedRun.Times.FEW);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static Map<String, Callable<Long>> sides(
            Dataflow dataflow, LocalEngine engine, Connection duckdb, String rows) {
        Map<String, Callable<Long>> sides = new LinkedHashMap<>();
        sides.put("millrace", () -> dataflow.profile(engine).rowCount());
        sides.put("duckdb", () -> {
            long columns = 0;
            try (Statement statement = duckdb.createStatement();
                    ResultSet result = statement.executeQuery("SUMMARIZE " + rows)) {
                while (result.next()) {
                    columns++;
                }
            }
            return columns;
        });
        return sides;
    }
}
