package io.millrace.dataflow.spark;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * A join whose result tells where each row came from, in columns after the others: the place of its left row, and, where
 * the join has right rows, that of its right row.
 *
 * @param operator the join over inputs with their places in a last column
 * @param schema its columns
 * @param leftPlace the name of the column of places of the left input
 * @param rightPlace that of the right input
 * @param places how many columns of the result are places
 */
record PlacedJoin(Operator.Join operator, Schema schema, String leftPlace, String rightPlace, int places) {
    static PlacedJoin of(Operator.Join join, Schema left, Schema right, Schema result) {
        List<Operator.Join.Column> columns = new ArrayList<>(join.columns());
        List<Field> fields = new ArrayList<>(result.fields());
        columns.add(new Operator.Join.Column(Operator.Join.Side.LEFT, left.size()));
        fields.add(Field.optional(SparkCompiler.unused("left place", result), DataTypes.INT64));
        if (!join.kind().isFilter()) {
            columns.add(new Operator.Join.Column(Operator.Join.Side.RIGHT, right.size()));
            fields.add(Field.optional(SparkCompiler.unused("right place", result), DataTypes.INT64));
        }
        return new PlacedJoin(
                new Operator.Join(join.kind(), join.leftKeys(), join.rightKeys(), columns, join.expected()),
                Schema.of(fields),
                SparkCompiler.unused("left place", left),
                SparkCompiler.unused("right place", right),
                fields.size() - result.size());
    }
}
