package io.millrace.automl.journal;

/** Where in a journal some bytes are. */
public record Stored(long position, int length) {}
