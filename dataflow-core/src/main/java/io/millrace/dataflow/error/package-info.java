/**
 * What a user is told when something fails: {@code DataflowException} with its code and kind.
 *
 * <p>Every message has the same form and every suggestion ("Did you mean") is phrased here. A message names no secret, and of the data no more
 * than the offending cell.
 */
@NullMarked
package io.millrace.dataflow.error;

import org.jspecify.annotations.NullMarked;
