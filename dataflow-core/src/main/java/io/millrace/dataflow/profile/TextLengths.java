package io.millrace.dataflow.profile;

/** How long the texts of a column are, in code points; binary values, in bytes. All exact. */
public record TextLengths(long shortest, long longest, double mean) {}
