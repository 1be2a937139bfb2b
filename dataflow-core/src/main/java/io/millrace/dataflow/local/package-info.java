/**
 * The engine of this process: one class an operator, over Arrow batches and all processors.
 */
@NullMarked
package io.millrace.dataflow.local;

import org.jspecify.annotations.NullMarked;
