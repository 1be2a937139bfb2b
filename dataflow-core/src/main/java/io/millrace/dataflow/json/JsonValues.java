package io.millrace.dataflow.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.kernel.CellText;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.ArrowTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON values as values of declared types. Text takes every value, one that is no string as its JSON; a string is
 * read as the text of a cell is. Goes as deep as the type does and no deeper, whatever the JSON is. Used by one thread.
 */
final class JsonValues implements AutoCloseable {
    /** What does not fit its type. */
    static final Object MISFIT = new Object();

    private final BufferAllocator allocator;
    private final Map<DataType, FieldVector> scratch = new HashMap<>();

    JsonValues(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * The value at whose first token the parser stands, or {@link #MISFIT}. The parser stands at its last token after.
     *
     * @param bytes what is parsed
     * @param start where in it the parser began
     */
    @Nullable
    Object read(DataType type, JsonParser parser, byte[] bytes, int start) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (type instanceof DataType.Text) {
            String text = text(parser, bytes, start);
            return Literals.isUnicode(text) ? text : MISFIT;
        }
        if (type instanceof DataType.ListOf list && token == JsonToken.START_ARRAY) {
            return list(list, parser, bytes, start);
        }
        if (type instanceof DataType.Struct struct && token == JsonToken.START_OBJECT) {
            return struct(struct, parser, bytes, start);
        }
        if (token.isStructStart()) {
            parser.skipChildren();
            return MISFIT;
        }
        return scalar(type, token, parser);
    }

    /** The text of the value at whose first token the parser stands: a string's own, or the JSON of any other. */
    static String text(JsonParser parser, byte[] bytes, int start) throws IOException {
        if (!parser.currentToken().isStructStart()) {
            return parser.getText();
        }
        long from = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        long to = parser.currentLocation().getByteOffset();
        return new String(bytes, Math.toIntExact(start + from), Math.toIntExact(to - from), StandardCharsets.UTF_8);
    }

    private Object list(DataType.ListOf type, JsonParser parser, byte[] bytes, int start) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        boolean fits = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object element = read(type.element(), parser, bytes, start);
            fits &= element != MISFIT;
            elements.add(element);
        }
        return fits ? elements : MISFIT;
    }

    private Object struct(DataType.Struct type, JsonParser parser, byte[] bytes, int start) throws IOException {
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        for (Field field : type.fields()) {
            parts.put(field.name(), null);
        }
        Set<String> seen = new HashSet<>();
        boolean fits = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fits &= seen.add(name);
            if (!parts.containsKey(name)) {
                parser.skipChildren();
                continue;
            }
            Object part = read(typeOf(type, name), parser, bytes, start);
            fits &= part != MISFIT;
            parts.put(name, part);
        }
        return fits ? parts : MISFIT;
    }

    private static DataType typeOf(DataType.Struct type, String name) {
        for (Field field : type.fields()) {
            if (field.name().equals(name)) {
                return field.type();
            }
        }
        throw new IllegalArgumentException("no part is named " + name);
    }

    private Object scalar(DataType type, JsonToken token, JsonParser parser) throws IOException {
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return type instanceof DataType.Bool ? (Object) parser.getBooleanValue() : MISFIT;
        }
        if (token == JsonToken.VALUE_STRING) {
            return type instanceof DataType.ListOf || type instanceof DataType.Struct
                    ? MISFIT
                    : parsed(type, parser.getText());
        }
        if (!type.isNumeric()) {
            return MISFIT;
        }
        if (type instanceof DataType.Int64) {
            boolean fits =
                    token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            return fits ? (Object) parser.getLongValue() : MISFIT;
        }
        return parsed(type, parser.getText());
    }

    /** What {@code text} is as the text of a cell. */
    private Object parsed(DataType type, String text) {
        FieldVector vector = scratch.computeIfAbsent(type, key -> {
            FieldVector fresh = ArrowTypes.vector("", key, allocator);
            fresh.setInitialCapacity(1);
            fresh.allocateNew();
            return fresh;
        });
        if (!CellText.parse(text, type, vector, 0)) {
            return MISFIT;
        }
        vector.setValueCount(1);
        Object value = ArrowTypes.value(type, vector, 0);
        vector.reset();
        return java.util.Objects.requireNonNull(value);
    }

    @Override
    public void close() {
        scratch.values().forEach(FieldVector::close);
    }
}
