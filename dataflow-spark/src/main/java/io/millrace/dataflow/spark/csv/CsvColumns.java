package io.millrace.dataflow.spark.csv;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.spark.SparkTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table, for Spark and for us.
 *
 * @param table as Spark sees them, the one that lists errors last
 * @param schema those of the rows: those of the files, then those that options add
 * @param ofFiles those of the files
 * @param errorColumn the name of the one that lists errors
 */
record CsvColumns(StructType table, Schema schema, Schema ofFiles, Optional<String> errorColumn) {
    /** Of an error: its column, its code, the text that did not fit and the record, the first after the header being 1. */
    private static final StructType ERROR = new StructType()
            .add("column", DataTypes.StringType, false)
            .add("code", DataTypes.StringType, false)
            .add("text", DataTypes.StringType, false)
            .add("record", DataTypes.LongType, false);

    /** The columns that were inferred. */
    static CsvColumns of(Schema schema, CsvSettings settings) {
        return of(SparkTypes.struct(schema), settings);
    }

    /**
     * Columns as Spark gives them: those of the files, with or without those that options add.
     *
     * @throws DataflowException {@code UNSUPPORTED_TYPE}; {@code DUPLICATE_COLUMN} for the name of one that an option adds
     */
    static CsvColumns of(StructType given, CsvSettings settings) {
        StructType added = SparkTypes.struct(settings.options().rowSchema(Schema.of()));
        Optional<String> errorColumn = settings.errorColumn();
        List<StructField> fields = new ArrayList<>();
        for (StructField field : given.fields()) {
            if (!isErrors(field, errorColumn) && !Arrays.asList(added.fields()).contains(field)) {
                // Nullable whatever was declared: an error becomes a null.
                fields.add(new StructField(field.name(), field.dataType(), true, field.metadata()));
            }
        }
        Schema ofFiles = SparkTypes.schema(new StructType(fields.toArray(new StructField[0])));
        requireText(ofFiles);
        Schema schema = settings.options().rowSchema(ofFiles);
        fields.addAll(Arrays.asList(added.fields()));
        StructType values = new StructType(fields.toArray(new StructField[0]));
        if (errorColumn.isEmpty()) {
            return new CsvColumns(values, schema, ofFiles, errorColumn);
        }
        if (Arrays.stream(values.fieldNames()).anyMatch(errorColumn.get()::equalsIgnoreCase)) {
            throw DataflowException.of(
                    ErrorCode.DUPLICATE_COLUMN,
                    "Cannot list errors in column '" + errorColumn.get() + "': the rows have a column of that name",
                    "Give another name with the option 'errorColumn'");
        }
        StructType table = values.add(errorColumn.get(), DataTypes.createArrayType(ERROR, false), true);
        return new CsvColumns(table, schema, ofFiles, errorColumn);
    }

    private static boolean isErrors(StructField field, Optional<String> errorColumn) {
        return errorColumn.filter(field.name()::equals).isPresent()
                && field.dataType().equals(DataTypes.createArrayType(ERROR, false));
    }

    private static void requireText(Schema schema) {
        List<String> nested = new ArrayList<>();
        for (Field field : schema.fields()) {
            if (field.type() instanceof DataType.ListOf || field.type() instanceof DataType.Struct) {
                nested.add("Column '" + field.name() + "' is of type " + field.type()
                        + ": declare it as string, and take it apart with Spark's from_json");
            }
        }
        if (!nested.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.UNSUPPORTED_TYPE,
                    "Cannot read CSV as these columns: no text becomes such a value",
                    nested);
        }
    }

    /** The columns of the table that have the names of {@code required}, whole. */
    StructType chosen(StructType required) {
        List<StructField> fields = new ArrayList<>();
        for (String name : required.fieldNames()) {
            fields.add(table.apply(name));
        }
        return new StructType(fields.toArray(new StructField[0]));
    }

    /** Whether a column of the table is the one that lists errors. */
    boolean isErrors(StructField field) {
        return errorColumn.filter(field.name()::equals).isPresent();
    }
}
