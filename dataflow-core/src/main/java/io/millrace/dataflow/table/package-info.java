/**
 * Results in memory: Arrow batches behind {@code Table}.
 *
 * <p>A table is read-only and owns its memory until it is closed.
 */
@NullMarked
package io.millrace.dataflow.table;

import org.jspecify.annotations.NullMarked;
