package io.millrace.automl.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a pipeline predicts for the rows of a batch, in their order. Immutable. */
public final class Scored {
    private final List<String> labels;
    private final double[][] outputs;
    private final int rows;
    private final Map<String, Long> misfits;
    private final List<String> ignoredColumns;

    Scored(List<String> labels, double[][] outputs, int rows, Map<String, Long> misfits, List<String> ignoredColumns) {
        this.labels = labels;
        this.outputs = outputs;
        this.rows = rows;
        this.misfits = misfits;
        this.ignoredColumns = ignoredColumns;
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The labels, in the order of their numbers; empty for regression. */
    public List<String> labels() {
        return labels;
    }

    /** For classification the probability that {@code row} has the label of that number. */
    public double probability(int label, int row) {
        if (outputs.length > 1 || labels.isEmpty()) {
            return outputs[label][row];
        }
        return label == 1 ? outputs[0][row] : 1 - outputs[0][row];
    }

    /** For classification the number of the most probable label, the least of equally probable ones. */
    public int label(int row) {
        int best = 0;
        for (int label = 1; label < labels.size(); label++) {
            if (probability(label, row) > probability(best, row)) {
                best = label;
            }
        }
        return best;
    }

    /** For regression the predicted number. */
    public double value(int row) {
        return outputs[0][row];
    }

    /** The prediction of one row. */
    public Prediction prediction(int row) {
        if (labels.isEmpty()) {
            return new Prediction(value(row), Map.of());
        }
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (int label = 0; label < labels.size(); label++) {
            probabilities.put(labels.get(label), probability(label, row));
        }
        return new Prediction(labels.get(label(row)), probabilities);
    }

    /** A row of {@link FittedPipeline#outputSchema}. */
    public List<Object> row(int row) {
        List<Object> values = new ArrayList<>();
        if (labels.isEmpty()) {
            values.add(value(row));
        } else {
            values.add(labels.get(label(row)));
            for (int label = 0; label < labels.size(); label++) {
                values.add(probability(label, row));
            }
        }
        return values;
    }

    /** For each column with such values, how many did not fit the column's type and were scored as missing. */
    public Map<String, Long> misfits() {
        return misfits;
    }

    /** The columns of the batch that the training data did not have, in the batch's order. They change nothing. */
    public List<String> ignoredColumns() {
        return ignoredColumns;
    }

    /** The outputs as models give them: one, or one for each of three or more labels. */
    double[][] outputs() {
        return outputs;
    }
}
