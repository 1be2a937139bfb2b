package io.millrace.automl.learner;

import java.util.ArrayDeque;
import java.util.Deque;

/** Finds the least value of a smooth convex function by the method of Broyden, Fletcher, Goldfarb and Shanno. */
final class LimitedMemoryBfgs {
    private static final int MEMORY = 10;
    private static final double LEAST_PROGRESS = 1e-7;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final int MOST_HALVINGS = 30;

    /** What is to be made small. */
    interface Function {
        /** The value at {@code point}, whose gradient is written to {@code gradient}. */
        double at(double[] point, double[] gradient);
    }

    /** How far a step moved the point, and how that turned the gradient. */
    private static final class Step {
        final double[] moved;
        final double[] turned;
        final double curvature;

        Step(double[] moved, double[] turned) {
            this.moved = moved;
            this.turned = turned;
            curvature = dot(moved, turned);
        }
    }

    private LimitedMemoryBfgs() {}

    /**
     * Moves {@code point} towards the minimum until a step gains less than a ten-millionth.
     *
     * @return whether it got there; false if {@code stop} said to finish first
     */
    static boolean minimise(Function function, double[] point, int mostSteps, StopSignal stop) {
        int size = point.length;
        double[] gradient = new double[size];
        double value = function.at(point, gradient);
        Deque<Step> steps = new ArrayDeque<>();
        double[] next = new double[size];
        double[] nextGradient = new double[size];
        for (int taken = 0; taken < mostSteps; taken++) {
            stop.throwIfCancelled();
            if (stop.finishNow()) {
                return false;
            }
            double[] direction = direction(gradient, steps);
            double slope = dot(direction, gradient);
            if (!(slope < 0)) {
                return true;
            }
            double length = steps.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
            double nextValue = Double.NaN;
            int halvings = 0;
            for (; halvings < MOST_HALVINGS; halvings++) {
                for (int i = 0; i < size; i++) {
                    next[i] = point[i] + length * direction[i];
                }
                nextValue = function.at(next, nextGradient);
                if (nextValue <= value + SUFFICIENT_DECREASE * length * slope) {
                    break;
                }
                length /= 2;
            }
            if (halvings == MOST_HALVINGS) {
                return true;
            }
            remember(steps, point, next, gradient, nextGradient);
            System.arraycopy(next, 0, point, 0, size);
            System.arraycopy(nextGradient, 0, gradient, 0, size);
            double progress = value - nextValue;
            value = nextValue;
            if (progress <= LEAST_PROGRESS * Math.max(1e-3, Math.abs(value))) {
                return true;
            }
        }
        return true;
    }

    private static void remember(
            Deque<Step> steps, double[] point, double[] next, double[] gradient, double[] nextGradient) {
        Step step = new Step(difference(next, point), difference(nextGradient, gradient));
        if (step.curvature > 1e-12 * dot(step.turned, step.turned)) {
            steps.addLast(step);
            if (steps.size() > MEMORY) {
                steps.removeFirst();
            }
        }
    }

    /** The gradient turned downhill and stretched by what the last steps tell of the curvature. */
    private static double[] direction(double[] gradient, Deque<Step> steps) {
        double[] direction = gradient.clone();
        double[] shares = new double[steps.size()];
        int at = steps.size();
        for (var newest = steps.descendingIterator(); newest.hasNext(); ) {
            Step step = newest.next();
            shares[--at] = dot(step.moved, direction) / step.curvature;
            add(direction, -shares[at], step.turned);
        }
        if (!steps.isEmpty()) {
            Step last = steps.getLast();
            double stretch = last.curvature / dot(last.turned, last.turned);
            for (int i = 0; i < direction.length; i++) {
                direction[i] *= stretch;
            }
        }
        at = 0;
        for (Step step : steps) {
            double share = dot(step.turned, direction) / step.curvature;
            add(direction, shares[at++] - share, step.moved);
        }
        for (int i = 0; i < direction.length; i++) {
            direction[i] = -direction[i];
        }
        return direction;
    }

    private static double[] difference(double[] left, double[] right) {
        double[] difference = new double[left.length];
        for (int i = 0; i < left.length; i++) {
            difference[i] = left[i] - right[i];
        }
        return difference;
    }

    private static void add(double[] to, double factor, double[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * from[i];
        }
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
