package io.millrace.automl.trial;

import io.millrace.automl.learner.Objective;

/** The words for tasks, in the command, in leaderboards and in saved files. */
final class TaskNames {
    static final String BINARY = "binary";
    static final String MULTICLASS = "multiclass";
    static final String REGRESSION = "regression";

    private TaskNames() {}

    static String of(Objective objective) {
        return switch (objective) {
            case BINARY -> BINARY;
            case MULTICLASS -> MULTICLASS;
            case REGRESSION -> REGRESSION;
        };
    }
}
