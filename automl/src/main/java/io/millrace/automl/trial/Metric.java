package io.millrace.automl.trial;

import io.millrace.automl.learner.Objective;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a model is judged by. Scores have their natural sign; {@link #direction} orders them. */
public enum Metric {
    /** The area under the receiver operating characteristic: how well the positive label is ranked before the other. */
    ROC_AUC(Direction.MAXIMIZE, Kind.OF_RANKS) {
        @Override
        double score(double[] target, double[][] predictions) {
            return Scores.rocAuc(target, predictions[0]);
        }
    },
    /** The mean of minus the natural logarithm of the probability of the true label, which is clipped at 1e-15. */
    LOG_LOSS(Direction.MINIMIZE, Kind.OF_LABELS) {
        @Override
        double score(double[] target, double[][] predictions) {
            return Scores.logLoss(target, predictions);
        }
    },
    /** The share of rows whose most probable label is the true one. */
    ACCURACY(Direction.MAXIMIZE, Kind.OF_LABELS) {
        @Override
        double score(double[] target, double[][] predictions) {
            return Scores.accuracy(target, predictions);
        }
    },
    /** The mean over the labels of the share of their rows that are found. */
    BALANCED_ACCURACY(Direction.MAXIMIZE, Kind.OF_LABELS) {
        @Override
        double score(double[] target, double[][] predictions) {
            return Scores.balancedAccuracy(target, predictions);
        }
    },
    /** The harmonic mean of precision and recall: of the positive label, or for more labels the mean over all. */
    F1(Direction.MAXIMIZE, Kind.OF_LABELS) {
        @Override
        double score(double[] target, double[][] predictions) {
            return Scores.f1(target, predictions);
        }
    },
    /** The square root of the mean squared error. */
    RMSE(Direction.MINIMIZE, Kind.OF_NUMBERS) {
        @Override
        double score(double[] target, double[][] predictions) {
            return Scores.rootMeanSquaredError(target, predictions[0]);
        }
    },
    /** The mean absolute error. */
    MAE(Direction.MINIMIZE, Kind.OF_NUMBERS) {
        @Override
        double score(double[] target, double[][] predictions) {
            return Scores.meanAbsoluteError(target, predictions[0]);
        }
    },
    /** One minus the squared error divided by that of the mean. */
    R2(Direction.MAXIMIZE, Kind.OF_NUMBERS) {
        @Override
        double score(double[] target, double[][] predictions) {
            return Scores.determination(target, predictions[0]);
        }
    };

    /** Which of two scores is the better one. */
    public enum Direction {
        /** The greater. */
        MAXIMIZE,
        /** The smaller. */
        MINIMIZE
    }

    private enum Kind {
        OF_RANKS,
        OF_LABELS,
        OF_NUMBERS
    }

    private final Direction direction;
    private final Kind kind;

    Metric(Direction direction, Kind kind) {
        this.direction = direction;
        this.kind = kind;
    }

    /** Which of two scores is the better one. */
    public Direction direction() {
        return direction;
    }

    /** Whether models of that kind have this metric. */
    public boolean appliesTo(Objective objective) {
        return switch (kind) {
            case OF_RANKS -> objective == Objective.BINARY;
            case OF_LABELS -> objective != Objective.REGRESSION;
            case OF_NUMBERS -> objective == Objective.REGRESSION;
        };
    }

    /**
     * The score of predictions.
     *
     * @param target for each row the number of its class, or its value
     * @param predictions as {@code [output][row]}: the value for regression, the probability of class 1 for two
     *     classes, the probability of every class for more
     * @return the score; NaN where it is not defined, as for {@link #ROC_AUC} of rows of one class
     */
    public double of(double[] target, double[][] predictions) {
        if (target.length == 0) {
            return Double.NaN;
        }
        return score(target, predictions);
    }

    abstract double score(double[] target, double[][] predictions);

    /** Whether {@code score} is better than {@code other}. NaN is worse than every number. */
    public boolean isBetter(double score, double other) {
        if (Double.isNaN(score)) {
            return false;
        }
        if (Double.isNaN(other)) {
            return true;
        }
        return direction == Direction.MAXIMIZE ? score > other : score < other;
    }

    /** Orders scores, the best first and NaN last. */
    public int compare(double score, double other) {
        return isBetter(score, other) ? -1 : isBetter(other, score) ? 1 : 0;
    }

    /** By how much {@code score} is better than {@code other}; negative if it is worse. */
    public double gain(double score, double other) {
        return direction == Direction.MAXIMIZE ? score - other : other - score;
    }

    /** The name in the command, in leaderboards and in saved files, such as {@code roc_auc}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is optimised when nothing is said: ROC AUC for two labels, log loss for more, RMSE for numbers. */
    public static Metric standardFor(Objective objective) {
        return switch (objective) {
            case BINARY -> ROC_AUC;
            case MULTICLASS -> LOG_LOSS;
            case REGRESSION -> RMSE;
        };
    }

    /**
     * The metric of that name.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} if there is none
     */
    public static Metric named(String name) {
        for (Metric metric : values()) {
            if (metric.text().equals(name)) {
                return metric;
            }
        }
        throw DataflowException.of(
                ErrorCode.INVALID_ARGUMENT,
                "Cannot use '" + name + "' as a metric",
                Suggestion.lines(name, "Metrics", names(Set.of(Objective.values()))));
    }

    /**
     * Returns normally if models of that kind have this metric.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT}, with those that they have
     */
    public void checkAppliesTo(Objective objective) {
        if (!appliesTo(objective)) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot optimize '" + text() + "' for a " + TaskNames.of(objective) + " task",
                    "Metrics here: " + String.join(", ", names(Set.of(objective))));
        }
    }

    private static List<String> names(Set<Objective> objectives) {
        return Arrays.stream(values())
                .filter(metric -> objectives.stream().anyMatch(metric::appliesTo))
                .map(Metric::text)
                .toList();
    }
}
