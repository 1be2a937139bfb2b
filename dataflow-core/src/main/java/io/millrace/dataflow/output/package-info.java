/** Where rows are written, and that a file is there only once it is whole. */
@NullMarked
package io.millrace.dataflow.output;

import org.jspecify.annotations.NullMarked;
