/**
 * How operators run: batches that are pulled, memory that is reserved before it is used, and work that can be cancelled.
 *
 * <p>What is here belongs to no single operator and to no single source.
 */
@NullMarked
package io.millrace.dataflow.execution;

import org.jspecify.annotations.NullMarked;
