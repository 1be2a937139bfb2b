package io.millrace.automl.trial;

import static java.util.Objects.requireNonNull;

import io.millrace.automl.learner.Objective;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import java.util.List;
import java.util.Optional;

/** What is to be predicted: a column, and as what kind of value. */
public sealed interface Task {
    /**
     * One of two labels.
     *
     * @param positive the label whose probability is ranked; if empty, the second of the two in sorted order
     */
    record Binary(String target, Optional<String> positive) implements Task {
        /** Checks the arguments. */
        public Binary {
            requireNonNull(target, "target");
            requireNonNull(positive, "positive");
        }

        @Override
        public Objective objective() {
            return Objective.BINARY;
        }
    }

    /** One of two or more labels, a probability for each. */
    record Multiclass(String target) implements Task {
        /** Checks the argument. */
        public Multiclass {
            requireNonNull(target, "target");
        }

        @Override
        public Objective objective() {
            return Objective.MULTICLASS;
        }
    }

    /** A number. */
    record Regression(String target) implements Task {
        /** Checks the argument. */
        public Regression {
            requireNonNull(target, "target");
        }

        @Override
        public Objective objective() {
            return Objective.REGRESSION;
        }
    }

    /** The column that is predicted. */
    String target();

    /** The kind of prediction, as learners know it. */
    Objective objective();

    /** The word for it: {@code binary}, {@code multiclass} or {@code regression}. */
    default String text() {
        return TaskNames.of(objective());
    }

    /** Two labels, the second in sorted order being the positive one. */
    static Task binary(String target) {
        return new Binary(target, Optional.empty());
    }

    /** Two labels, of which {@code positive} is the one whose probability is ranked. */
    static Task binary(String target, String positive) {
        return new Binary(target, Optional.of(positive));
    }

    /** Two or more labels. */
    static Task multiclass(String target) {
        return new Multiclass(target);
    }

    /** A number. */
    static Task regression(String target) {
        return new Regression(target);
    }

    /**
     * The task of that word.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} if it is none of {@code binary}, {@code multiclass} and
     *     {@code regression}
     */
    static Task of(String word, String target) {
        return switch (word) {
            case TaskNames.BINARY -> binary(target);
            case TaskNames.MULTICLASS -> multiclass(target);
            case TaskNames.REGRESSION -> regression(target);
            default ->
                throw DataflowException.of(
                        ErrorCode.INVALID_ARGUMENT,
                        "Cannot use '" + word + "' as a task",
                        Suggestion.lines(
                                word, "Tasks", List.of(TaskNames.BINARY, TaskNames.MULTICLASS, TaskNames.REGRESSION)));
        };
    }
}
