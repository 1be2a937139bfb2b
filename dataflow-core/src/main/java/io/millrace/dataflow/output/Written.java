package io.millrace.dataflow.output;

/**
 * What was written.
 *
 * @param rows the rows of each file
 * @param errors the error values among their cells
 */
public record Written(long rows, long errors) {}
