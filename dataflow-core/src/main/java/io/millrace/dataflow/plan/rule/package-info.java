/** Rewrites of a plan, one class each. None changes the rows or the schema of the result. */
@NullMarked
package io.millrace.dataflow.plan.rule;

import org.jspecify.annotations.NullMarked;
