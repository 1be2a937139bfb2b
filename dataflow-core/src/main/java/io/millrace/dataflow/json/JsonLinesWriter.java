package io.millrace.dataflow.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.ErrorCells;
import io.millrace.dataflow.format.RowWriter;
import io.millrace.dataflow.kernel.CellText;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.Cells;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Writes rows as JSON objects, one a line, in UTF-8: every column is a member, nulls too. Numbers and bool are JSON's; NaN
 * and infinities, days, times and bytes are strings as the text of a cell; read with the same schema they are equal.
 */
final class JsonLinesWriter implements RowWriter {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final JsonGenerator out;
    private final Schema schema;
    private final ErrorCells errors;

    private boolean written;

    private JsonLinesWriter(JsonGenerator out, Schema schema, ErrorCells errors) {
        this.out = out;
        this.schema = schema;
        this.errors = errors;
    }

    static JsonLinesWriter to(OutputStream stream, Schema schema, ErrorCells errors) {
        try {
            JsonGenerator generator = FACTORY.createGenerator(stream, JsonEncoding.UTF8);
            generator.setRootValueSeparator(new com.fasterxml.jackson.core.io.SerializedString("\n"));
            return new JsonLinesWriter(generator, schema, errors);
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    @Override
    public void write(Batch batch) {
        try {
            for (int row = 0; row < batch.rowCount(); row++) {
                written = true;
                out.writeStartObject();
                for (int column = 0; column < schema.size(); column++) {
                    out.writeFieldName(schema.field(column).name());
                    write(batch.cells(column), row);
                }
                out.writeEndObject();
            }
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    private void write(Cells cells, int row) throws IOException {
        Optional<CellError> error =
                errors == ErrorCells.AS_TEXT ? cells.errors().at(row) : Optional.empty();
        if (error.isPresent()) {
            out.writeString(error.get().text());
        } else {
            write(cells.type(), cells.values(), row);
        }
    }

    private void write(DataType type, FieldVector values, int row) throws IOException {
        if (values.isNull(row)) {
            out.writeNull();
        } else if (type instanceof DataType.Bool) {
            out.writeBoolean(((BitVector) values).get(row) != 0);
        } else if (type instanceof DataType.Int64) {
            out.writeNumber(((BigIntVector) values).get(row));
        } else if (type instanceof DataType.Float64) {
            double value = ((Float8Vector) values).get(row);
            if (Double.isFinite(value)) {
                out.writeNumber(value);
            } else {
                out.writeString(Double.toString(value));
            }
        } else if (type instanceof DataType.Decimal) {
            BigDecimal value = ((DecimalVector) values).getObjectNotNull(row);
            out.writeNumber(value);
        } else if (type instanceof DataType.ListOf list) {
            ListVector vector = (ListVector) values;
            out.writeStartArray();
            for (int i = vector.getElementStartIndex(row); i < vector.getElementEndIndex(row); i++) {
                write(list.element(), vector.getDataVector(), i);
            }
            out.writeEndArray();
        } else if (type instanceof DataType.Struct struct) {
            out.writeStartObject();
            for (Field part : struct.fields()) {
                out.writeFieldName(part.name());
                write(part.type(), ((StructVector) values).getChild(part.name(), FieldVector.class), row);
            }
            out.writeEndObject();
        } else {
            out.writeString(CellText.format(type, values, row));
        }
    }

    @Override
    public void finish() {
        try {
            if (written) {
                out.writeRaw('\n');
            }
            out.flush();
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    private static DataflowException failed(IOException cause) {
        return DataflowException.of(ErrorCode.IO_FAILED, "Cannot write JSON: " + cause.getMessage())
                .causedBy(cause);
    }
}
