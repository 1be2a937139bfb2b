/** Names and types of columns. Types are closed, so that an engine must know every one of them. */
@NullMarked
package io.millrace.dataflow.schema;

import org.jspecify.annotations.NullMarked;
