package io.millrace.dataflow.profile;

import io.millrace.dataflow.schema.DataType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one column holds. Nulls and errors are in {@link #counts} and {@link #typeCounts} alone.
 *
 * @param distinct the different values
 * @param smallest the least value, as {@link ValueCount#value} says; NaN is no number here; empty without values and for
 *     lists and structs
 * @param largest the greatest value, likewise
 * @param moments of numbers
 * @param quantiles of numbers, dates and timestamps; empty without finite values
 * @param histogram likewise
 * @param valueCounts how often each value occurs, the most frequent first and equal ones by value; empty from 1,000
 *     different values on
 * @param topValues the first 10 of those; from 1,000 different values on, those that are known to be more frequent than
 *     most
 * @param textLengths of text and binary columns; empty without values
 * @param typeCounts how many cells read as what: the column's own type, or for text the type that each would have in a
 *     file; then {@code null} and {@code error}; without those of which there are none
 * @param semanticTypes how many texts have the form of what, when asked for; without those of which there are none
 */
public record ColumnProfile(
        String name,
        DataType type,
        CellCounts counts,
        Count distinct,
        Optional<Object> smallest,
        Optional<Object> largest,
        Optional<Moments> moments,
        Optional<Quantiles> quantiles,
        Optional<Histogram> histogram,
        List<ValueCount> valueCounts,
        List<ValueCount> topValues,
        Optional<TextLengths> textLengths,
        Map<String, Long> typeCounts,
        Map<SemanticType, Long> semanticTypes,
        List<Alert> alerts) {
    public ColumnProfile {
        valueCounts = List.copyOf(valueCounts);
        topValues = List.copyOf(topValues);
        typeCounts = Collections.unmodifiableMap(new LinkedHashMap<>(typeCounts));
        semanticTypes = Collections.unmodifiableMap(new LinkedHashMap<>(semanticTypes));
        alerts = List.copyOf(alerts);
    }

    /** The mean of the finite numbers; empty without any. */
    public OptionalDouble mean() {
        return moments.isPresent() && moments.get().count() > 0
                ? OptionalDouble.of(moments.get().mean())
                : OptionalDouble.empty();
    }

    ColumnProfile withAlerts(List<Alert> all) {
        return new ColumnProfile(
                name,
                type,
                counts,
                distinct,
                smallest,
                largest,
                moments,
                quantiles,
                histogram,
                valueCounts,
                topValues,
                textLengths,
                typeCounts,
                semanticTypes,
                all);
    }
}
