package io.millrace.dataflow.spark;

import io.millrace.dataflow.plan.SchemaJson;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.CellError;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** The rows of a source as Spark's. */
record SparkRows(PartitionSource source, String schemaJson, Errors errors)
        implements Function2<Integer, Iterator<byte[]>, Iterator<Row>> {
    /** What becomes of error values. */
    enum Errors {
        /** Nulls. */
        NULL,
        /** Nulls, and text in one more column for each column. */
        NULL_AND_TEXT
    }

    SparkRows(SparkStage stage, Errors errors) {
        this(stage.rows(), SchemaJson.write(stage.schema()).toString(), errors);
    }

    /** The columns of the rows: those of the source, then the texts of errors. */
    static Schema schema(Schema schema, Errors errors) {
        if (errors == Errors.NULL) {
            return schema;
        }
        Schema all = schema;
        for (Field field : schema.fields()) {
            List<Field> fields = new ArrayList<>(all.fields());
            fields.add(Field.optional(SparkCompiler.unused(field.name() + "_error", all), DataTypes.TEXT));
            all = Schema.of(fields);
        }
        return all;
    }

    @Override
    public Iterator<Row> call(Integer partition, Iterator<byte[]> elements) {
        TaskScope scope = TaskScope.open();
        Schema schema = SchemaJson.read(JsonText.parse(schemaJson));
        BatchStream stream = scope.closing(source.open(partition, elements, scope));
        return new PartitionRows.Pulled<>() {
            private Iterator<Row> rows = List.<Row>of().iterator();

            @Override
            @Nullable
            Row pull() {
                while (!rows.hasNext()) {
                    scope.check();
                    try (Batch batch = stream.next()) {
                        if (batch == null) {
                            return null;
                        }
                        rows = rows(batch, schema);
                    }
                }
                return rows.next();
            }
        };
    }

    private Iterator<Row> rows(Batch batch, Schema schema) {
        List<Row> rows = new ArrayList<>();
        int width = schema.size();
        for (int row = 0; row < batch.rowCount(); row++) {
            @Nullable Object[] values = new @Nullable Object[errors == Errors.NULL ? width : 2 * width];
            for (int i = 0; i < width; i++) {
                values[i] = SparkValues.toSpark(
                        schema.field(i).type(), batch.cells(i).value(row));
                if (errors == Errors.NULL_AND_TEXT) {
                    values[width + i] =
                            batch.cells(i).errors().at(row).map(SparkRows::text).orElse(null);
                }
            }
            rows.add(RowFactory.create(values));
        }
        return rows.iterator();
    }

    private static String text(CellError error) {
        String place = error.record() == 0
                ? ""
                : " in record " + error.record() + (error.file().isEmpty() ? "" : " of " + error.file());
        return error.code() + " '" + error.text() + "'" + place + ": " + error.step();
    }
}
