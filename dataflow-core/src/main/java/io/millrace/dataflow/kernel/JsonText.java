package io.millrace.dataflow.kernel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/** Reads values of a declared type from JSON, and writes them. */
final class JsonText {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonText() {}

    static Kernel parse(DataType type) {
        return RowByRow.ofText((arguments, row, target) -> {
            byte[] bytes = ((VarCharVector) arguments.vector(0)).get(arguments.row(0, row));
            String text = new String(bytes, StandardCharsets.UTF_8);
            try {
                CellValues.write(type, target, row, read(text, type));
                return null;
            } catch (JsonMisfit misfit) {
                return Code.CAST;
            }
        });
    }

    /** The value of a text that is JSON. */
    static @Nullable Object read(String text, DataType type) throws JsonMisfit {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new JsonMisfit();
            }
            Object value = type.accept(new JsonValues(parser, text)).read();
            if (parser.nextToken() != null) {
                throw new JsonMisfit();
            }
            return value;
        } catch (JsonMisfit misfit) {
            throw misfit;
        } catch (IOException notJson) {
            throw new JsonMisfit();
        }
    }

    static Kernel write(DataType type) {
        return RowByRow.of("to_json", (arguments, row, target) -> {
            String json = CellText.json(type, arguments.vector(0), arguments.row(0, row));
            ((VarCharVector) target).setSafe(row, json.getBytes(StandardCharsets.UTF_8));
            return null;
        });
    }
}
