package io.millrace.dataflow.spark.csv;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.kernel.RowProgram;
import io.millrace.dataflow.kernel.RowProgramJson;
import io.millrace.dataflow.plan.Columns;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What one read is asked for.
 *
 * @param columns those of the table
 * @param required those that Spark wants, where it wants rows
 * @param condition what the rows have to fulfil
 * @param counted the columns whose values to count, {@link #ALL_ROWS} for rows, where Spark wants only that
 * @param limit the most rows of a partition; none when negative
 */
record CsvRequest(
        CsvColumns columns, StructType required, Optional<Expr> condition, Optional<List<String>> counted, int limit) {
    /** In place of a column: all rows are counted. No column has this name, for none is empty. */
    static final String ALL_ROWS = "";

    /** The columns that Spark gets. */
    StructType result() {
        if (counted.isEmpty()) {
            return required;
        }
        StructType counts = new StructType();
        for (int i = 0; i < counted.get().size(); i++) {
            String name = counted.get().get(i);
            counts = counts.add("count_" + i + (name.equals(ALL_ROWS) ? "" : "_" + name), DataTypes.LongType, false);
        }
        return counts;
    }

    /** The columns of the files that must be read. */
    Schema scanned() {
        Set<String> names = new LinkedHashSet<>();
        if (counted.isPresent()) {
            counted.get().stream().filter(name -> !name.equals(ALL_ROWS)).forEach(names::add);
        } else {
            for (StructField field : required.fields()) {
                if (columns.isErrors(field)) {
                    // Whether a row has errors is for all of its columns to say.
                    names.addAll(columns.schema().names());
                } else {
                    names.add(field.name());
                }
            }
        }
        condition.ifPresent(expr -> names.addAll(Columns.of(expr)));
        List<Field> fields = new ArrayList<>();
        for (Field field : columns.schema().fields()) {
            if (names.contains(field.name())) {
                fields.add(field);
            }
        }
        return Schema.of(fields);
    }

    /** How the columns that are read become those that Spark gets. */
    BatchShape shape() {
        Schema scanned = scanned();
        List<DataType> types = new ArrayList<>();
        for (String name : scanned.names()) {
            types.add(columns.table().apply(name).dataType());
        }
        List<String> names = counted.orElseGet(() -> List.of(required.fieldNames()));
        List<Integer> sources = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            boolean none = counted.isPresent() ? name.equals(ALL_ROWS) : columns.isErrors(required.fields()[i]);
            sources.add(none ? BatchShape.NO_COLUMN : scanned.names().indexOf(name));
        }
        BatchShape.Kind kind = counted.isPresent() ? BatchShape.Kind.COUNTS : BatchShape.Kind.ROWS;
        return new BatchShape(
                kind, types, sources, result(), limit, program(scanned).orElse(null));
    }

    private Optional<String> program(Schema scanned) {
        return condition.map(expr -> {
            Operator.Project decided = new Operator.Project(List.of(PushedPredicates.bound(expr, scanned)));
            Schema schema = Schema.of(List.of(Field.optional("kept", io.millrace.dataflow.schema.DataTypes.BOOL)));
            RowProgram program =
                    RowProgram.of(scanned, List.of(new RowProgram.Instruction(decided, schema, CsvDataSource.NAME)));
            return RowProgramJson.write(program).toString();
        });
    }
}
