package io.millrace.dataflow.learn;

import io.millrace.dataflow.learn.TypeProposal.Cells;
import io.millrace.dataflow.learn.TypeProposal.DateOrder;
import io.millrace.dataflow.learn.example.TimeFormat;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides from counts what the texts of a column are. */
final class TypeVerdict {
    static final String VALUES = "values";
    static final String NULLS = "nulls";
    static final String ERRORS = "errors";
    static final String LEADING_ZEROS = "leading zeros";
    static final String LEADING_PLUS = "leading plus";
    static final String BEYOND_INT64 = "beyond int64";
    static final String LONG_DECIMALS = "long decimals";
    static final String PLAIN = "plain";
    static final String SCALE = "scale";
    static final String WHOLE = "whole digits";

    private static final int MOST_DIGITS = 38;
    private static final List<DataType> TYPES =
            List.of(DataTypes.BOOL, DataTypes.INT64, DataTypes.FLOAT64, DataTypes.DATE, DataTypes.TIMESTAMP);

    private final String column;
    private final List<String> sample;
    private final List<TimeFormat> formats;
    private final Map<String, Long> counts;
    private final double share;
    private final Cells cells;

    /**
     * What the texts of a column are.
     *
     * @param sample some of its values
     * @param formats the formats that were counted, each of two orders beside the other, the day first
     * @param counts how many texts are what is asked by the constants, are read as types by their names, and by formats
     */
    TypeVerdict(String column, List<String> sample, List<TimeFormat> formats, Map<String, Long> counts, double share) {
        this.column = column;
        this.sample = sample;
        this.formats = formats;
        this.counts = counts;
        this.share = share;
        this.cells = new Cells(count(VALUES), count(NULLS), count(ERRORS));
    }

    /** The name of the count of texts that are read with the day first or with the month first. */
    static String either(TimeFormat dayFirst) {
        return "either " + dayFirst.pattern();
    }

    TypeProposal get() {
        if (cells.values() == 0) {
            return text("it has no value");
        }
        DataType type = null;
        long most = 0;
        for (DataType each : TYPES) {
            if (count(each.toString()) > most) {
                type = each;
                most = count(each.toString());
            }
        }
        TimeFormat format = null;
        for (TimeFormat each : formats) {
            if (reading(each) > most) {
                format = each;
                most = reading(each);
            }
        }
        boolean enough =
                new BigDecimal(most).compareTo(BigDecimal.valueOf(share).multiply(new BigDecimal(cells.values()))) >= 0;
        if (!enough || most == 0) {
            String percent = BigDecimal.valueOf(share * 100)
                    .setScale(6, RoundingMode.HALF_UP)
                    .stripTrailingZeros()
                    .toPlainString();
            String closest = format != null ? Conversion.by(format).toString() : String.valueOf(type);
            return text("no type fits " + percent + " % of its values"
                    + (most == 0 ? "" : ", " + closest + " fits " + most + " of " + cells.values()));
        }
        return format != null ? ofFormat(format) : ofType(Objects.requireNonNull(type));
    }

    private TypeProposal ofType(DataType type) {
        if (type.isNumeric()) {
            String reason = lost(LEADING_ZEROS, "leading zeros", value -> value.matches("-?0[0-9].*"));
            reason = reason == null ? lost(LEADING_PLUS, "a leading plus", value -> value.startsWith("+")) : reason;
            reason = reason == null
                    ? lost(BEYOND_INT64, "more digits than int64 holds", value -> value.matches("-?[0-9]{19,}"))
                    : reason;
            if (reason != null) {
                return text(reason);
            }
        }
        if (type instanceof DataType.Float64 && count(LONG_DECIMALS) > 0) {
            int scale = (int) count(SCALE);
            int digits = (int) (count(WHOLE) + count(SCALE));
            String why = TypeProposal.values(count(LONG_DECIMALS)) + " with more digits than float64 holds";
            return digits <= MOST_DIGITS && count(PLAIN) == count(type.toString())
                    ? proposal(Conversion.cast(DataTypes.decimal(digits, scale)), count(type.toString()), why)
                    : text(why);
        }
        return proposal(Conversion.cast(type), count(type.toString()), "");
    }

    private TypeProposal ofFormat(TimeFormat format) {
        if (format.order() == TimeFormat.Order.CLEAR) {
            return proposal(Conversion.by(format), count(format), "");
        }
        TimeFormat other = format.otherOrder().orElseThrow();
        TimeFormat dayFirst = format.order() == TimeFormat.Order.DAY_FIRST ? format : other;
        TimeFormat monthFirst = dayFirst == format ? other : format;
        long days = count(dayFirst);
        long months = count(monthFirst);
        long onlyDays = count(either(dayFirst)) - months;
        long onlyMonths = count(either(dayFirst)) - days;
        DateOrder order = new DateOrder(Conversion.by(dayFirst), days, Conversion.by(monthFirst), months);
        if (onlyDays > 0 && onlyMonths == 0) {
            return proposal(order.dayFirst(), days, TypeProposal.values(onlyDays) + " must have the day first", order);
        }
        if (onlyMonths > 0 && onlyDays == 0) {
            return proposal(
                    order.monthFirst(), months, TypeProposal.values(onlyMonths) + " must have the month first", order);
        }
        String why = onlyDays == 0
                ? "each of its values can be read either way"
                : TypeProposal.values(onlyDays) + " must have the day first and " + onlyMonths + " the month";
        return new TypeProposal(
                column, Optional.empty(), Optional.of(order), cells, OptionalLong.empty(), List.of(), why);
    }

    /** What a number would lose; null when nothing. */
    private @Nullable String lost(String question, String what, Predicate<String> is) {
        if (count(question) == 0) {
            return null;
        }
        String example = sample.stream()
                .filter(is)
                .findFirst()
                .map(value -> ", such as '" + value + "'")
                .orElse("");
        return TypeProposal.values(count(question)) + (count(question) == 1 ? " has " : " have ") + what + example;
    }

    /** How many values are read by a format, whichever of its numbers comes first. */
    private long reading(TimeFormat format) {
        return switch (format.order()) {
            case CLEAR -> count(format);
            case DAY_FIRST -> count(either(format));
            case MONTH_FIRST -> count(either(format.otherOrder().orElseThrow()));
        };
    }

    private long count(TimeFormat format) {
        return count(format.pattern());
    }

    private long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    private TypeProposal text(String reason) {
        return new TypeProposal(
                column, Optional.empty(), Optional.empty(), cells, OptionalLong.empty(), List.of(), reason);
    }

    private TypeProposal proposal(Conversion conversion, long fitting, String reason) {
        return new TypeProposal(
                column, Optional.of(conversion), Optional.empty(), cells, OptionalLong.of(fitting), List.of(), reason);
    }

    private TypeProposal proposal(Conversion conversion, long fitting, String reason, DateOrder order) {
        return new TypeProposal(
                column,
                Optional.of(conversion),
                Optional.of(order),
                cells,
                OptionalLong.of(fitting),
                List.of(),
                reason);
    }
}
