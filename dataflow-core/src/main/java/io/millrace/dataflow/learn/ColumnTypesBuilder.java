package io.millrace.dataflow.learn;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Learns what the texts of columns are: numbers, truth values, dates, timestamps, or texts. Immutable. */
public final class ColumnTypesBuilder {
    private static final double SHARE = 0.95;

    private final Dataflow dataflow;
    private final List<String> columns;
    private final double share;

    private ColumnTypesBuilder(Dataflow dataflow, List<String> columns, double share) {
        this.dataflow = dataflow;
        this.columns = columns;
        this.share = share;
    }

    static ColumnTypesBuilder of(Dataflow dataflow) {
        return new ColumnTypesBuilder(dataflow, List.of(), SHARE);
    }

    /** Looks at these columns alone; at all columns of text unless said. */
    public ColumnTypesBuilder columns(String... names) {
        return new ColumnTypesBuilder(dataflow, List.copyOf(Arrays.asList(names)), share);
    }

    /**
     * Proposes a type that at least this share of the values of a column fit; 0.95 unless said. The others become {@code
     * CAST} errors.
     *
     * @param least above 0, at most 1
     * @throws IllegalArgumentException for another share
     */
    public ColumnTypesBuilder fitting(double least) {
        if (!(least > 0 && least <= 1)) {
            throw new IllegalArgumentException("a share is above 0 and at most 1: " + least);
        }
        return new ColumnTypesBuilder(dataflow, columns, least);
    }

    /**
     * Runs the dataflow: the first 1,000 rows tell which types and formats to look for, all rows how many values fit, and
     * for each column with misfits which they are.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}; {@code TYPE_MISMATCH} for a column that is named and no text; {@code
     *     NOTHING_TO_LEARN} when there is no column of text
     */
    public ColumnTypes learn(Engine engine) {
        Schema schema = dataflow.schema(engine);
        List<String> texts = new ArrayList<>();
        for (String column : columns) {
            texts.add(Query.text(schema, column, "learn the type of").name());
        }
        if (columns.isEmpty()) {
            schema.fields().stream()
                    .filter(field -> field.type() instanceof DataType.Text)
                    .map(Field::name)
                    .forEach(texts::add);
        }
        if (texts.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.NOTHING_TO_LEARN, "Cannot learn types of columns: there is no column of text");
        }
        return new ColumnTypes(dataflow, new TypeEvidence(dataflow, texts, share, engine).proposals());
    }
}
