package io.millrace.dataflow.plan;

import static io.millrace.dataflow.plan.Signature.takes;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;

import io.millrace.dataflow.schema.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What functions of dates and times take and give. A zone comes last, and only with a timestamp. */
final class TimeSignatures {
    private TimeSignatures() {}

    /** A part of a date or a timestamp. */
    static Signature part() {
        return time(INT64);
    }

    /** A date or a timestamp, and whatever {@code others} are, to {@code result}. */
    static Signature time(DataType result, DataType... others) {
        return exactly(DATE, result, others)
                .or(exactly(TIMESTAMP, result, others))
                .or(exactly(TIMESTAMP, result, with(others, TEXT)));
    }

    /** As {@link #time}, with the type of the first argument for a result. */
    static Signature sameTime(DataType... others) {
        return exactly(DATE, DATE, others)
                .or(exactly(TIMESTAMP, TIMESTAMP, others))
                .or(exactly(TIMESTAMP, TIMESTAMP, with(others, TEXT)));
    }

    /** Two dates or two timestamps and a unit; a date and a timestamp meet. */
    static Signature between() {
        return arguments -> {
            if (arguments.size() < 3 || arguments.size() > 4) {
                return Optional.empty();
            }
            List<@Nullable DataType> times = new ArrayList<>(arguments.subList(0, 2));
            List<DataType> texts = Collections.nCopies(arguments.size() - 2, TEXT);
            if (!arguments.subList(2, arguments.size()).equals(texts)) {
                return Optional.empty();
            }
            return Signature.common(times)
                    .filter(type -> type.equals(TIMESTAMP) || (type.equals(DATE) && texts.size() == 1))
                    .map(type -> {
                        List<DataType> converted = new ArrayList<>(List.of(type, type));
                        converted.addAll(texts);
                        return new Signature.Resolved(converted, INT64);
                    });
        };
    }

    /** Six numbers, and perhaps a zone. */
    static Signature timestamp() {
        DataType[] numbers = Collections.nCopies(6, INT64).toArray(DataType[]::new);
        return takes(TIMESTAMP, numbers).or(takes(TIMESTAMP, with(numbers, TEXT)));
    }

    /** So many fixed arguments, then one or more texts. */
    static Signature withPatterns(DataType result, DataType... fixed) {
        return arguments -> {
            List<DataType> types = new ArrayList<>(List.of(fixed));
            while (types.size() < arguments.size()) {
                types.add(TEXT);
            }
            return types.size() == fixed.length
                    ? Optional.empty()
                    : takes(result, types.toArray(DataType[]::new)).resolve(arguments);
        };
    }

    /** As {@code takes}, but the first argument is of its type already: a timestamp does not become a date. */
    private static Signature exactly(DataType first, DataType result, DataType... others) {
        Signature all = takes(result, before(first, others));
        return arguments ->
                !arguments.isEmpty() && first.equals(arguments.get(0)) ? all.resolve(arguments) : Optional.empty();
    }

    private static DataType[] before(DataType first, DataType... others) {
        List<DataType> all = new ArrayList<>(List.of(others));
        all.add(0, first);
        return all.toArray(DataType[]::new);
    }

    private static DataType[] with(DataType[] others, DataType last) {
        List<DataType> all = new ArrayList<>(List.of(others));
        all.add(last);
        return all.toArray(DataType[]::new);
    }
}
