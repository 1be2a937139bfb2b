package io.millrace.dataflow.profile;

/**
 * How far two numeric columns rise together: Pearson's coefficient over the rows in which both are finite numbers,
 * rounded to 10 decimals.
 *
 * @param rows the number of those rows
 */
public record Correlation(String left, String right, double coefficient, long rows) {}
