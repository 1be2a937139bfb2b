package io.millrace.automl.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A leaderboard as one JSON document, its fields in a fixed order. */
final class LeaderboardJson {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private LeaderboardJson() {}

    static String write(Leaderboard board) {
        Leaderboard.Summary summary = board.summary();
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("task", summary.task().text());
        root.put("target", summary.task().target());
        ArrayNode labels = root.putArray("labels");
        summary.labels().forEach(labels::add);
        root.put("metric", summary.metric().text());
        root.put("better", summary.metric().direction() == Metric.Direction.MAXIMIZE ? "higher" : "lower");
        root.put("validation", summary.validation().text());
        root.put("seed", summary.seed());
        root.put("rows", summary.rows());
        root.put("rows_without_target", summary.rowsWithoutTarget());
        root.put("columns", summary.columns());
        root.put("trials", board.trials().size());
        root.put("total_seconds", seconds(board.times().total()));
        ArrayNode ranked = root.putArray("ranked");
        for (Leaderboard.Row row : board.ranked()) {
            ObjectNode line = ranked.addObject();
            line.put("rank", row.rank());
            line.put("learner", row.name());
            number(line, "score", row.score());
            if (row.trial().isEmpty()) {
                board.ensemble().ifPresent(ensemble -> folds(line, ensemble.folds()));
                board.ensemble().ifPresent(ensemble -> weights(line, ensemble.weights()));
            } else {
                board.trial(row.trial().getAsInt()).ifPresent(trial -> trial(line, board, trial, row));
            }
        }
        ArrayNode skipped = root.putArray("skipped");
        for (Trial trial : board.skipped()) {
            ObjectNode line = described(skipped.addObject(), trial);
            if (trial.outcome() instanceof Outcome.Skipped outcome) {
                line.put("reason", outcome.reason());
            }
        }
        ArrayNode failed = root.putArray("failed");
        for (Trial trial : board.failed()) {
            ObjectNode line = described(failed.addObject(), trial);
            if (trial.outcome() instanceof Outcome.Failed outcome) {
                line.put("reason", outcome.reason());
                line.put("detail", outcome.detail());
            }
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values", impossible);
        }
    }

    private static void trial(ObjectNode line, Leaderboard board, Trial trial, Leaderboard.Row row) {
        trial.scored().ifPresent(scored -> folds(line, scored.folds()));
        number(line, "spread", row.spread());
        line.put("weight", row.weight());
        described(line, trial);
        Duration fit = board.times().fits().get(trial.number());
        if (fit != null) {
            line.put("fit_seconds", seconds(fit));
        }
    }

    private static ObjectNode described(ObjectNode line, Trial trial) {
        line.put("trial", trial.number());
        line.put("learner", trial.candidate().learner());
        ObjectNode parameters = line.putObject("parameters");
        for (Map.Entry<String, Object> setting :
                trial.candidate().parameters().values().entrySet()) {
            Object value = setting.getValue();
            if (value instanceof Long whole) {
                parameters.put(setting.getKey(), whole);
            } else if (value instanceof Double real) {
                parameters.put(setting.getKey(), real);
            } else if (value instanceof Boolean flag) {
                parameters.put(setting.getKey(), flag);
            } else {
                parameters.put(setting.getKey(), String.valueOf(value));
            }
        }
        return line;
    }

    private static void folds(ObjectNode line, List<Double> scores) {
        ArrayNode folds = line.putArray("folds");
        for (double score : scores) {
            if (Double.isFinite(score)) {
                folds.add(score);
            } else {
                folds.addNull();
            }
        }
    }

    private static void weights(ObjectNode line, Map<Integer, Double> weights) {
        ObjectNode node = line.putObject("weights");
        weights.forEach((trial, weight) -> node.put(String.valueOf(trial), weight));
    }

    /** JSON has no NaN: null stands for it. */
    private static void number(ObjectNode line, String name, double value) {
        if (Double.isFinite(value)) {
            line.put(name, value);
        } else {
            line.putNull(name);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
