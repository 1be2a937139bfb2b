package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema.Field;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One text for the keys of a group, different for different ones: of each key its length and its text. */
final class GroupKey {
    private static final String NULL = "-";

    private GroupKey() {}

    /** The text of the row's group; null when a key is an error. */
    static Expr of(List<Field> columns) {
        List<Object> parts = new ArrayList<>();
        for (Field column : columns) {
            Expr text = col(column.name()).cast(DataTypes.TEXT);
            Expr part = text.text().length().cast(DataTypes.TEXT).text().concat(":", text);
            parts.add(part.orElse(NULL).ifError(null));
        }
        Expr first = (Expr) parts.remove(0);
        return parts.isEmpty() ? first : first.text().concat(parts.toArray());
    }

    /** All texts of a group: a zero is equal to one of the other sign, which is written differently. */
    static List<String> texts(List<@Nullable Object> key) {
        List<String> texts = List.of("");
        for (Object part : key) {
            List<String> parts = part instanceof Double number && number == 0
                    ? List.of(written(0.0), written(-0.0))
                    : List.of(part == null ? NULL : written(part));
            texts = texts.stream()
                    .flatMap(text -> parts.stream().map(text::concat))
                    .toList();
        }
        return texts;
    }

    private static String written(Object part) {
        String text = CellValues.text(part);
        return text.codePointCount(0, text.length()) + ":" + text;
    }

    /**
     * A key as a cell of its column would be: the types that meet in a comparison are those that are taken.
     *
     * @throws IllegalArgumentException when no cell of the column can be equal to it
     */
    static @Nullable Object part(Field column, @Nullable Object given) {
        Object value = Literals.normalised(given);
        if (value == null) {
            return null;
        }
        DataType type = column.type();
        if (type instanceof DataType.Float64 && value instanceof Number number) {
            return number.doubleValue() + 0.0;
        }
        if (type instanceof DataType.Decimal decimal && (value instanceof Long || value instanceof BigDecimal)) {
            BigDecimal exact = value instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) value;
            if (exact.stripTrailingZeros().scale() <= decimal.scale()) {
                BigDecimal scaled = exact.setScale(decimal.scale());
                if (scaled.precision() <= decimal.precision()) {
                    return scaled;
                }
            }
        } else if (type instanceof DataType.Timestamp && value instanceof LocalDate day) {
            return day.atStartOfDay(ZoneOffset.UTC).toInstant();
        } else if (Literals.type(value).filter(type::equals).isPresent()) {
            return value;
        }
        throw new IllegalArgumentException(
                "no cell of column '" + column.name() + "' of type " + type + " is equal to " + Expr.lit(value));
    }
}
