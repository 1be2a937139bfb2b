package io.millrace.automl;

import io.millrace.automl.learner.Objective;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The out-of-fold predictions as CSV by RFC 4180: one record a training row, in their order. The columns are {@code row},
 * the place among all rows that were read, from 1; {@code target}; {@code prediction}; and for labels
 * {@code probability_} and the label, for each. A row that no model could judge has no prediction.
 */
final class PredictionsFile implements ExperimentFiles.Content {
    private final TrainingRows rows;
    private final int[] judged;
    private final double[][] predictions;

    /**
     * A file of predictions.
     *
     * @param judged the rows that are predicted, ascending
     * @param predictions as {@code [output][place in judged]}; NaN for a row that no model could judge
     */
    PredictionsFile(TrainingRows rows, int[] judged, double[][] predictions) {
        this.rows = rows;
        this.judged = judged;
        this.predictions = predictions;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        List<String> labels = rows.labels();
        StringBuilder text = new StringBuilder("row,target,prediction");
        for (String label : labels) {
            text.append(',').append(quoted("probability_" + label));
        }
        text.append("\r\n");
        int place = 0;
        for (int row = 0; row < rows.target().length; row++) {
            boolean isJudged = place < judged.length && judged[place] == row;
            boolean isPredicted = isJudged && !Double.isNaN(predictions[0][place]);
            double target = rows.target()[row];
            text.append(rows.places()[row] + 1)
                    .append(',')
                    .append(labels.isEmpty() ? String.valueOf(target) : quoted(labels.get((int) target)))
                    .append(',');
            if (isPredicted) {
                append(text, labels, place);
            } else {
                text.append(",".repeat(labels.size()));
            }
            text.append("\r\n");
            place += isJudged ? 1 : 0;
            if (text.length() > 1 << 16) {
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
            }
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void append(StringBuilder text, List<String> labels, int place) {
        if (rows.task().objective() == Objective.REGRESSION) {
            text.append(predictions[0][place]);
            return;
        }
        int best = 0;
        for (int label = 1; label < labels.size(); label++) {
            if (probability(label, place) > probability(best, place)) {
                best = label;
            }
        }
        text.append(quoted(labels.get(best)));
        for (int label = 0; label < labels.size(); label++) {
            text.append(',').append(probability(label, place));
        }
    }

    private double probability(int label, int place) {
        if (predictions.length > 1) {
            return predictions[label][place];
        }
        return label == 1 ? predictions[0][place] : 1 - predictions[0][place];
    }

    private static String quoted(String text) {
        boolean needed = text.isEmpty()
                || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                || !text.equals(text.strip());
        return needed ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
