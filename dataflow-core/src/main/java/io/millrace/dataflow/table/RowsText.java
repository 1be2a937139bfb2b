package io.millrace.dataflow.table;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The first rows of a result as a table for people: types below the names, nulls and error values marked. */
public final class RowsText {
    private static final String NULL = "null";

    private final TableText table = new TableText();
    private int errors;

    /** A table with the columns of {@code schema} and no rows. */
    public RowsText(Schema schema) {
        for (Schema.Field field : schema.fields()) {
            table.column(field.name(), field.type().toString(), side(field.type()));
        }
    }

    /** Adds the first {@code rows} rows of a batch. */
    public void add(Batch batch, int rows) {
        for (int row = 0; row < rows; row++) {
            List<String> texts = new ArrayList<>();
            for (Cells cells : batch.columns()) {
                texts.add(text(cells, row));
            }
            table.row(texts);
        }
    }

    /** The number of error values among the cells added. */
    public int errors() {
        return errors;
    }

    /** See {@link TableText#lines}. */
    public List<String> lines(OptionalInt width) {
        return table.lines(width);
    }

    private String text(Cells cells, int row) {
        Object value = cells.value(row);
        if (value != null) {
            return text(value);
        }
        CellError error = cells.errors().at(row).orElse(null);
        if (error == null) {
            return NULL;
        }
        errors++;
        return "!" + error.text();
    }

    /** A value as it is shown; text that could be taken for a null is quoted. */
    public static String text(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof String text) {
            return text.isEmpty() || text.equals(NULL) || text.isBlank() ? '"' + text + '"' : text;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RowsText::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> struct) {
            return struct.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return Objects.toString(value);
    }

    private static TableText.Side side(DataType type) {
        return type instanceof DataType.Int64 || type instanceof DataType.Float64 || type instanceof DataType.Decimal
                ? TableText.Side.RIGHT
                : TableText.Side.LEFT;
    }
}
