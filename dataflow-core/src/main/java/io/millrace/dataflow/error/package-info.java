/** What goes wrong, and how it is said. One exception with a code and a kind, and the one place that phrases suggestions. */
@NullMarked
package io.millrace.dataflow.error;

import org.jspecify.annotations.NullMarked;
