package io.millrace.automl.fit;

/** Derives seeds from seeds. */
public final class Seeds {
    private Seeds() {}

    /** A seed that has nothing to do with {@code seed} or those of other parts, and is the same each time. */
    public static long of(long seed, long... parts) {
        long mixed = mix(seed + 0x9E3779B97F4A7C15L);
        for (long part : parts) {
            mixed = mix(mixed ^ mix(part + 0x9E3779B97F4A7C15L));
        }
        return mixed;
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
