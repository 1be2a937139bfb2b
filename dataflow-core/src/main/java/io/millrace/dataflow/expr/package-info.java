/**
 * What a user can say about the columns of one row.
 *
 * <p>An expression here is untyped and forgiving; the binder turns it into a typed one once the schema is known.
 */
@NullMarked
package io.millrace.dataflow.expr;

import org.jspecify.annotations.NullMarked;
