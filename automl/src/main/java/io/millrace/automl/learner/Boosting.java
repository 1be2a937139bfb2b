package io.millrace.automl.learner;

import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the boosting learners share: parameters that mean the same to all, and the memory they take. */
final class Boosting {
    /** Rounds at most; early stopping ends nearly every fit before. */
    private static final int MOST_ROUNDS = 10_000;
    /** Rounds if there are no rows to validate on. */
    private static final int ROUNDS_WITHOUT_VALIDATION = 200;

    /** The sums of gradients and hessians in 255 bins, for each of 31 leaves. */
    static final long HISTOGRAMS = 16L * 255 * 31;

    private Boosting() {}

    /** The names of a learner's own parameters and of those that all share. */
    static Set<String> names(Set<String> own) {
        Set<String> names = new TreeSet<>(own);
        names.add("rounds");
        names.add("threads");
        return Collections.unmodifiableSet(names);
    }

    /** The number of rounds at most. */
    static int rounds(FitRequest request) {
        int otherwise = request.validation().rows() == 0 ? ROUNDS_WITHOUT_VALIDATION : MOST_ROUNDS;
        return request.parameters().integer("rounds", otherwise, 1, 1_000_000);
    }

    /** The number of threads of the fit. */
    static int threads(FitRequest request) {
        return request.parameters().integer("threads", 1, 1, 1024);
    }

    /** The seed as a positive int, all bits of the long mixed in. */
    static int seed(FitRequest request) {
        long mixed = request.seed() * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return (int) (mixed >>> 33);
    }

    /**
     * A reason if what a fit needs exceeds its memory.
     *
     * @param bytesPerValue for every row and feature
     * @param bytesPerOutput for every row and output
     * @param bytesPerFeature for every feature: the histograms of the leaves
     */
    static Optional<String> tooLarge(Shape shape, long bytesPerValue, long bytesPerOutput, long bytesPerFeature) {
        double outputs = shape.objective().outputs(shape.classes());
        double needed = shape.rows() * (shape.features() * (double) bytesPerValue + outputs * bytesPerOutput)
                + shape.features() * (double) bytesPerFeature;
        if (needed <= shape.memoryLimit()) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%,d rows of %,d features need about %,d MB, and %,d MB are declared",
                shape.rows(),
                shape.features(),
                Math.round(needed / 1_000_000),
                shape.memoryLimit() / 1_000_000));
    }
}
