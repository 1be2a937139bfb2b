package io.millrace.dataflow.table;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema.Field;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/** How our types are laid out in Arrow. */
public final class ArrowTypes {
    private ArrowTypes() {}

    /**
     * An empty vector for a type: {@link BitVector}, {@link BigIntVector}, {@link Float8Vector}, {@link DecimalVector},
     * {@link VarCharVector}, {@link DateDayVector}, {@link TimeStampMicroTZVector} in UTC, {@link VarBinaryVector},
     * {@link ListVector} or {@link StructVector}.
     */
    public static FieldVector vector(String name, DataType type, BufferAllocator allocator) {
        return field(name, type).createVector(allocator);
    }

    /** The Arrow field of a nullable column. */
    public static org.apache.arrow.vector.types.pojo.Field field(String name, DataType type) {
        return type.accept(new FieldVisitor(name));
    }

    /**
     * The value of a row as a Java object: {@link Boolean}, {@link Long}, {@link Double}, {@link BigDecimal},
     * {@link String}, {@link LocalDate}, {@link Instant}, {@code byte[]}, a {@link List} or a {@link Map}; null when
     * the row is null.
     */
    public static @Nullable Object value(DataType type, FieldVector vector, int row) {
        return vector.isNull(row) ? null : type.accept(new ValueVisitor(vector, row));
    }

    private record FieldVisitor(String name) implements DataType.Visitor<org.apache.arrow.vector.types.pojo.Field> {
        private org.apache.arrow.vector.types.pojo.Field leaf(ArrowType type) {
            return new org.apache.arrow.vector.types.pojo.Field(name, FieldType.nullable(type), null);
        }

        @Override
        public org.apache.arrow.vector.types.pojo.Field visit(DataType.Bool type) {
            return leaf(ArrowType.Bool.INSTANCE);
        }

        @Override
        public org.apache.arrow.vector.types.pojo.Field visit(DataType.Int64 type) {
            return leaf(new ArrowType.Int(64, true));
        }

        @Override
        public org.apache.arrow.vector.types.pojo.Field visit(DataType.Float64 type) {
            return leaf(new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
        }

        @Override
        public org.apache.arrow.vector.types.pojo.Field visit(DataType.Decimal type) {
            return leaf(new ArrowType.Decimal(type.precision(), type.scale(), 128));
        }

        @Override
        public org.apache.arrow.vector.types.pojo.Field visit(DataType.Text type) {
            return leaf(ArrowType.Utf8.INSTANCE);
        }

        @Override
        public org.apache.arrow.vector.types.pojo.Field visit(DataType.Date type) {
            return leaf(new ArrowType.Date(DateUnit.DAY));
        }

        @Override
        public org.apache.arrow.vector.types.pojo.Field visit(DataType.Timestamp type) {
            return leaf(new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"));
        }

        @Override
        public org.apache.arrow.vector.types.pojo.Field visit(DataType.Binary type) {
            return leaf(ArrowType.Binary.INSTANCE);
        }

        @Override
        public org.apache.arrow.vector.types.pojo.Field visit(DataType.ListOf type) {
            return new org.apache.arrow.vector.types.pojo.Field(
                    name, FieldType.nullable(ArrowType.List.INSTANCE), List.of(field("element", type.element())));
        }

        @Override
        public org.apache.arrow.vector.types.pojo.Field visit(DataType.Struct type) {
            List<org.apache.arrow.vector.types.pojo.Field> children = new ArrayList<>();
            for (Field part : type.fields()) {
                children.add(field(part.name(), part.type()));
            }
            return new org.apache.arrow.vector.types.pojo.Field(
                    name, FieldType.nullable(ArrowType.Struct.INSTANCE), children);
        }
    }

    private record ValueVisitor(FieldVector vector, int row) implements DataType.Visitor<Object> {
        @Override
        public Object visit(DataType.Bool type) {
            return ((BitVector) vector).get(row) != 0;
        }

        @Override
        public Object visit(DataType.Int64 type) {
            return ((BigIntVector) vector).get(row);
        }

        @Override
        public Object visit(DataType.Float64 type) {
            return ((Float8Vector) vector).get(row);
        }

        @Override
        public Object visit(DataType.Decimal type) {
            return ((DecimalVector) vector).getObjectNotNull(row);
        }

        @Override
        public Object visit(DataType.Text type) {
            return new String(((VarCharVector) vector).get(row), StandardCharsets.UTF_8);
        }

        @Override
        public Object visit(DataType.Date type) {
            return LocalDate.ofEpochDay(((DateDayVector) vector).get(row));
        }

        @Override
        public Object visit(DataType.Timestamp type) {
            return Instant.EPOCH.plus(((TimeStampMicroTZVector) vector).get(row), ChronoUnit.MICROS);
        }

        @Override
        public Object visit(DataType.Binary type) {
            return ((VarBinaryVector) vector).get(row);
        }

        @Override
        public Object visit(DataType.ListOf type) {
            ListVector list = (ListVector) vector;
            List<@Nullable Object> elements = new ArrayList<>();
            for (int i = list.getElementStartIndex(row); i < list.getElementEndIndex(row); i++) {
                elements.add(value(type.element(), list.getDataVector(), i));
            }
            return elements;
        }

        @Override
        public Object visit(DataType.Struct type) {
            Map<String, @Nullable Object> parts = new LinkedHashMap<>();
            for (Field part : type.fields()) {
                FieldVector child = ((StructVector) vector).getChild(part.name(), FieldVector.class);
                parts.put(part.name(), value(part.type(), child, row));
            }
            return parts;
        }
    }
}
