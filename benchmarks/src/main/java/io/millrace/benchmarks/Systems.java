package io.millrace.benchmarks;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.table.Table;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** This engine, DuckDB and, where asked for, Spark, each with two threads and its own copy of the same tables. */
final class Systems implements AutoCloseable {
    static final int THREADS = 2;

    private final LocalEngine engine = LocalEngine.create().threads(THREADS);
    private final Connection duckdb;
    private final @Nullable SparkSession spark;
    private final Map<String, Table> tables = new LinkedHashMap<>();

    /** The systems without a table. */
    Systems(List<MadeTable> made, boolean withSpark) throws SQLException {
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        execute("SET threads = " + THREADS);
        spark = withSpark
                ? SparkSession.builder()
                        .master("local[" + THREADS + "]")
                        .config("spark.ui.enabled", false)
                        .config("spark.sql.shuffle.partitions", 2 * THREADS)
                        .getOrCreate()
                : null;
        if (spark != null) {
            spark.sparkContext().setLogLevel("ERROR");
        }
        for (MadeTable table : made) {
            tables.put(table.name(), table.table());
            table.load(duckdb);
            if (spark != null) {
                load(table, spark);
            }
        }
    }

    /** The rows of a table of ours. */
    Dataflow rows(String table) {
        return Dataflow.fromTable(java.util.Objects.requireNonNull(tables.get(table)));
    }

    /** The result of a dataflow, and of a query that gives the same rows, in memory of each system. */
    Map<String, Callable<Long>> sides(Dataflow dataflow, String sql) {
        Map<String, Callable<Long>> sides = new LinkedHashMap<>();
        sides.put("millrace", () -> {
            try (Table result = dataflow.collect(engine)) {
                return result.rowCount();
            }
        });
        sides.put("duckdb", () -> {
            execute("CREATE OR REPLACE TEMP TABLE answer AS " + sql);
            return 0L;
        });
        if (spark != null) {
            sides.put("spark", () -> {
                spark.sql(sql).write().format("noop").mode("overwrite").save();
                return 0L;
            });
        }
        return sides;
    }

    /** The result of a dataflow. */
    Table collect(Dataflow dataflow) {
        return dataflow.collect(engine);
    }

    /** The result of a query by DuckDB. */
    List<List<Object>> query(String sql) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(result.getObject(column));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void load(MadeTable made, SparkSession session) {
        Dataset<Row> rows = session.range(0, made.rows(), 1, 2 * THREADS).toDF("row");
        for (MadeTable.Column column : made.columns()) {
            String function = made.name() + "_" + column.name();
            DataType type = column.kind() == MadeTable.Kind.WHOLE
                    ? DataTypes.LongType
                    : column.kind() == MadeTable.Kind.REAL ? DataTypes.DoubleType : DataTypes.StringType;
            org.apache.spark.sql.api.java.UDF1<Long, Object> value = column::value;
            session.udf().register(function, value, type);
            rows = rows.withColumn(column.name(), functions.callUDF(function, functions.col("row")));
        }
        Dataset<Row> cached = rows.drop("row").cache();
        cached.count();
        cached.createOrReplaceTempView(made.name());
    }

    @Override
    public void close() throws SQLException {
        tables.values().forEach(Table::close);
        engine.close();
        duckdb.close();
        if (spark != null) {
            spark.stop();
        }
    }
}
