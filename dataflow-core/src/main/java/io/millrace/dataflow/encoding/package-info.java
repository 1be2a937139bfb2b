/** From the bytes of a stored file to UTF-8: unpacks, passes over a byte order mark, decodes any charset, refuses what is no text. */
@NullMarked
package io.millrace.dataflow.encoding;

import org.jspecify.annotations.NullMarked;
