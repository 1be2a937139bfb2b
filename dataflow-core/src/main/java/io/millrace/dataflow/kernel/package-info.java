/**
 * Functions over columns: values, validity and the sparse companion that holds error cells.
 *
 * <p>A kernel has one implementation for batches and single rows, and both engines call it.
 */
@NullMarked
package io.millrace.dataflow.kernel;

import org.jspecify.annotations.NullMarked;
