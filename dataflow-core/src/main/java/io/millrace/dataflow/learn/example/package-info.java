/**
 * Finds programs that turn the source cells of examples into their wanted texts. Knows no dataflow and runs nothing: sources
 * and texts in, ranked expressions out. What it takes is bounded by counting, so that it gives the same programs everywhere.
 */
@NullMarked
package io.millrace.dataflow.learn.example;

import org.jspecify.annotations.NullMarked;
