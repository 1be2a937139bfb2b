package io.millrace.dataflow.spark;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * Values in the classes that Spark's rows have, and in ours. Dates and timestamps are those of {@code java.time} on both
 * sides, see {@link TimeClasses}.
 */
final class SparkValues {
    private SparkValues() {}

    /** A value of a row of Spark as {@code CellValues} takes it. */
    static @Nullable Object fromSpark(DataType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (type instanceof DataType.ListOf list) {
            List<@Nullable Object> elements = new ArrayList<>();
            for (Iterator<?> all = ((Seq<?>) value).iterator(); all.hasNext(); ) {
                elements.add(fromSpark(list.element(), all.next()));
            }
            return elements;
        }
        if (type instanceof DataType.Struct struct) {
            Map<String, @Nullable Object> parts = new LinkedHashMap<>();
            for (int i = 0; i < struct.fields().size(); i++) {
                Field part = struct.fields().get(i);
                parts.put(part.name(), fromSpark(part.type(), ((Row) value).get(i)));
            }
            return parts;
        }
        return value;
    }

    /** A value of a cell in the class that Spark's rows have. */
    static @Nullable Object toSpark(DataType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (type instanceof DataType.ListOf list) {
            return ((List<?>) value)
                    .stream().map(element -> toSpark(list.element(), element)).toArray();
        }
        if (type instanceof DataType.Struct struct) {
            Map<?, ?> parts = (Map<?, ?>) value;
            @Nullable Object[] values = new @Nullable Object[struct.fields().size()];
            for (int i = 0; i < values.length; i++) {
                Field part = struct.fields().get(i);
                values[i] = toSpark(part.type(), parts.get(part.name()));
            }
            return RowFactory.create(values);
        }
        return Objects.requireNonNull(value);
    }
}
