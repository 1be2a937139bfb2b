/**
 * The names and types of columns, and when one schema can stand in for another.
 *
 * <p>A schema is ordered, its names are unique, and it is immutable.
 */
@NullMarked
package io.millrace.dataflow.schema;

import org.jspecify.annotations.NullMarked;
