/**
 * Where rows come from, how to read them, what to do with bad ones, and under which credential.
 *
 * <p>A source names its credential and never holds it in a form that can be printed, serialised or compared by value.
 */
@NullMarked
package io.millrace.dataflow.source;

import org.jspecify.annotations.NullMarked;
