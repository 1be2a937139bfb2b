package io.millrace.dataflow.parquet;

import io.millrace.dataflow.format.ValueBlock.Misfit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Hand on the values of a Parquet type as ours. What a type of ours cannot hold becomes a {@link Misfit}. */
final class ValueConverters {
    private static final long JULIAN_EPOCH_DAY = 2_440_588L;
    private static final long SECONDS_A_DAY = 86_400L;

    private ValueConverters() {}

    static Converter of(Type type, WrittenCalendar calendar, Consumer<Object> target) {
        if (type.isPrimitive()) {
            return new Leaf(type.asPrimitiveType(), calendar, target);
        }
        GroupType group = type.asGroupType();
        return group.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
                ? new ListValues(group, calendar, target)
                : new StructValues(group, calendar, target);
    }

    private static final class StructValues extends GroupConverter {
        private final GroupType type;
        private final Consumer<Object> target;
        private final List<Converter> parts = new ArrayList<>();
        private Map<String, @Nullable Object> current = new LinkedHashMap<>();

        StructValues(GroupType type, WrittenCalendar calendar, Consumer<Object> target) {
            this.type = type;
            this.target = target;
            for (Type part : type.getFields()) {
                parts.add(of(part, calendar, value -> current.put(part.getName(), value)));
            }
        }

        @Override
        public Converter getConverter(int index) {
            return parts.get(index);
        }

        @Override
        public void start() {
            current = new LinkedHashMap<>();
            type.getFields().forEach(part -> current.put(part.getName(), null));
        }

        @Override
        public void end() {
            Object misfit = current.values().stream()
                    .filter(Misfit.class::isInstance)
                    .findFirst()
                    .orElse(current);
            target.accept(misfit);
        }
    }

    private static final class ListValues extends GroupConverter {
        private final Consumer<Object> target;
        private final GroupConverter repeated;
        private List<@Nullable Object> current = new ArrayList<>();
        private @Nullable Object element;

        ListValues(GroupType type, WrittenCalendar calendar, Consumer<Object> target) {
            this.target = target;
            Converter inside = of(type.getType(0).asGroupType().getType(0), calendar, value -> element = value);
            this.repeated = new GroupConverter() {
                @Override
                public Converter getConverter(int index) {
                    return inside;
                }

                @Override
                public void start() {
                    element = null;
                }

                @Override
                public void end() {
                    current.add(element);
                }
            };
        }

        @Override
        public Converter getConverter(int index) {
            return repeated;
        }

        @Override
        public void start() {
            current = new ArrayList<>();
        }

        @Override
        public void end() {
            Object misfit = current;
            for (Object each : current) {
                misfit = each instanceof Misfit ? each : misfit;
            }
            target.accept(misfit);
        }
    }

    private static final class Leaf extends PrimitiveConverter {
        private final LogicalTypeAnnotation annotation;
        private final boolean ancientTime;
        private final WrittenCalendar calendar;
        private final Consumer<Object> target;

        @SuppressWarnings("NullAway") // a type without an annotation has null
        Leaf(PrimitiveType type, WrittenCalendar calendar, Consumer<Object> target) {
            this.calendar = calendar;
            this.annotation = type.getLogicalTypeAnnotation();
            this.ancientTime = type.getPrimitiveTypeName() == PrimitiveTypeName.INT96;
            this.target = target;
        }

        @Override
        public void addBoolean(boolean value) {
            target.accept(value);
        }

        @Override
        public void addDouble(double value) {
            target.accept(value);
        }

        @Override
        public void addFloat(float value) {
            target.accept((double) value);
        }

        @Override
        public void addInt(int value) {
            if (annotation instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
                target.accept(calendar.date(value));
            } else if (annotation instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation number
                    && !number.isSigned()) {
                target.accept(Integer.toUnsignedLong(value));
            } else {
                addLong(value);
            }
        }

        @Override
        public void addLong(long value) {
            if (annotation instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal) {
                target.accept(BigDecimal.valueOf(value, decimal.getScale()));
            } else if (annotation instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation time) {
                target.accept(instant(value, time.getUnit()));
            } else if (annotation instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation number
                    && !number.isSigned()
                    && number.getBitWidth() == 64) {
                target.accept(new BigDecimal(Long.toUnsignedString(value)));
            } else {
                target.accept(value);
            }
        }

        @Override
        public void addBinary(Binary value) {
            if (annotation instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal) {
                target.accept(new BigDecimal(new BigInteger(value.getBytes()), decimal.getScale()));
            } else if (ancientTime) {
                ByteBuffer bytes = ByteBuffer.wrap(value.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
                long nanos = bytes.getLong();
                target.accept(instant((bytes.getInt() - JULIAN_EPOCH_DAY) * SECONDS_A_DAY, nanos));
            } else if (annotation != null) {
                target.accept(value.toStringUsingUTF8());
            } else {
                target.accept(value.getBytes());
            }
        }

        private Object instant(long value, TimeUnit unit) {
            long perSecond =
                    switch (unit) {
                        case MILLIS -> 1_000L;
                        case MICROS -> 1_000_000L;
                        case NANOS -> 1_000_000_000L;
                    };
            return instant(
                    Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond));
        }

        private Object instant(long seconds, long nanos) {
            Instant counted = Instant.ofEpochSecond(seconds, nanos);
            Instant instant = ancientTime ? calendar.ancientTime(counted) : calendar.time(counted);
            try {
                // What the type can hold is what fits 64 bits of microseconds.
                Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), nanos / 1_000);
            } catch (ArithmeticException beyond) {
                return new Misfit(instant.toString());
            }
            return nanos % 1_000 == 0 ? instant : new Misfit(instant.toString());
        }
    }
}
