package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.CellError.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as a value of a declared type. */
final class JsonValues {
    private JsonValues() {}

    static @Nullable Object parse(Call call) {
        try {
            return value(Json.read(call.text(0)), DataTypes.parse(call.text(1)));
        } catch (Json.Malformed | ArithmeticException | Wrong misfit) {
            throw new Wrong(Code.CAST, call.text(0));
        }
    }

    private static @Nullable Object value(Json.Value json, DataType type) {
        if (json.isNull()) {
            return null;
        }
        if (type instanceof DataType.ListOf list) {
            List<@Nullable Object> elements = new ArrayList<>();
            for (Object element : required(json, List.class)) {
                elements.add(value((Json.Value) element, list.element()));
            }
            return elements;
        }
        if (type instanceof DataType.Struct struct) {
            Map<?, ?> members = required(json, Map.class);
            Map<String, @Nullable Object> parts = new LinkedHashMap<>();
            for (Field field : struct.fields()) {
                Object member = members.get(field.name());
                parts.put(field.name(), member == null ? null : value((Json.Value) member, field.type()));
            }
            return parts;
        }
        if (type instanceof DataType.Text) {
            return json.content() instanceof String text ? text : json.written();
        }
        return scalar(json, type);
    }

    private static <T> T required(Json.Value json, Class<T> kind) {
        if (!kind.isInstance(json.content())) {
            throw new Wrong(Code.CAST);
        }
        return kind.cast(json.content());
    }

    private static Object scalar(Json.Value json, DataType type) {
        boolean isTruth = json.written().equals("true") || json.written().equals("false");
        if (type instanceof DataType.Bool) {
            if (!isTruth) {
                throw new Wrong(Code.CAST);
            }
            return json.written().equals("true");
        }
        if (!type.isNumeric()) {
            return Conversions.convert(required(json, String.class), type);
        }
        if (type instanceof DataType.Float64
                && json.content() instanceof String text
                && List.of("NaN", "Infinity", "-Infinity").contains(text)) {
            return Double.valueOf(text);
        }
        if (json.content() != null || isTruth) {
            throw new Wrong(Code.CAST);
        }
        return type instanceof DataType.Int64
                ? new java.math.BigDecimal(json.written()).longValueExact()
                : Conversions.convert(json.written(), type);
    }
}
