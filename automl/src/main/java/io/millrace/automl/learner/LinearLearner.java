package io.millrace.automl.learner;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Logistic and least-squares regression with weights drawn to zero by their squares.
 *
 * <p>How strongly they are drawn is chosen on the validation rows, from strong to weak, each solution the start of the
 * next. Without such rows, or with parameter {@code l2}, one strength is used.
 */
final class LinearLearner implements Learner {
    private static final Set<String> NAMES = Set.of("l2");
    private static final double STRONGEST = 0.1;
    private static final double FACTOR = StrictMath.sqrt(0.1);
    private static final int STRENGTHS = 13;
    private static final double STRENGTH_WITHOUT_VALIDATION = 1e-4;
    private static final int MOST_STEPS = 100;

    @Override
    public String name() {
        return "linear";
    }

    @Override
    public Encoding encoding() {
        return Encoding.ONE_HOT;
    }

    @Override
    public Set<String> parameterNames() {
        return NAMES;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    public Optional<String> inapplicable(Shape shape) {
        // A double a value at most, three for every row and output, and what the minimiser keeps of every weight.
        long weightBytes = 8L * 30 * shape.objective().outputs(shape.classes());
        return Boosting.tooLarge(shape, 8, 24, weightBytes);
    }

    @Override
    public Model fit(FitRequest request) {
        request.parameters().checkNames(name(), NAMES);
        double fixed = request.parameters().number("l2", STRENGTH_WITHOUT_VALIDATION, 0, 1e30);
        boolean isFixed = request.parameters().values().containsKey("l2")
                || request.validation().rows() == 0;
        if (Targets.isConstant(request.train())) {
            return Targets.constantModel(request.train());
        }
        Fit fit = new Fit(request);
        return isFixed ? fit.one(fixed) : fit.best();
    }

    /** The state of one fit. */
    private static final class Fit {
        private final FitRequest request;
        private final TrainingSet train;
        private final Scale scale;
        private final TrainingLoss loss;
        private final int outputs;
        private final DesignMatrix design;
        private final double[] target;
        private final double[][] margins;
        private final double[][] gradients;
        private final double[] weights;
        private final double totalWeight;

        Fit(FitRequest request) {
            this.request = request;
            train = request.train();
            scale = Scale.of(train);
            loss = TrainingLoss.of(train.objective());
            outputs = train.objective().outputs(train.classes());
            design = DesignMatrix.fit(train.matrix());
            target = Targets.scaled(train, scale);
            margins = new double[outputs][train.rows()];
            gradients = new double[outputs][2 * train.rows()];
            weights = start();
            double total = 0;
            for (int row = 0; row < train.rows(); row++) {
                total += train.weight(row);
            }
            totalWeight = total;
        }

        /** No weight for any feature, and the intercepts of the shares of the classes. */
        private double[] start() {
            double[] baseScores = loss.baseScores(train);
            double[] start = new double[outputs * (design.features() + 1)];
            for (int output = 0; output < outputs; output++) {
                start[output * (design.features() + 1) + design.features()] = baseScores[output];
            }
            return start;
        }

        Model one(double strength) {
            LimitedMemoryBfgs.minimise(function(strength), weights, MOST_STEPS, request.stop());
            return model(weights);
        }

        Model best() {
            TrainingSet validation = request.validation();
            DesignMatrix others = design.apply(validation.matrix());
            double[] otherTarget = Targets.scaled(validation, scale);
            double[][] otherMargins = new double[outputs][validation.rows()];
            double @Nullable [] best = null;
            double bestLoss = Double.POSITIVE_INFINITY;
            int worse = 0;
            double strength = STRONGEST;
            for (int tried = 0; tried < STRENGTHS && worse < 2; tried++, strength *= FACTOR) {
                boolean finished = LimitedMemoryBfgs.minimise(function(strength), weights, MOST_STEPS, request.stop());
                for (int output = 0; output < outputs; output++) {
                    others.multiply(weights, output * (design.features() + 1), otherMargins[output]);
                }
                double otherLoss = loss.loss(validation, otherTarget, otherMargins);
                if (best == null || otherLoss < bestLoss) {
                    best = weights.clone();
                    bestLoss = otherLoss;
                    worse = 0;
                } else {
                    worse++;
                }
                if (!finished) {
                    break;
                }
            }
            return model(best == null ? weights : best);
        }

        private Model model(double[] chosen) {
            return design.model(chosen, outputs, Link.of(train.objective()), scale);
        }

        /** The mean loss and half the squares of the weights, the intercepts left out, by the strength. */
        private LimitedMemoryBfgs.Function function(double strength) {
            return (point, slope) -> {
                int stride = design.features() + 1;
                for (int output = 0; output < outputs; output++) {
                    design.multiply(point, output * stride, margins[output]);
                }
                double value = loss.objective(train, target, margins);
                loss.gradients(train, target, margins, gradients);
                for (int output = 0; output < outputs; output++) {
                    int first = output * stride;
                    design.multiplyTransposed(gradients[output], 1 / totalWeight, slope, first);
                    for (int i = first; i < first + design.features(); i++) {
                        value += strength / 2 * point[i] * point[i];
                        slope[i] += strength * point[i];
                    }
                }
                return value;
            };
        }
    }
}
