/** Plain text: a line as one cell, or cut at fixed places. */
@NullMarked
package io.millrace.dataflow.lines;

import org.jspecify.annotations.NullMarked;
