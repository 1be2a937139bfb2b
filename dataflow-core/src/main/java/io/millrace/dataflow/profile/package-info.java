/**
 * What a table holds, column by column: counts, ranges, moments, quantiles, frequent values and what deserves a look.
 * Made in one pass, in shares that are joined.
 */
@NullMarked
package io.millrace.dataflow.profile;

import org.jspecify.annotations.NullMarked;
