package io.millrace.dataflow.profile;

/** Whether a figure was counted or estimated. */
public enum Precision {
    /** Counted. Texts and rows are told apart by 64 bits of hash. */
    EXACT,
    /** Estimated from a sketch; the guide of profiles says how well. */
    ESTIMATED
}
