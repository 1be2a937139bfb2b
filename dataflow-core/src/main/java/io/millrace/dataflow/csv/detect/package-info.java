/**
 * Judges from a few blocks of a CSV file how it is written: encoding, delimiter, quote, escape, comments, preamble, header,
 * further tables and types of columns, each with a confidence, the runner-up and what speaks for it.
 */
@NullMarked
package io.millrace.dataflow.csv.detect;

import org.jspecify.annotations.NullMarked;
