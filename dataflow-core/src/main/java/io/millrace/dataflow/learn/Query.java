package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Table;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queries that builders have in common. */
final class Query {
    private Query() {}

    /** The rows of a small result. */
    static List<List<@Nullable Object>> rows(Dataflow dataflow, Engine engine) {
        try (Table table = dataflow.collect(engine)) {
            return table.rows();
        }
    }

    /** The column, if it holds numbers. */
    static Field number(Schema schema, String column, String operation) {
        Field field = schema.field(column, operation);
        if (!field.type().isNumeric()) {
            throw unfit(field, operation, "a column of numbers");
        }
        return field;
    }

    /** The column, if its values are no lists, structs or bytes. */
    static Field plain(Schema schema, String column, String operation) {
        Field field = schema.field(column, operation);
        boolean composed = field.type() instanceof DataType.ListOf
                || field.type() instanceof DataType.Struct
                || field.type() instanceof DataType.Binary;
        if (composed) {
            throw unfit(field, operation, "a column of numbers, texts, times or bool");
        }
        return field;
    }

    /** The column, if it holds texts. */
    static Field text(Schema schema, String column, String operation) {
        Field field = schema.field(column, operation);
        if (!(field.type() instanceof DataType.Text)) {
            throw unfit(field, operation, "a column of text");
        }
        return field;
    }

    /** The values of a column alone, without nulls and errors. */
    static Dataflow values(Dataflow dataflow, String column) {
        return dataflow.select(column).filter(col(column).isNotNull());
    }

    /** The values of a column of numbers as float64 in the column {@code x}, without nulls, errors, NaN and infinities. */
    static Dataflow finite(Dataflow dataflow, String column) {
        Expr x = col("x");
        return dataflow.select(column)
                .rename(column, "x")
                .withColumn("x", x.cast(DataTypes.FLOAT64))
                .filter(x.isNotNull()
                        .and(x.math().isNan().not())
                        .and(x.math().isInfinite().not()));
    }

    /** A name that is none of {@code taken}: {@code wanted}, else with the first number from 2 that makes it so. */
    static String free(String wanted, Collection<String> taken) {
        String candidate = wanted;
        for (int number = 2; taken.contains(candidate); number++) {
            candidate = wanted + "_" + number;
        }
        return candidate;
    }

    static DataflowException nothing(String what, String column) {
        return DataflowException.of(
                ErrorCode.NOTHING_TO_LEARN,
                "Cannot learn " + what + " of column '" + column + "': it has no value",
                "Nulls and error values do not count");
    }

    static DataflowException tooMany(String what, String column, int most) {
        return DataflowException.of(
                ErrorCode.TOO_MANY_VALUES,
                "Cannot learn " + what + " of column '" + column + "': there are more than " + most,
                "Raise the limit with limit(...)");
    }

    private static DataflowException unfit(Field field, String operation, String wanted) {
        return DataflowException.of(
                ErrorCode.TYPE_MISMATCH,
                "Cannot " + operation + " column '" + field.name() + "' of type " + field.type(),
                "It takes " + wanted);
    }
}
