/** Files of Arrow's IPC format, as a file or as a stream. */
@NullMarked
package io.millrace.dataflow.arrow;

import org.jspecify.annotations.NullMarked;
