package io.millrace.automl.learner;

/** What our own learners lower: the log loss of classes, or the squared error of a number. */
enum TrainingLoss {
    LOGISTIC {
        @Override
        double[] baseScores(TrainingSet train) {
            double[] weights = Targets.classWeights(train);
            return new double[] {StrictMath.log((weights[1] + 0.5) / (weights[0] + 0.5))};
        }

        @Override
        void gradients(TrainingSet train, double[] target, double[][] scores, double[][] gradients) {
            for (int row = 0; row < target.length; row++) {
                double share = Link.sigmoid(scores[0][row]);
                put(gradients[0], row, train.weight(row), share - target[row], share * (1 - share));
            }
        }

        @Override
        double loss(TrainingSet set, double[] target, double[][] scores) {
            double sum = 0;
            double total = 0;
            for (int row = 0; row < target.length; row++) {
                double margin = target[row] > 0 ? scores[0][row] : -scores[0][row];
                // log(1 + exp(-margin)), without overflow.
                double loss = StrictMath.log1p(StrictMath.exp(-Math.abs(margin))) + Math.max(0, -margin);
                sum += set.weight(row) * loss;
                total += set.weight(row);
            }
            return sum / total;
        }
    },
    SOFTMAX {
        @Override
        double[] baseScores(TrainingSet train) {
            double[] weights = Targets.classWeights(train);
            double[] scores = new double[weights.length];
            double total = 0;
            for (double weight : weights) {
                total += weight + 0.5;
            }
            for (int output = 0; output < scores.length; output++) {
                scores[output] = StrictMath.log((weights[output] + 0.5) / total);
            }
            return scores;
        }

        @Override
        void gradients(TrainingSet train, double[] target, double[][] scores, double[][] gradients) {
            double[] shares = new double[scores.length];
            // The diagonal of the hessian alone would make steps too long by this factor.
            double factor = scores.length / (scores.length - 1.0);
            for (int row = 0; row < target.length; row++) {
                shares(scores, row, shares);
                for (int output = 0; output < shares.length; output++) {
                    double share = shares[output];
                    double wanted = (int) target[row] == output ? 1 : 0;
                    put(gradients[output], row, train.weight(row), share - wanted, factor * share * (1 - share));
                }
            }
        }

        @Override
        double loss(TrainingSet set, double[] target, double[][] scores) {
            double[] shares = new double[scores.length];
            double sum = 0;
            double total = 0;
            for (int row = 0; row < target.length; row++) {
                shares(scores, row, shares);
                sum -= set.weight(row) * StrictMath.log(Math.max(1e-300, shares[(int) target[row]]));
                total += set.weight(row);
            }
            return sum / total;
        }
    },
    SQUARED {
        @Override
        double[] baseScores(TrainingSet train) {
            return new double[1];
        }

        @Override
        void gradients(TrainingSet train, double[] target, double[][] scores, double[][] gradients) {
            for (int row = 0; row < target.length; row++) {
                put(gradients[0], row, train.weight(row), scores[0][row] - target[row], 1);
            }
        }

        @Override
        double loss(TrainingSet set, double[] target, double[][] scores) {
            double sum = 0;
            double total = 0;
            for (int row = 0; row < target.length; row++) {
                double error = scores[0][row] - target[row];
                sum += set.weight(row) * error * error;
                total += set.weight(row);
            }
            return StrictMath.sqrt(sum / total);
        }
    };

    /** The score of every output to start from; of a scaled target, if it is a number. */
    abstract double[] baseScores(TrainingSet train);

    /** Writes, for every output and row, the gradient and the hessian of the loss by the score. */
    abstract void gradients(TrainingSet train, double[] target, double[][] scores, double[][] gradients);

    /** The mean loss by which models are compared; for numbers the root of the mean squared error. */
    abstract double loss(TrainingSet set, double[] target, double[][] scores);

    /** The mean of what the gradients are gradients of. */
    double objective(TrainingSet set, double[] target, double[][] scores) {
        double loss = loss(set, target, scores);
        return this == SQUARED ? loss * loss / 2 : loss;
    }

    static TrainingLoss of(Objective objective) {
        return switch (objective) {
            case BINARY -> LOGISTIC;
            case MULTICLASS -> SOFTMAX;
            case REGRESSION -> SQUARED;
        };
    }

    private static void put(double[] gradients, int row, double weight, double gradient, double hessian) {
        gradients[2 * row] = weight * gradient;
        gradients[2 * row + 1] = weight * hessian;
    }

    private static void shares(double[][] scores, int row, double[] shares) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double[] output : scores) {
            largest = Math.max(largest, output[row]);
        }
        double sum = 0;
        for (int output = 0; output < shares.length; output++) {
            shares[output] = StrictMath.exp(scores[output][row] - largest);
            sum += shares[output];
        }
        for (int output = 0; output < shares.length; output++) {
            shares[output] /= sum;
        }
    }
}
