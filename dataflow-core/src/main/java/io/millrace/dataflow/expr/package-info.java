/**
 * What a user can say about the columns of a row: expressions, aggregates and sort keys. Values without types: the
 * binder finds the types and reports what does not fit.
 */
@NullMarked
package io.millrace.dataflow.expr;

import org.jspecify.annotations.NullMarked;
