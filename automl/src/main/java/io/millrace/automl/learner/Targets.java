package io.millrace.automl.learner;

/** What the learners share about targets: models that need no learning, and the scale of a number. */
final class Targets {
    private Targets() {}

    /** Whether nothing can be learnt beyond one prediction for all rows. */
    static boolean isConstant(TrainingSet train) {
        if (train.matrix().features().isEmpty()) {
            return true;
        }
        double[] target = train.target();
        for (double value : target) {
            if (value != target[0]) {
                return false;
            }
        }
        return true;
    }

    /** The model that predicts the mean, or the share of every class among the rows and half a row more of each. */
    static TreeEnsemble constantModel(TrainingSet train) {
        int outputs = train.objective().outputs(train.classes());
        double[] baseScores = new double[outputs];
        if (train.objective() == Objective.REGRESSION) {
            baseScores[0] = mean(train);
        } else {
            double[] shares = classWeights(train);
            if (train.objective() == Objective.BINARY) {
                baseScores[0] = StrictMath.log((shares[1] + 0.5) / (shares[0] + 0.5));
            } else {
                double total = 0;
                for (double share : shares) {
                    total += share + 0.5;
                }
                for (int output = 0; output < outputs; output++) {
                    baseScores[output] = StrictMath.log((shares[output] + 0.5) / total);
                }
            }
        }
        return TreeEnsemble.constant(train.matrix().features().size(), Link.of(train.objective()), baseScores);
    }

    /** The weight of the rows of every class. */
    static double[] classWeights(TrainingSet train) {
        double[] weights = new double[Math.max(2, train.classes())];
        for (int row = 0; row < train.rows(); row++) {
            weights[(int) train.target()[row]] += train.weight(row);
        }
        return weights;
    }

    /** The weighted mean of the target; 0 if no row weighs anything. */
    static double mean(TrainingSet train) {
        double sum = 0;
        double total = 0;
        double first = train.rows() == 0 ? 0 : train.target()[0];
        for (int row = 0; row < train.rows(); row++) {
            sum += train.weight(row) * (train.target()[row] - first);
            total += train.weight(row);
        }
        return total > 0 ? first + sum / total : 0;
    }

    /** The weighted standard deviation of the target around {@code mean}; 1 if it is 0. */
    static double deviation(TrainingSet train, double mean) {
        double sum = 0;
        double total = 0;
        for (int row = 0; row < train.rows(); row++) {
            double distance = train.target()[row] - mean;
            sum += train.weight(row) * distance * distance;
            total += train.weight(row);
        }
        double deviation = total > 0 ? StrictMath.sqrt(sum / total) : 0;
        return deviation > 0 && Double.isFinite(deviation) ? deviation : 1;
    }

    /** The target as it is learnt: class numbers as they are, values less the mean and divided by the deviation. */
    static double[] scaled(TrainingSet set, Scale scale) {
        double[] scaled = set.target().clone();
        if (set.objective() == Objective.REGRESSION) {
            for (int row = 0; row < scaled.length; row++) {
                scaled[row] = (scaled[row] - scale.offset()) / scale.factor();
            }
        }
        return scaled;
    }
}
