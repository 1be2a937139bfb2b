package io.millrace.automl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.automl.trial.Budget;
import io.millrace.automl.trial.Metric;
import io.millrace.automl.trial.Task;
import io.millrace.automl.trial.Validation;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a user said about an experiment, as the journal keeps it.
 *
 * @param task empty if it is to be inferred from the target
 * @param memoryLimit the memory that one fit may take, in bytes
 */
record ExperimentSettings(
        String target,
        Optional<Task> task,
        List<String> ignored,
        Optional<Metric> metric,
        Optional<Validation> validation,
        Budget budget,
        long seed,
        long memoryLimit) {
    private static final int FORMAT = 1;
    private static final long STANDARD_MEMORY = 4L << 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    ExperimentSettings {
        ignored = List.copyOf(ignored);
    }

    static ExperimentSettings of(String target, Optional<Task> task) {
        return new ExperimentSettings(
                target,
                task,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Budget.of(Duration.ofSeconds(60)),
                0,
                STANDARD_MEMORY);
    }

    ExperimentSettings ignored(List<String> names) {
        return new ExperimentSettings(target, task, names, metric, validation, budget, seed, memoryLimit);
    }

    ExperimentSettings metric(Metric chosen) {
        return new ExperimentSettings(
                target, task, ignored, Optional.of(chosen), validation, budget, seed, memoryLimit);
    }

    ExperimentSettings validation(Validation chosen) {
        return new ExperimentSettings(target, task, ignored, metric, Optional.of(chosen), budget, seed, memoryLimit);
    }

    ExperimentSettings budget(Budget chosen) {
        return new ExperimentSettings(target, task, ignored, metric, validation, chosen, seed, memoryLimit);
    }

    ExperimentSettings seed(long chosen) {
        return new ExperimentSettings(target, task, ignored, metric, validation, budget, chosen, memoryLimit);
    }

    ExperimentSettings memoryLimit(long bytes) {
        return new ExperimentSettings(target, task, ignored, metric, validation, budget, seed, bytes);
    }

    /** The settings and the dataflow in one document, without secrets. */
    String describe(Dataflow training, Path workingDirectory) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("target", target);
        task.ifPresent(given -> {
            root.put("task", given.text());
            if (given instanceof Task.Binary binary) {
                binary.positive().ifPresent(positive -> root.put("positive", positive));
            }
        });
        ArrayNode names = root.putArray("ignore");
        ignored.forEach(names::add);
        metric.ifPresent(chosen -> root.put("metric", chosen.text()));
        validation.ifPresent(chosen -> {
            if (chosen instanceof Validation.Folds folds) {
                root.put("folds", folds.count());
            } else if (chosen instanceof Validation.Holdout holdout) {
                root.put("holdout", holdout.fraction());
            }
        });
        root.setAll(limits(budget));
        root.put("seed", seed);
        root.put("memory", memoryLimit);
        root.put("directory", workingDirectory.toString());
        try {
            root.set("plan", JSON.readTree(training.toJson()));
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values", impossible);
        }
    }

    /** A budget as a document. */
    static String describe(Budget budget) {
        return limits(budget).toString();
    }

    /** The settings in a document that {@link #describe(Dataflow, Path)} wrote. */
    static ExperimentSettings settingsOf(String description) {
        JsonNode root = parsed(description);
        String target = root.path("target").asText();
        Optional<Task> task = Optional.empty();
        if (root.has("positive")) {
            task = Optional.of(Task.binary(target, root.path("positive").asText()));
        } else if (root.has("task")) {
            task = Optional.of(Task.of(root.path("task").asText(), target));
        }
        List<String> ignored = new ArrayList<>();
        root.path("ignore").forEach(name -> ignored.add(name.asText()));
        Optional<Validation> validation = root.has("folds")
                ? Optional.of(Validation.folds(root.path("folds").asInt()))
                : root.has("holdout")
                        ? Optional.of(Validation.holdout(root.path("holdout").asDouble()))
                        : Optional.empty();
        return new ExperimentSettings(
                target,
                task,
                ignored,
                root.has("metric")
                        ? Optional.of(Metric.named(root.path("metric").asText()))
                        : Optional.empty(),
                validation,
                budgetOf(root),
                root.path("seed").asLong(),
                root.path("memory").asLong(STANDARD_MEMORY));
    }

    /** The dataflow in a document that {@link #describe(Dataflow, Path)} wrote. */
    static Dataflow trainingOf(String description) {
        JsonNode root = parsed(description);
        return Dataflow.fromJson(
                root.path("plan").toString(), Path.of(root.path("directory").asText()));
    }

    private static ObjectNode limits(Budget budget) {
        ObjectNode limits = JSON.createObjectNode();
        budget.time().ifPresent(time -> limits.put("millis", time.toMillis()));
        budget.trials().ifPresent(trials -> limits.put("trials", trials));
        return limits;
    }

    private static Budget budgetOf(JsonNode root) {
        return new Budget(
                root.has("millis")
                        ? Optional.of(Duration.ofMillis(root.path("millis").asLong()))
                        : Optional.empty(),
                root.has("trials") ? OptionalInt.of(root.path("trials").asInt()) : OptionalInt.empty());
    }

    private static JsonNode parsed(String description) {
        try {
            JsonNode root = JSON.readTree(description);
            if (root.path("format").asInt() > FORMAT) {
                throw DataflowException.of(
                        ErrorCode.NOT_AN_EXPERIMENT,
                        "Cannot resume the experiment: it was begun by a newer Millrace",
                        "Install a newer Millrace");
            }
            return root;
        } catch (JsonProcessingException damaged) {
            throw DataflowException.of(
                            ErrorCode.NOT_AN_EXPERIMENT, "Cannot resume the experiment: its description is damaged")
                    .causedBy(damaged);
        }
    }
}
