/**
 * Learned steps: a builder runs a query on an engine, shows what it learnt, lets it be edited, and gives plain steps with
 * the constants frozen in them. {@link io.millrace.dataflow.learn.Learn} is the entry.
 */
@NullMarked
package io.millrace.dataflow.learn;

import org.jspecify.annotations.NullMarked;
