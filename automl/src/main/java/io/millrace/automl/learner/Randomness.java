package io.millrace.automl.learner;

/** A sequence of random numbers that is the same for a seed on every machine and Java version: SplitMix64. */
final class Randomness {
    private long state;

    Randomness(long seed) {
        state = seed;
    }

    long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = state;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** A number from 0 to {@code bound} - 1. */
    int nextInt(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** A number from 0 to 1, 1 excluded. */
    double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /** {@code count} of the numbers of {@code from}, in their order. */
    int[] choose(int[] from, int count) {
        if (count >= from.length) {
            return from;
        }
        int[] chosen = new int[count];
        int size = 0;
        for (int i = 0; i < from.length && size < count; i++) {
            if (nextInt(from.length - i) < count - size) {
                chosen[size++] = from[i];
            }
        }
        return chosen;
    }
}
