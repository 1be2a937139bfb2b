package io.millrace.dataflow.profile;

/** What a profile looks at. Immutable. */
public final class ProfileOptions {
    /** The most bins of a histogram. */
    public static final int MOST_BINS = 1_000;

    private static final ProfileOptions DEFAULTS = new ProfileOptions(10, false);

    private final int bins;
    private final boolean semanticTypes;

    private ProfileOptions(int bins, boolean semanticTypes) {
        this.bins = bins;
        this.semanticTypes = semanticTypes;
    }

    /** Histograms of 10 bins, and no semantic types. */
    public static ProfileOptions defaults() {
        return DEFAULTS;
    }

    /**
     * The same with another number of bins in each histogram.
     *
     * @throws IllegalArgumentException when it is not from 1 to {@value #MOST_BINS}
     */
    public ProfileOptions bins(int count) {
        if (count < 1 || count > MOST_BINS) {
            throw new IllegalArgumentException("bins must be between 1 and " + MOST_BINS + ": " + count);
        }
        return new ProfileOptions(count, semanticTypes);
    }

    /** The same, which also counts for every text column how many texts have the form of each {@link SemanticType}. */
    public ProfileOptions withSemanticTypes() {
        return new ProfileOptions(bins, true);
    }

    /** The number of bins in each histogram. */
    public int bins() {
        return bins;
    }

    /** Whether semantic types are counted. */
    public boolean hasSemanticTypes() {
        return semanticTypes;
    }
}
