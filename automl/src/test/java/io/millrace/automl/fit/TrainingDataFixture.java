package io.millrace.automl.fit;

import io.millrace.automl.feature.Frame;
import io.millrace.automl.learner.Objective;
import java.util.List;
import java.util.SplittableRandom;

/** Small training data that can be learnt from. */
final class TrainingDataFixture {
    private TrainingDataFixture() {}

    /** A number and a text that both tell something about the label; three folds. */
    static TrainingData binary(int rows) {
        SplittableRandom random = new SplittableRandom(11);
        double[] x = new double[rows];
        int[] codes = new int[rows];
        double[] target = new double[rows];
        int[] folds = new int[rows];
        for (int row = 0; row < rows; row++) {
            x[row] = random.nextInt(10) == 0 ? Double.NaN : random.nextDouble();
            codes[row] = random.nextInt(4) - 1;
            target[row] = x[row] > 0.5 ^ codes[row] == 2 ? 1 : 0;
            folds[row] = row % 3;
        }
        Frame frame = Frame.of(
                rows, List.of(new Frame.Numbers("x", x), new Frame.Texts("kind", new String[] {"a", "b", "c"}, codes)));
        return new TrainingData(frame, target, Objective.BINARY, 2, folds, 3, 5, 1L << 30);
    }
}
