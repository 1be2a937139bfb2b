package io.millrace.automl;

import io.millrace.automl.feature.Frame;
import io.millrace.automl.fit.TrainingData;
import io.millrace.automl.learner.Objective;
import java.util.List;

/** Places of rows whose labels alternate, in three folds. */
final class OutOfFoldFixture {
    private OutOfFoldFixture() {}

    static OutOfFold binary(int rows) {
        double[] target = new double[rows];
        int[] folds = new int[rows];
        for (int row = 0; row < rows; row++) {
            target[row] = row % 2;
            folds[row] = row % 3;
        }
        Frame frame = Frame.of(rows, List.of(new Frame.Numbers("x", new double[rows])));
        return new OutOfFold(new TrainingData(frame, target, Objective.BINARY, 2, folds, 3, 0, 1L << 30));
    }
}
