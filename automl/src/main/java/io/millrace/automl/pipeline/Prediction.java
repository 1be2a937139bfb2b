package io.millrace.automl.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a pipeline predicts for one row.
 *
 * @param value the most probable label as a {@link String}, the first of equally probable ones; or the number as a
 *     {@link Double}
 * @param probabilities for classification the probability of each label, in the order of the labels; otherwise empty
 */
public record Prediction(Object value, Map<String, Double> probabilities) {
    /** Copies the map, in its order. */
    public Prediction {
        requireNonNull(value, "value");
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }
}
