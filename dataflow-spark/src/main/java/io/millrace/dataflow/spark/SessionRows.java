package io.millrace.dataflow.spark;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.plan.HostedRows;
import io.millrace.dataflow.plan.SchemaJson;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A dataset of Spark's as the rows of a dataflow. They have no positions: Spark promises no order of rows after a
 * shuffle, so content tells them apart.
 */
record SessionRows(Dataset<Row> dataset, String id, Schema schema) implements HostedRows {
    /** The most rows of an element: few, because they are held as Java values and then as bytes. */
    private static final int ELEMENT_ROWS = 4_096;

    @Override
    public String engine() {
        return "spark";
    }

    boolean isIn(JavaSparkContext context) {
        return dataset.sparkSession().sparkContext() == context.sc();
    }

    /** Some columns of the rows. Spark may run the shuffles of the dataset here. */
    SparkStage stage(Schema selected, List<Integer> columns) {
        Read read = new Read(SchemaJson.write(selected).toString(), new ArrayList<>(columns));
        return SparkStage.written(dataset.toJavaRDD().mapPartitionsWithIndex(read, false), selected, List.of());
    }

    /** Spark's rows into elements. */
    private record Read(String schemaJson, ArrayList<Integer> columns)
            implements Function2<Integer, Iterator<Row>, Iterator<byte[]>> {
        @Override
        public Iterator<byte[]> call(Integer partition, Iterator<Row> rows) {
            Schema schema = SchemaJson.read(JsonText.parse(schemaJson));
            RowFormat format = new RowFormat(schema);
            TaskScope scope = TaskScope.open();
            return new PartitionRows.Pulled<>() {
                @Override
                byte @Nullable [] pull() {
                    scope.check();
                    try (Batch batch = batch(rows, schema, scope)) {
                        return batch.rowCount() == 0 ? null : format.rows(batch);
                    }
                }
            };
        }

        /** The next row, or null. What fails here is what the dataset does, not this engine. */
        private static @Nullable Row next(Iterator<Row> rows) {
            try {
                return rows.hasNext() ? rows.next() : null;
            } catch (TaskKilledException killed) {
                throw killed;
            } catch (RuntimeException failed) {
                throw DataflowException.of(
                                ErrorCode.ENGINE_FAILED,
                                "Cannot take the rows of the dataset: " + failed.getMessage(),
                                "Collect the dataset with Spark alone to see where it fails")
                        .causedBy(failed);
            }
        }

        private Batch batch(Iterator<Row> rows, Schema schema, TaskScope scope) {
            List<List<@Nullable Object>> values = new ArrayList<>();
            columns.forEach(column -> values.add(new ArrayList<>()));
            int count = 0;
            for (Row row = next(rows); row != null; row = count < ELEMENT_ROWS ? next(rows) : null) {
                for (int i = 0; i < values.size(); i++) {
                    DataType type = schema.field(i).type();
                    values.get(i).add(SparkValues.fromSpark(type, row.get(columns.get(i))));
                }
                count++;
            }
            List<Cells> cells = new ArrayList<>();
            try {
                for (int i = 0; i < values.size(); i++) {
                    cells.add(CellValues.of(schema.field(i).type(), values.get(i), scope.allocator()));
                }
                return Batch.of(schema, cells, count, null);
            } catch (RuntimeException | Error failure) {
                cells.forEach(Cells::close);
                throw failure;
            }
        }
    }
}
