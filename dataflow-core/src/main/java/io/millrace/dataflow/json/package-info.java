/** JSON Lines: one object a line. Values to cells, the judging of types, the writer. */
@NullMarked
package io.millrace.dataflow.json;

import org.jspecify.annotations.NullMarked;
